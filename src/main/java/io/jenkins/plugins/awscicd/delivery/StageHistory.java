package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jenkins.scm.RunWithSCM;

/**
 * What a job has delivered to a stage so far, as far as its last runs tell by their approvals. Reads them from disk, so not for a
 * program's thread.
 */
public final class StageHistory {

    /** So many earlier runs are looked at. */
    static final int RUNS = 50;

    /** So many commits are listed. */
    static final int COMMITS = 20;

    private static final int LINE = 120;

    private StageHistory() {}

    /** What was known of a stage before this run. */
    @NonNull
    public static StageBackground before(@NonNull Run<?, ?> run, @CheckForNull String stage) {
        List<Run<?, ?>> since = new ArrayList<>(List.of(run));
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; i < RUNS && earlier != null; i++) {
            Optional<ApprovalRecord> approved = approved(earlier, stage);
            if (approved.isPresent()) {
                return background(approved.get().getSubject(), earlier, since);
            }
            since.add(earlier);
            earlier = earlier.getPreviousBuild();
        }
        return background(null, null, List.of(run));
    }

    private static Optional<ApprovalRecord> approved(Run<?, ?> run, @CheckForNull String stage) {
        ApprovalAction action = run.getAction(ApprovalAction.class);
        List<ApprovalRecord> records = new ArrayList<>(action == null ? List.of() : action.getApprovals());
        Collections.reverse(records);
        return records.stream()
                .filter(record -> record.isApproved() && Objects.equals(record.getStage(), stage))
                .findFirst();
    }

    private static StageBackground background(
            @CheckForNull String current, @CheckForNull Run<?, ?> approvedIn, List<Run<?, ?>> since) {
        Map<String, String> commits = new LinkedHashMap<>();
        since.forEach(run -> addCommits(run, commits));
        List<String> lines = commits.values().stream().limit(COMMITS).toList();
        return new StageBackground(
                current,
                approvedIn == null ? null : approvedIn.getDisplayName(),
                approvedIn == null ? 0 : approvedIn.getNumber(),
                lines,
                commits.size() - lines.size());
    }

    private static void addCommits(Run<?, ?> run, Map<String, String> commits) {
        if (run instanceof RunWithSCM<?, ?> withChanges) {
            for (ChangeLogSet<?> changes : withChanges.getChangeSets()) {
                List<ChangeLogSet.Entry> newestLast = new ArrayList<>();
                for (ChangeLogSet.Entry entry : changes) {
                    newestLast.add(entry);
                }
                Collections.reverse(newestLast);
                newestLast.forEach(entry -> {
                    String line = line(entry);
                    commits.putIfAbsent(entry.getCommitId() == null ? line : entry.getCommitId(), line);
                });
            }
        }
    }

    private static String line(ChangeLogSet.Entry entry) {
        String id = entry.getCommitId();
        String subject = entry.getMsg().strip().lines().findFirst().orElse("");
        String line = (id == null ? "" : id.substring(0, Math.min(10, id.length())) + " ") + subject + " ("
                + entry.getAuthor().getDisplayName() + ")";
        return line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…";
    }
}

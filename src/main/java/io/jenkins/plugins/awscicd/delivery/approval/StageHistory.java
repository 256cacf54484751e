package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job has delivered to a stage so far: what it has deployed there, or, if nothing is known of that as something else deploys for
 * it, what was approved in its last runs. Reads them from disk, so not for a program's thread.
 */
public final class StageHistory {

    /** So many earlier runs are looked at. */
    static final int RUNS = 50;

    private StageHistory() {}

    /** What was known of a stage before this run. */
    @NonNull
    public static StageBackground before(@NonNull Run<?, ?> run, @CheckForNull String stage) {
        Deployment there = deployed(run, stage);
        if (there != null) {
            return deployed(run, there);
        }
        List<Run<?, ?>> since = new ArrayList<>(List.of(run));
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; i < RUNS && earlier != null; i++) {
            Optional<ApprovalRecord> approved = approved(earlier, stage);
            if (approved.isPresent()) {
                return new StageBackground(
                        approved.get().getSubject(),
                        earlier.getDisplayName(),
                        earlier.getNumber(),
                        null,
                        Commits.of(since));
            }
            since.add(earlier);
            earlier = earlier.getPreviousBuild();
        }
        return new StageBackground(null, null, 0, null, Commits.of(List.of(run)));
    }

    /** What the job has deployed to the stage, last and successfully; null if nothing is known. */
    @CheckForNull
    private static Deployment deployed(Run<?, ?> run, @CheckForNull String stage) {
        String job = run.getParent().getFullName();
        return stage == null
                ? null
                : Deployments.get()
                        .latestSuccess(
                                stage,
                                origin -> origin.left() != Origin.Left.NOTHING
                                        && origin.job().equals(job))
                        .filter(deployment -> deployment.origin().number() <= run.getNumber())
                        .orElse(null);
    }

    private static StageBackground deployed(Run<?, ?> run, Deployment there) {
        List<Run<?, ?>> since = new ArrayList<>();
        Run<?, ?> each = run;
        while (each != null && each.getNumber() > there.origin().number() && since.size() <= RUNS) {
            since.add(each);
            each = each.getPreviousBuild();
        }
        boolean kept = each != null && each.getNumber() == there.origin().number();
        return new StageBackground(
                there.revision(),
                kept ? each.getDisplayName() : "#" + there.origin().number(),
                kept ? each.getNumber() : 0,
                there.ended(),
                Commits.of(since));
    }

    private static Optional<ApprovalRecord> approved(Run<?, ?> run, @CheckForNull String stage) {
        ApprovalAction action = run.getAction(ApprovalAction.class);
        List<ApprovalRecord> records = new ArrayList<>(action == null ? List.of() : action.getApprovals());
        Collections.reverse(records);
        return records.stream()
                .filter(record -> record.isApproved() && Objects.equals(record.getStage(), stage))
                .findFirst();
    }
}

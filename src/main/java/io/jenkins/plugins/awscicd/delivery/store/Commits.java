package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.scm.RunWithSCM;

/** The commits of some runs, a line each, the newest first and none twice. */
public final class Commits {

    /** So many are listed. */
    public static final int LISTED = 20;

    private static final int LINE = 120;

    private final Map<String, String> byId = new LinkedHashMap<>();

    /** Of these runs, the newest of which comes first. */
    @NonNull
    public static Commits of(@NonNull List<? extends Run<?, ?>> runs) {
        Commits commits = new Commits();
        runs.forEach(commits::add);
        return commits;
    }

    private void add(Run<?, ?> run) {
        if (run instanceof RunWithSCM<?, ?> withChanges) {
            for (ChangeLogSet<?> changes : withChanges.getChangeSets()) {
                List<ChangeLogSet.Entry> newestLast = new ArrayList<>();
                for (ChangeLogSet.Entry entry : changes) {
                    newestLast.add(entry);
                }
                Collections.reverse(newestLast);
                newestLast.forEach(entry -> {
                    String line = line(entry);
                    byId.putIfAbsent(entry.getCommitId() == null ? line : entry.getCommitId(), line);
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

    /** Those that are listed. */
    @NonNull
    public List<String> lines() {
        return byId.values().stream().limit(LISTED).toList();
    }

    /** How many there are besides. */
    public int further() {
        return Math.max(0, byId.size() - LISTED);
    }
}

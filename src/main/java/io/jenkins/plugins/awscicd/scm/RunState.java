package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Result;
import hudson.model.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;

/** How a run stands, as pull requests are told. */
public enum RunState {
    RUNNING("is running"),
    SUCCESS("succeeded"),
    UNSTABLE("is unstable"),
    FAILURE("failed"),
    ABORTED("was aborted");

    /** What a comment shows of a commit. */
    private static final int ABBREVIATED = 8;

    private final String verdict;

    RunState(String verdict) {
        this.verdict = verdict;
    }

    /** As scripts write it. */
    @NonNull
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    @NonNull
    public static List<String> words() {
        return Arrays.stream(values()).map(RunState::word).toList();
    }

    @NonNull
    public static Optional<RunState> of(@NonNull String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /** That of a result; null is for a run that has none yet. */
    @NonNull
    public static RunState of(@CheckForNull Result result) {
        if (result == null) {
            return RUNNING;
        }
        if (result.equals(Result.SUCCESS)) {
            return SUCCESS;
        }
        if (result.equals(Result.UNSTABLE)) {
            return UNSTABLE;
        }
        return result.equals(Result.FAILURE) ? FAILURE : ABORTED;
    }

    /**
     * A comment, in Markdown.
     *
     * @param commit that the run is about; null if that is not known
     * @param message added below; null for none
     */
    @NonNull
    public String text(@NonNull Run<?, ?> run, @CheckForNull String commit, @CheckForNull String message) {
        String root = Jenkins.get().getRootUrl();
        String name = escape(run.getFullDisplayName());
        StringBuilder text = new StringBuilder("**Jenkins:** ");
        text.append(root == null ? name : "[" + name + "](" + root + run.getUrl() + ")");
        text.append(" **").append(verdict).append("**");
        if (commit != null) {
            text.append(" at `")
                    .append(commit, 0, Math.min(ABBREVIATED, commit.length()))
                    .append('`');
        }
        if (this != RUNNING && !run.isBuilding()) {
            text.append(" after ").append(Util.getTimeSpanString(run.getDuration()));
        }
        text.append('.');
        if (message != null) {
            text.append("\n\n").append(message);
        }
        return text.toString();
    }

    /** Names of jobs may have what Markdown takes for its own. */
    private static String escape(String name) {
        return name.replaceAll("([\\\\`*_\\[\\]<>])", "\\\\$1");
    }
}

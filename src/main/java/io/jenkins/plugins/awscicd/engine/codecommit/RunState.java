package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /**
     * A comment, in Markdown.
     *
     * @param run what people call it
     * @param url where it is shown; null if that is not known
     * @param commit that the run is about; null if that is not known
     * @param took how long it has taken, for people; null if that is not known yet
     * @param message added below; null for none
     */
    @NonNull
    public String comment(
            @NonNull String run,
            @CheckForNull String url,
            @CheckForNull String commit,
            @CheckForNull String took,
            @CheckForNull String message) {
        String name = escape(run);
        StringBuilder text = new StringBuilder("**Jenkins:** ");
        text.append(url == null ? name : "[" + name + "](" + url + ")");
        text.append(" **").append(verdict).append("**");
        if (commit != null) {
            text.append(" at `")
                    .append(commit, 0, Math.min(ABBREVIATED, commit.length()))
                    .append('`');
        }
        if (this != RUNNING && took != null) {
            text.append(" after ").append(took);
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

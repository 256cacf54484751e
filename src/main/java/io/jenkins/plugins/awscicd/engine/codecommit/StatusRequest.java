package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a step is to tell a pull request.
 *
 * @param pullRequest its number; null for the one that the run builds
 * @param commit all digits; null for the one that the run builds
 * @param state a word of {@link RunState}; null for what the run is now
 * @param message Markdown below the verdict; null for none
 * @param approve whether a success approves the pull request, and anything else revokes that
 */
public record StatusRequest(
        @CheckForNull String pullRequest,
        @CheckForNull String commit,
        @CheckForNull String state,
        @CheckForNull String message,
        boolean approve) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** What is wrong with it, a sentence each that begins with the argument; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (pullRequest != null && !NUMBER.matcher(pullRequest).matches()) {
            problems.add("pullRequest: '" + pullRequest + "' is not a pull request; use its number, such as '7'");
        }
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            problems.add("commit: '" + commit + "' is not a commit; use all 40 digits of its ID");
        }
        if (state != null && RunState.of(state).isEmpty()) {
            problems.add("state: '" + state + "' is not a state; use one of " + String.join(", ", RunState.words()));
        }
        if (approve && RunState.RUNNING.word().equals(state)) {
            problems.add("approve: cannot be combined with state: 'running'; nothing is known of the commit yet");
        }
        return problems;
    }

    /**
     * The state that the pull request is told.
     *
     * @param now that of the run
     * @throws IllegalArgumentException if it is to approve what has no verdict
     */
    @NonNull
    public RunState shown(@NonNull RunState now) {
        RunState told = state == null ? now : RunState.of(state).orElseThrow();
        if (approve && told == RunState.RUNNING) {
            throw new IllegalArgumentException("approve: the run has no result yet;"
                    + " name one, such as codeCommitStatus approve: true, state: 'success'");
        }
        return told;
    }
}

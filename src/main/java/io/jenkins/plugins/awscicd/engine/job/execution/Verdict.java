package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * How a job ended, in the terms of no service.
 *
 * @param reason what to tell people of it, in a sentence; null if nothing is known
 * @param url where more is to be read; null if nowhere
 */
public record Verdict(
        @NonNull End end,
        @CheckForNull String reason,
        @CheckForNull String url) {

    /** What is made of the job. */
    public enum End {
        SUCCEEDED,
        FAILED,
        /** It was not started, or went no further: a stage's guards have not let it through. */
        REFUSED,
        /** Somebody has stopped it, or does not want it any more. */
        STOPPED,
        /** It was not started, as a newer one takes its place. */
        SUPERSEDED
    }

    public Verdict(@NonNull End end, @CheckForNull String reason) {
        this(end, reason, null);
    }
}

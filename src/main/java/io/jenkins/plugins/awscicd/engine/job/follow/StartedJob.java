package io.jenkins.plugins.awscicd.engine.job.follow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;

/**
 * What a job has started in its course: what a run of an action is about, or a build of a batch.
 *
 * @param run tells this one from all others that the job has started
 * @param path what people call it: an action by its stage and its name, a build by its place in the batch
 * @param provider such as {@code CodeBuild}
 * @param id what the provider calls it; empty if AWS has not said it yet, or there is nothing to be seen
 * @param since when it has begun, by AWS's clock; null if AWS has not said it yet
 * @param region in which it runs; empty if that is the job's
 * @param role with which it runs; empty if AWS does not say
 * @param deletes whether it deletes what the provider calls by this id
 * @param state how far it is
 */
public record StartedJob(
        @NonNull String run,
        @NonNull String path,
        @NonNull String provider,
        @NonNull String id,
        @CheckForNull Instant since,
        @NonNull String region,
        @NonNull String role,
        boolean deletes,
        @NonNull State state) {

    /** How far it is. */
    public enum State {
        RUNNING,
        ENDED,
        /** What it has started goes on without it. */
        ABANDONED
    }
}

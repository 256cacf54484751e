package io.jenkins.plugins.awscicd.engine.codepipeline.follow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;

/**
 * What a run of an action has started.
 *
 * @param run tells this run of the action from all others
 * @param path the action, by its stage and its name
 * @param provider such as {@code CodeBuild}
 * @param id what the provider calls it; empty if AWS has not said it yet, or there is nothing to be seen
 * @param since when the action has begun, by AWS's clock; null if AWS has not said it yet
 * @param region in which the action runs; empty if it is the pipeline's
 * @param role with which it runs; empty if AWS does not say
 * @param deletes whether it deletes what the provider calls by this id
 * @param state of the action
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

    /** How far the action is. */
    public enum State {
        RUNNING,
        ENDED,
        /** What it has started goes on without it. */
        ABANDONED
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline.follow;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What a run of an action has started.
 *
 * @param run tells this run of the action from all others
 * @param path the action, by its stage and its name
 * @param provider such as {@code CodeBuild}
 * @param id what the provider calls it; empty if AWS has not said it yet
 * @param state of the action
 */
public record StartedJob(
        @NonNull String run,
        @NonNull String path,
        @NonNull String provider,
        @NonNull String id,
        @NonNull State state) {

    /** How far the action is. */
    public enum State {
        RUNNING,
        ENDED,
        /** What it has started goes on without it. */
        ABANDONED
    }
}

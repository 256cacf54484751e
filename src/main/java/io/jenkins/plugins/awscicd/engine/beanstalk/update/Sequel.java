package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;

/** What follows the update of an environment within the same step. Asked in order, by one thread at a time. */
public interface Sequel {

    /** Nothing follows. */
    Sequel NONE = new Sequel() {
        @Override
        public Duration stopGrace() {
            return JobService.STOP_GRACE;
        }
    };

    /** How long an abort may take: what is aborted may have to be created, or brought back, before it can end. */
    @NonNull
    default Duration stopGrace() {
        return Duration.ofHours(1);
    }

    /** @param again has {@link #isOver} asked again, as something has come of what was begun there */
    default void reconsider(@NonNull Runnable again) {}

    /**
     * Whether nothing more is to be done. Begins what is to be done next; does not wait for it.
     *
     * @param now the environment that was updated
     * @param cause why the update is no success; null if it is one, or was not waited for
     * @param stopping whether the step was aborted
     */
    default boolean isOver(@NonNull EnvironmentSnapshot now, @CheckForNull String cause, boolean stopping) {
        return true;
    }

    /** AWS has been asked how the environment is, which may be no news. */
    default void looked(@NonNull EnvironmentSnapshot now) {}

    /** Whether an abort during the update is seen to here, instead of having the update aborted. */
    default boolean endsUpdate() {
        return false;
    }

    /** Whether an environment that is terminated is as it is to be. */
    default boolean endsEnvironment() {
        return false;
    }

    /** Turns away, whatever is under way. */
    default void leave() {}

    /**
     * Why the whole is no success, in a sentence; null if it is one.
     *
     * @param cause why the update is none; null if it is one
     */
    @CheckForNull
    default String cause(@CheckForNull String cause) {
        return cause;
    }

    /** What is to be told last; null if the update's own end says all. */
    @CheckForNull
    default String conclusion(@NonNull EnvironmentSnapshot last, @CheckForNull String cause) {
        return null;
    }

    /** Whether the environment has become live instead of another one. */
    default boolean hasSwapped() {
        return false;
    }

    /** The version that is back after a failure; null if none was brought back. */
    @CheckForNull
    default String rolledBackTo() {
        return null;
    }
}

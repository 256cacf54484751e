package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Says whether a job need not be watched any further, although it may go on.
 *
 * @param <S> what is seen of a job
 */
@FunctionalInterface
public interface EndCondition<S extends Snapshot> {

    /** @param stopping whether it is to be stopped */
    boolean test(@NonNull S now, boolean stopping);

    /** A job is watched to its end. */
    @NonNull
    static <S extends Snapshot> EndCondition<S> ended() {
        return (now, stopping) -> now.ended();
    }
}

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.concurrent.CompletableFuture;

/**
 * Tells one job's reader what happens, as far as it has not been told. Called in order, by one thread at a time.
 *
 * @param <S> what is seen of a job
 */
public interface ProgressLog<S extends Snapshot> {

    /** AWS has been asked, and the job is at this point, which may be no news: comes before all else that is made of it. */
    default void looked(@NonNull S now) {}

    /** The job is at this point. */
    void observed(@NonNull S now);

    /** The job has ended like this: tells the rest, down to the cause of a failure, and completes when all is told. */
    @NonNull
    CompletableFuture<Void> ended(@NonNull S last);

    /** Nothing more is to be told: the job goes on unwatched. */
    void abandon();
}

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
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

    /**
     * What AWS is doing at the moment, for a reader who has heard nothing for a while; empty if it waits for people.
     *
     * @param now what was seen last
     * @param at AWS's own time
     */
    @NonNull
    default String running(@NonNull S now, @NonNull Instant at) {
        return now.running(at);
    }

    /** The job has ended like this: tells the rest, down to the cause of a failure, and completes when all is told. */
    @NonNull
    CompletableFuture<Void> ended(@NonNull S last);

    /** Nothing more is to be told: the job goes on unwatched. */
    void abandon();
}

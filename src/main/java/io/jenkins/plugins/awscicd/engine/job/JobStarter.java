package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Starts a job at AWS, once. */
@FunctionalInterface
public interface JobStarter {

    /**
     * @param wanted false once the job is no longer wanted: then no first call is to be made, and the future fails with
     *     {@link CancellationException}
     * @return the job's id
     */
    @NonNull
    CompletableFuture<String> start(@NonNull BooleanSupplier wanted);

    /** The job is no longer wanted: a start that waits for something need not wait any longer. */
    default void unwanted() {}

    /** Nobody waits for it any more: what is begun already is to go on as it is. */
    default void abandoned() {
        unwanted();
    }

    /** What becomes of it where nobody waits any longer, and its id is not known. */
    @NonNull
    default String leftInWords() {
        return "AWS was being asked to start it, and may have done so";
    }
}

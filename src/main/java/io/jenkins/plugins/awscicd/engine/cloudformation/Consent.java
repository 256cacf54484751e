package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.util.concurrent.CompletableFuture;

/**
 * Asks people whether what is planned is to be done.
 *
 * @param <P> what is planned
 */
@FunctionalInterface
public interface Consent<P extends Approvable> {

    /** Nobody is asked. */
    @NonNull
    static <P extends Approvable> Consent<P> given() {
        return (planned, number) -> CompletableFuture.completedFuture(null);
    }

    /**
     * @param planned what it does
     * @param number of the question within its step, from 0: the same whenever the same is asked about, also after a restart; with a higher
     *     one the questions before it are of no use any more
     * @return completes once it is approved; fails with
     *     {@link io.jenkins.plugins.awscicd.engine.job.Declined} if it is not; is cancelled by who asks if nobody
     *     wants to know any more
     */
    @NonNull
    CompletableFuture<Void> ask(@NonNull P planned, int number);
}

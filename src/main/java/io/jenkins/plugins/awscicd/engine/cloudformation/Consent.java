package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.concurrent.CompletableFuture;

/** Asks people whether a change set is to be executed. */
@FunctionalInterface
public interface Consent {

    /** Nobody is asked. */
    Consent GIVEN = (planned, number) -> CompletableFuture.completedFuture(null);

    /**
     * @param planned the change set, and what it does
     * @param number of the question within its step, from 0: the same whenever the same change set is asked about, also after a restart;
     *     with a higher one the questions before it are of no use any more
     * @return completes once it is approved; fails with
     *     {@link io.jenkins.plugins.awscicd.engine.job.Declined} if it is not; is cancelled by who asks if nobody
     *     wants to know any more
     */
    @NonNull
    CompletableFuture<Void> ask(@NonNull StackResult planned, int number);
}

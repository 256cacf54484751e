package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Hears of the failures that a call recovers from, such as throttling. */
@FunctionalInterface
public interface RetryListener {

    /** Nobody wants to know. */
    RetryListener NONE = (fault, failure) -> {};

    /** The call has failed and is going to be tried again. */
    void onRetry(@NonNull AwsFault fault, @NonNull Throwable failure);
}

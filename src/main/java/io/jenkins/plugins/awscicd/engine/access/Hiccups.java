package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Hears of the failures that a call recovers from, such as throttling. */
@FunctionalInterface
public interface Hiccups {

    /** Nobody wants to know. */
    Hiccups UNHEARD = (fault, failure) -> {};

    /** The call has failed and is going to be tried again. */
    void hiccup(@NonNull AwsFault fault, @NonNull Throwable failure);
}

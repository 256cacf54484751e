package io.jenkins.plugins.awscicd.engine.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Time and threads, given to the engine from outside: a pool in Jenkins, a stepped clock in tests.
 */
public interface Scheduler {

    /**
     * What this machine's clock shows: for people, for what is kept on disk, and to be told AWS. It may be set, forwards and
     * backwards, and AWS's clock shows something else: no interval is measured by it.
     */
    Instant now();

    /** The time by which all waiting in the engine is measured: it never goes back. */
    Moment moment();

    /** Runs the task soon, on one of the engine's threads. */
    void execute(Runnable task);

    /** Runs the task once, not before the delay has passed, on one of the engine's threads. */
    Task schedule(Duration delay, Runnable task);

    /** A task that may not have run yet. */
    @FunctionalInterface
    interface Task {
        /** Takes the task back. Without effect once it runs. */
        void cancel();
    }
}

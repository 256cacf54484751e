package io.jenkins.plugins.awscicd.engine.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Time and threads, given to the engine from outside: a pool in Jenkins, a stepped clock in tests.
 */
public interface Scheduler {

    /** The time by which everything in the engine is measured. */
    Instant now();

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

package io.jenkins.plugins.awscicd.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

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

    /** Completes once the delay has passed, on one of the engine's threads. */
    default CompletableFuture<Void> pause(Duration delay) {
        CompletableFuture<Void> later = new CompletableFuture<>();
        schedule(delay, () -> later.complete(null));
        return later;
    }

    /**
     * Threads for what may block, such as a call: others than those that keep time, where there are any. As many tasks as there are
     * threads may block at once; who gets them is for the caller to see to.
     */
    default Executor blocking() {
        return this::execute;
    }

    /**
     * Waits for what comes in on other threads. Only on a thread that may be held for long, and is none of the engine's.
     *
     * @throws ExecutionException if it fails
     */
    default <T> T await(CompletableFuture<T> coming) throws InterruptedException, ExecutionException {
        return coming.get();
    }

    /** A task that may not have run yet. */
    @FunctionalInterface
    interface Task {
        /** Takes the task back. Without effect once it runs. */
        void cancel();
    }
}

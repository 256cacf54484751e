package io.jenkins.plugins.awscicd.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The engine's own small pool: a fixed number of daemon threads, whatever the number of jobs that are watched.
 */
public final class PoolScheduler implements Scheduler, AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(PoolScheduler.class.getName());

    private static final int CLOSE_PATIENCE_SECONDS = 3;

    private final long began = System.nanoTime();
    private final ScheduledThreadPoolExecutor pool;

    /**
     * @param name what the threads are called
     * @param threads how many there are at the most
     */
    public PoolScheduler(String name, int threads) {
        pool = new ScheduledThreadPoolExecutor(threads, threadFactory(name));
        pool.setKeepAliveTime(1, TimeUnit.MINUTES);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory threadFactory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + " #" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Moment moment() {
        return new Moment(System.nanoTime() - began);
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = pool.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            // The controller is going down: what was still to be done is done again after the restart.
            LOGGER.log(Level.FINE, "Not run, as the pool is closed", e);
            return () -> {};
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "Unexpected failure in the AWS engine", e);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    /** What is running is interrupted, and given a moment to come to its end. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.fine("Some of the engine's threads still run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.jenkins.plugins.awscicd.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The engine's own small pools: a fixed number of daemon threads that keep time and tell, and another for what blocks, whatever the
 * number of jobs that are watched.
 */
public class PoolScheduler implements Scheduler, AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(PoolScheduler.class.getName());

    private static final int CLOSE_PATIENCE_SECONDS = 3;

    private final long began = System.nanoTime();
    private final ScheduledThreadPoolExecutor pool;
    private final ThreadPoolExecutor blocking;

    /**
     * @param name what the threads are called
     * @param threads how many there are at the most that keep time
     * @param blockingThreads how many there are at the most for what blocks
     */
    public PoolScheduler(String name, int threads, int blockingThreads) {
        pool = new ScheduledThreadPoolExecutor(threads, threadFactory(name));
        pool.setKeepAliveTime(1, TimeUnit.MINUTES);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        blocking = new ThreadPoolExecutor(
                0,
                blockingThreads,
                1,
                TimeUnit.MINUTES,
                new IdleFirst(),
                threadFactory(name + " call"),
                IdleFirst::whenAllAreBusy);
    }

    /** Has a pool begin a thread only where none is idle, and have tasks wait only where there may be no more threads. */
    private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        private static void whenAllAreBusy(Runnable task, ThreadPoolExecutor pool) {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("The pool is closed");
            }
            ((IdleFirst) pool.getQueue()).put(task);
        }
    }

    /**
     * Makes daemon threads that have nothing of whoever happens to need the first one: the class loader and the inheritable values of a
     * run's thread would be kept for as long as the thread lives.
     *
     * @param name what the threads are called; a number is added
     */
    public static ThreadFactory threadFactory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, name + " #" + count.incrementAndGet(), 0, false);
            thread.setContextClassLoader(PoolScheduler.class.getClassLoader());
            thread.setPriority(Thread.NORM_PRIORITY);
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
            closed(e);
            return () -> {};
        }
    }

    @Override
    public Executor blocking() {
        return task -> {
            try {
                blocking.execute(() -> guarded(task));
            } catch (RejectedExecutionException e) {
                closed(e);
            }
        };
    }

    /** The controller is going down: what was still to be done is done again after the restart. */
    private static void closed(RejectedExecutionException e) {
        LOGGER.log(Level.FINE, "Not run, as the pool is closed", e);
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

    /** Begins nothing more, and interrupts what is running. */
    public void shutDown() {
        pool.shutdownNow();
        blocking.shutdownNow();
    }

    /** {@linkplain #shutDown Shuts down}, and gives what is running a moment to come to its end. */
    @Override
    public void close() {
        shutDown();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_PATIENCE_SECONDS);
        try {
            for (ThreadPoolExecutor each : new ThreadPoolExecutor[] {pool, blocking}) {
                if (!each.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOGGER.fine("Some of the engine's threads still run");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

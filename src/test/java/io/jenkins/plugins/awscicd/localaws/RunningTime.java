package io.jenkins.plugins.awscicd.localaws;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Time that passes by itself, in real time or a factor faster. */
final class RunningTime implements SimulatedTime {

    private static final Logger LOGGER = Logger.getLogger(RunningTime.class.getName());

    private final double factor;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer;

    RunningTime(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("Time runs forwards: the factor must be more than 0, not " + factor);
        }
        this.factor = factor;
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "local-aws-time");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return start.plusNanos((long) ((System.nanoTime() - startNanos) * factor));
    }

    @Override
    public Instant clientNow() {
        return factor == 1 ? now() : Instant.now();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        long nanos = Math.max(0, (long) (delay.toNanos() / factor));
        ScheduledFuture<?> future = timer.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "A task of simulated time failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

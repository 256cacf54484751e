package io.jenkins.plugins.awscicd.localaws;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Time that passes by itself, in real time or a factor faster; a test may move it forwards, too. */
public final class RunningTime implements SimulatedTime {

    private static final Logger LOGGER = Logger.getLogger(RunningTime.class.getName());

    private record Due(long at, long order, Runnable task) {}

    private final double factor;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private Future<?> alarm = CompletableFuture.completedFuture(null);
    private long ordered;
    /** By how much it was moved, in nanoseconds. */
    private long moved;

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

    private synchronized long passed() {
        return (long) ((System.nanoTime() - startNanos) * factor) + moved;
    }

    @Override
    public Instant now() {
        return start.plusNanos(passed());
    }

    @Override
    public synchronized Instant clientNow() {
        return factor == 1 && moved == 0 ? now() : Instant.now();
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        Due due = new Due(passed() + Math.max(0, delay.toNanos()), ordered++, task);
        queue.add(due);
        if (queue.peek() == due) {
            setAlarm();
        }
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        queue.remove(due);
    }

    private synchronized void setAlarm() {
        alarm.cancel(false);
        Due next = queue.peek();
        if (next != null && !timer.isShutdown()) {
            long wait = Math.max(0, (long) ((next.at() - passed()) / factor));
            alarm = timer.schedule(this::runDue, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void runDue() {
        for (Due due = next(passed()); due != null; due = next(passed())) {
            run(due.task());
        }
        setAlarm();
    }

    private synchronized Due next(long until) {
        Due due = queue.peek();
        return due == null || due.at() > until ? null : queue.poll();
    }

    /**
     * Moves the clock forwards, as if that time had passed at once: what falls due on the way is run in its order, and each task sees its
     * own time as {@link #now()}. Returns when all of it has run.
     */
    public void advance(Duration by) {
        CompletableFuture.runAsync(
                        () -> {
                            long target = passed() + by.toNanos();
                            for (Due due = next(target); due != null; due = next(target)) {
                                moveTo(due.at());
                                run(due.task());
                            }
                            moveTo(target);
                            setAlarm();
                        },
                        timer)
                .join();
    }

    private synchronized void moveTo(long at) {
        moved += Math.max(0, at - passed());
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

package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Simulated time on which one thing happens after the other. Its monitor guards all state of a service in one place: whoever
 * reads or changes that state holds it, and tasks of this timeline hold it by themselves.
 */
public final class Timeline {

    private final SimulatedTime time;

    public Timeline(SimulatedTime time) {
        this.time = time;
    }

    public Instant now() {
        return time.now();
    }

    /** Runs a task once, when {@code delay} of simulated time has passed. */
    public Alarm after(Duration delay, Runnable task) {
        return time.after(delay, () -> run(task));
    }

    public synchronized void run(Runnable task) {
        task.run();
        notifyAll();
    }

    /** Waits in real time until something has come about, and says whether it has. */
    public synchronized boolean await(BooleanSupplier condition, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}

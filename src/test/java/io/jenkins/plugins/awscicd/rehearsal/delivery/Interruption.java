package io.jenkins.plugins.awscicd.rehearsal.delivery;

import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Ends from outside what a delivery's thread is at: a time limit, or the person at the terminal. A step that waits is woken by
 * an {@link InterruptedException} and asks here {@linkplain #failure() why}.
 */
public final class Interruption {

    private final Scheduler scheduler;
    private final Thread thread;
    private String reason;

    /** To be made on the delivery's thread. */
    Interruption(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.thread = Thread.currentThread();
    }

    /** Interrupts the delivery. */
    public synchronized void interrupt(String why) {
        if (reason == null) {
            reason = why;
            thread.interrupt();
        }
    }

    /** What a step that was interrupted fails with. */
    public synchronized StepFailure failure() {
        String why = reason == null ? "Interrupted" : reason;
        forget(reason);
        return StepFailure.interrupted(why);
    }

    /** Fails if the delivery was interrupted while nothing waited. */
    public synchronized void check() {
        if (reason != null) {
            throw failure();
        }
    }

    /** Runs a block that is interrupted when its time is over. */
    public <T> T within(Duration limit, String why, Supplier<T> body) {
        Scheduler.Task alarm = scheduler.schedule(limit, () -> interrupt(why));
        try {
            T value = body.get();
            check();
            return value;
        } finally {
            alarm.cancel();
            forget(why);
        }
    }

    /** An alarm that went off when the block was just over must not hit what follows. */
    private synchronized void forget(String why) {
        if (reason != null && reason.equals(why)) {
            reason = null;
            Thread.interrupted();
        }
    }
}

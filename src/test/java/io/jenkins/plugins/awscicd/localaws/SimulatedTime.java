package io.jenkins.plugins.awscicd.localaws;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock by which local AWS lives: builds are queued, run and time out, log events are stamped and tokens expire by it.
 *
 * <p>{@link #real()} is the machine's clock, {@link #faster(double)} runs ahead of it by a factor, {@link #stepped()}
 * moves only when a test says so.
 */
public interface SimulatedTime extends AutoCloseable {

    /** The machine's own clock. */
    static RunningTime real() {
        return new RunningTime(1);
    }

    /** A clock that starts now and then passes {@code factor} simulated seconds in each second. */
    static RunningTime faster(double factor) {
        return new RunningTime(factor);
    }

    /** A clock that starts now, stands still, and moves by {@link SteppedTime#advance}. */
    static SteppedTime stepped() {
        return stepped(Instant.now());
    }

    /** The same, from another moment. */
    static SteppedTime stepped(Instant start) {
        return new SteppedTime(start);
    }

    /** What the simulated services take the time to be. */
    Instant now();

    /**
     * What a client of the simulated services takes the time to be. It differs from {@link #now()} only when time runs faster or was moved:
     * a client signs and expires its credentials by its own clock, which nobody speeds up.
     */
    default Instant clientNow() {
        return now();
    }

    /** Runs {@code task} once, when {@code delay} of simulated time has passed. Tasks are short: they never wait. */
    Alarm after(Duration delay, Runnable task);

    @Override
    void close();

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Alarm {
        /** Keeps the task from running if it has not begun. */
        void cancel();
    }
}

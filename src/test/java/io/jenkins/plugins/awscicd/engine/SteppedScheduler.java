package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The engine's time and threads on local AWS's own stepped clock: everything happens on the thread that moves the clock, in
 * order of time, and the clock stands still while a call is made.
 */
public final class SteppedScheduler implements Scheduler {

    private final SteppedTime time;

    public SteppedScheduler(SteppedTime time) {
        this.time = time;
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public void execute(Runnable task) {
        time.after(Duration.ZERO, task);
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        return time.after(delay, task)::cancel;
    }
}

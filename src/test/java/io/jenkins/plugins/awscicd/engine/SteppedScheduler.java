package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.time.Moment;
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
    private final Instant began;
    private volatile Duration ahead = Duration.ZERO;

    public SteppedScheduler(SteppedTime time) {
        this.time = time;
        this.began = time.now();
    }

    /** Sets this machine's clock, and nothing else, to be so far ahead of AWS's; behind it if negative. */
    public void setClock(Duration aheadOfAws) {
        ahead = aheadOfAws;
    }

    @Override
    public Instant now() {
        return time.now().plus(ahead);
    }

    @Override
    public Moment moment() {
        return new Moment(0).plus(Duration.between(began, time.now()));
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

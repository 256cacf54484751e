package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** Time that passes twenty times as fast, so that nobody has to wait for the next look at a build. */
final class HurriedScheduler implements Scheduler {

    private static final int FACTOR = 20;

    private final Scheduler real;
    private final Instant start;

    HurriedScheduler(Scheduler real) {
        this.real = real;
        this.start = real.now();
    }

    @Override
    public Instant now() {
        return start.plus(Duration.between(start, real.now()).multipliedBy(FACTOR));
    }

    @Override
    public Moment moment() {
        return new Moment(real.moment().nanos() * FACTOR);
    }

    @Override
    public void execute(Runnable task) {
        real.execute(task);
    }

    @Override
    public Executor blocking() {
        return real.blocking();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        return real.schedule(delay.dividedBy(FACTOR), task);
    }
}

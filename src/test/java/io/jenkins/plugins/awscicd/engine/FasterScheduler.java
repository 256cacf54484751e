package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.access.call.CallThreads;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import java.time.Duration;

/**
 * Real threads, and time that passes faster wherever the engine waits, so that nobody has to wait for its next look at a job. What it
 * keeps and tells AWS are times of this machine's clock.
 */
public final class FasterScheduler extends PoolScheduler {

    private final int factor;

    /** @param factor how many seconds of the engine's waiting pass in each second */
    public FasterScheduler(int factor) {
        super(AwsEngine.NAME, AwsEngine.THREADS, CallThreads.MOST);
        this.factor = factor;
    }

    @Override
    public Moment moment() {
        return new Moment(super.moment().nanos() * factor);
    }

    /** Rounded up: who looks at the clock then finds that the delay has passed. */
    @Override
    public Task schedule(Duration delay, Runnable task) {
        Duration shorter = delay.dividedBy(factor);
        return super.schedule(shorter.isZero() ? shorter : shorter.plusMillis(1), task);
    }
}

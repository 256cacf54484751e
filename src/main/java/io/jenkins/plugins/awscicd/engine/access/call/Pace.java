package io.jenkins.plugins.awscicd.engine.access.call;

import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How fast one operation may be called on one account: found out by trying, as AWS publishes no rates for most operations.
 * Goes up by a little with every call that passes, and down by a factor when AWS refuses, so all jobs of an account
 * together settle just below what AWS allows. What comes after a pause may be faster than that to begin with, until AWS refuses: what
 * AWS allows piles up while nothing is called. Not thread-safe.
 */
public final class Pace {

    /** As AWS's own SDKs: no account is so small that less would help it, and calls are not minutes apart when AWS takes them again. */
    private static final double SLOWEST = 0.5;

    private static final double FACTOR_DOWN = 0.7;
    private static final double STEP_UP = 0.1;
    /** Calls that are refused within so long were under way together. */
    private static final Duration TOGETHER = Duration.ofMillis(500);

    /** After so long without a call, the next ones are a burst again. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final double burst;
    private final double fastest;
    private final DoubleSupplier jitter;
    private double perSecond;
    private Moment last = Moment.FIRST;
    private Moment next = Moment.FIRST;
    private Moment lastSlowed = Moment.FIRST;

    /**
     * @param burst calls per second to begin with, until AWS refuses one
     * @param fastest calls per second at the most from then on
     * @param jitter factors by which the wait after a refusal is stretched: operations that AWS counts together would otherwise come in
     *     step, and the same one be refused for ever
     */
    public Pace(double burst, double fastest, DoubleSupplier jitter) {
        this.burst = burst;
        this.fastest = fastest;
        this.jitter = jitter;
        this.perSecond = burst;
    }

    /** How long to wait before the next call; zero or less for not at all. */
    Duration untilNext(Moment now) {
        return next.isAfter(now) ? now.until(next) : Duration.ZERO;
    }

    /** A call is made now. */
    void take(Moment now) {
        if (last.until(now).compareTo(PAUSE) >= 0) {
            perSecond = burst;
        }
        last = now;
        next = now.plus(Duration.ofNanos((long) (1e9 / perSecond)));
    }

    /** A call has passed. */
    void accepted() {
        if (perSecond < fastest) {
            perSecond = Math.min(fastest, perSecond + STEP_UP);
        }
    }

    /** AWS has refused a call: slow down, once for all the calls that were under way together. */
    void refused(Moment now) {
        if (lastSlowed.until(now).compareTo(TOGETHER) >= 0) {
            perSecond = Math.max(SLOWEST, Math.min(fastest, perSecond) * FACTOR_DOWN);
            lastSlowed = now;
        }
        Moment earliest = now.plus(Duration.ofNanos((long) (1e9 / perSecond * jitter.getAsDouble())));
        if (earliest.isAfter(next)) {
            next = earliest;
        }
    }

    double perSecond() {
        return perSecond;
    }
}

package io.jenkins.plugins.awscicd.engine.access;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast one operation may be called on one account: found out by trying, as AWS publishes no rates for most operations.
 * Goes up by a little with every call that passes, and down by a factor when AWS refuses, so all jobs of an account
 * together settle just below what AWS allows. Not thread-safe.
 */
final class Pace {

    private static final double SLOWEST = 0.1;
    private static final double FACTOR_DOWN = 0.7;
    private static final double STEP_UP = 0.1;

    private final double fastest;
    private double perSecond;
    private Instant next = Instant.MIN;
    private Instant lastSlowed = Instant.MIN;

    /** @param fastest calls per second at the most, and to begin with */
    Pace(double fastest) {
        this.fastest = fastest;
        this.perSecond = fastest;
    }

    /** How long to wait before the next call; zero or less for not at all. */
    Duration untilNext(Instant now) {
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** A call is made now. */
    void take(Instant now) {
        next = now.plusNanos((long) (1e9 / perSecond));
    }

    /** A call has passed. */
    void accepted() {
        perSecond = Math.min(fastest, perSecond + STEP_UP);
    }

    /** AWS has refused a call: slow down, once for all the calls that were under way together. */
    void refused(Instant now) {
        Duration sinceSlowed = lastSlowed == Instant.MIN ? Duration.ofDays(1) : Duration.between(lastSlowed, now);
        if (sinceSlowed.compareTo(Duration.ofMillis(500)) >= 0) {
            perSecond = Math.max(SLOWEST, perSecond * FACTOR_DOWN);
            lastSlowed = now;
        }
        Instant earliest = now.plusNanos((long) (1e9 / perSecond));
        if (earliest.isAfter(next)) {
            next = earliest;
        }
    }

    double perSecond() {
        return perSecond;
    }
}

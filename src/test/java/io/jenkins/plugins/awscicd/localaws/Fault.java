package io.jenkins.plugins.awscicd.localaws;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that goes wrong with the calls of an operation. It is in force from the moment it is made; the methods here narrow it
 * down. Made by {@link Faults#on}.
 */
public final class Fault {

    /** What goes wrong. */
    enum Kind {
        THROTTLE,
        ERROR,
        LATE_ERROR,
        CUT,
        CUT_WITHIN,
        STALL,
        EXPIRED_TOKEN,
        ACCESS_DENIED,
        NOT_YET_VISIBLE,
        STALE,
        CLOCK,
        MEANWHILE
    }

    private final Kind kind;
    private final Chance chance;
    private final int status;
    /** How long a stall is, how old an answer may be, or how far the clocks are apart. */
    private final Duration duration;

    /** What happens besides; nothing for most. */
    private final Runnable event;

    private boolean afterExecution;
    private long times = Long.MAX_VALUE;
    private long skip;
    private double probability = 1;
    private double perSecond = -1;
    private double tokens;
    private Instant refilled;
    private long hits;

    Fault(Kind kind, int status, Duration duration, Chance chance) {
        this(kind, status, duration, () -> {}, chance);
    }

    Fault(Kind kind, int status, Duration duration, Runnable event, Chance chance) {
        this.chance = chance;
        this.kind = kind;
        this.status = status;
        this.duration = duration;
        this.event = event;
    }

    /** Hits only so many calls, then never again. */
    public synchronized Fault times(long count) {
        times = count;
        return this;
    }

    /** Lets the first so many calls pass. */
    public synchronized Fault skip(long count) {
        skip = count;
        return this;
    }

    /** Hits each call with this probability, 0 to 1. */
    public synchronized Fault probability(double value) {
        probability = value;
        return this;
    }

    /**
     * Lets so many calls pass in a second of simulated time, a second's worth of them at once (a token bucket, as AWS throttles),
     * and hits the others.
     */
    public synchronized Fault ratePerSecond(double calls) {
        perSecond = calls;
        tokens = Math.max(1, calls);
        return this;
    }

    /** The operation is carried out, and only its answer suffers. This is what makes a caller start a thing twice. */
    public synchronized Fault afterExecution() {
        afterExecution = true;
        return this;
    }

    /** A call that it was to hit could not be hit. */
    synchronized void missed() {
        hits--;
    }

    /** How many calls it has hit. */
    public synchronized long hits() {
        return hits;
    }

    synchronized boolean hitsBefore(Instant now) {
        return !afterExecution && hits(now);
    }

    synchronized boolean hitsAfter(Instant now) {
        return afterExecution && hits(now);
    }

    private boolean hits(Instant now) {
        if (skip > 0) {
            skip--;
            return false;
        }
        if (hits >= times || (perSecond >= 0 && takeToken(now)) || chance.next() >= probability) {
            return false;
        }
        hits++;
        return true;
    }

    private boolean takeToken(Instant now) {
        if (refilled != null && now.isAfter(refilled)) {
            double seconds = Duration.between(refilled, now).toNanos() / 1e9;
            tokens = Math.min(Math.max(1, perSecond), tokens + seconds * perSecond);
        }
        refilled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    Kind kind() {
        return kind;
    }

    /** Has happen what happens besides. */
    void happen() {
        event.run();
    }

    int status() {
        return status;
    }

    Duration duration() {
        return duration;
    }
}

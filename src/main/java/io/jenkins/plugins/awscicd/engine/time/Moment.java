package io.jenkins.plugins.awscicd.engine.time;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;

/**
 * A point on a clock that only ever goes forwards and that nobody sets: what intervals are measured by. It has no date, means
 * nothing in another process, and so is never kept with a job. A type of its own, so that it cannot be compared with a time of the
 * wall clock or of AWS.
 *
 * @param nanos since the {@link Scheduler}'s own beginning
 */
public record Moment(long nanos) implements Comparable<Moment> {

    /** Before all others. */
    public static final Moment FIRST = new Moment(Long.MIN_VALUE);
    /** After all others: never. */
    public static final Moment LAST = new Moment(Long.MAX_VALUE);

    /** So much later, or earlier if it is negative; {@link #FIRST} and {@link #LAST} stay what they are. */
    @NonNull
    public Moment plus(@NonNull Duration duration) {
        if (equals(FIRST) || equals(LAST)) {
            return this;
        }
        try {
            return new Moment(Math.addExact(nanos, duration.toNanos()));
        } catch (ArithmeticException e) {
            return duration.isNegative() ? FIRST : LAST;
        }
    }

    /** How long it is from here to there; negative if that is earlier. */
    @NonNull
    public Duration until(@NonNull Moment there) {
        return Duration.ofNanos(there.nanos).minus(Duration.ofNanos(nanos));
    }

    public boolean isBefore(@NonNull Moment other) {
        return nanos < other.nanos;
    }

    public boolean isAfter(@NonNull Moment other) {
        return nanos > other.nanos;
    }

    @Override
    public int compareTo(@NonNull Moment other) {
        return Long.compare(nanos, other.nanos);
    }
}

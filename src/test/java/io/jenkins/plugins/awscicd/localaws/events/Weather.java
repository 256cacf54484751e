package io.jenkins.plugins.awscicd.localaws.events;

import java.time.Duration;

/**
 * How events fare on their way.
 *
 * @param delay that all have
 * @param jitter the most that is added for each by itself, so that they overtake each other
 * @param lost how many of them, from 0 to 1, never come
 * @param doubled how many come twice
 */
public record Weather(Duration delay, Duration jitter, double lost, double doubled) {

    /** Each event comes once, a moment later. */
    public static final Weather FINE = new Weather(Duration.ofMillis(200), Duration.ZERO, 0, 0);
    /** Nothing comes. */
    public static final Weather SILENT = new Weather(Duration.ZERO, Duration.ZERO, 1, 0);

    /** Each event comes after so long. */
    public static Weather late(Duration delay) {
        return new Weather(delay, Duration.ZERO, 0, 0);
    }
}

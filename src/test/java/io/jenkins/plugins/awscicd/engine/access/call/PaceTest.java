package io.jenkins.plugins.awscicd.engine.access.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Moment NOON = new Moment(0);

    private final Pace pace = new Pace(10, 10, () -> 1);

    private static Moment after(long millis) {
        return NOON.plus(Duration.ofMillis(millis));
    }

    @Test
    void beginsAtOnceAndKeepsItsDistance() {
        assertEquals(Duration.ZERO, pace.untilNext(NOON));
        pace.take(NOON);
        assertEquals(Duration.ofMillis(100), pace.untilNext(NOON));
        assertEquals(Duration.ofMillis(40), pace.untilNext(after(60)));
        assertEquals(Duration.ZERO, pace.untilNext(after(100)));
    }

    @Test
    void slowsDownOnceForCallsThatAreRefusedTogether() {
        pace.refused(NOON);
        pace.refused(after(10));
        pace.refused(after(499));
        assertEquals(7, pace.perSecond(), 1e-9);
        pace.refused(after(500));
        assertEquals(4.9, pace.perSecond(), 1e-9);
    }

    @Test
    void aRefusalPutsTheNextCallOff() {
        pace.take(NOON);
        pace.refused(after(90));
        assertEquals(
                Duration.ofMillis(142),
                Duration.ofMillis(pace.untilNext(after(90)).toMillis()));
    }

    @Test
    void waitsAfterRefusalsAreStretched() {
        Pace stretched = new Pace(10, 10, () -> 1.5);
        stretched.take(NOON);
        assertEquals(Duration.ofMillis(100), stretched.untilNext(NOON));
        stretched.refused(NOON);
        assertEquals(214, stretched.untilNext(NOON).toMillis());
    }

    @Test
    void aBurstLastsUntilTheFirstRefusalAndComesAgainAfterAPause() {
        Pace starts = new Pace(50, 10, () -> 1);
        for (int call = 0; call < 100; call++) {
            starts.take(after(20 * call));
            assertEquals(Duration.ofMillis(20), starts.untilNext(after(20 * call)));
            starts.accepted();
        }
        starts.refused(after(2000));
        assertEquals(7, starts.perSecond(), 1e-9);
        for (int call = 1; call <= 100; call++) {
            starts.take(after(2000 + 200 * call));
            starts.accepted();
        }
        assertEquals(10, starts.perSecond(), 1e-9);
        starts.take(after(22_000 + 59_999));
        assertEquals(10, starts.perSecond(), 1e-9);
        starts.take(after(22_000 + 59_999 + 60_000));
        assertEquals(50, starts.perSecond(), 1e-9);
    }

    @Test
    void neverComesToAStandstillAndRecoversToItsFastest() {
        for (int second = 0; second < 100; second++) {
            pace.refused(after(1000 * second));
        }
        assertEquals(0.5, pace.perSecond(), 1e-9);
        for (int call = 0; call < 1000; call++) {
            pace.accepted();
        }
        assertEquals(10, pace.perSecond(), 1e-9);
    }

    @Test
    void settlesBelowWhatAwsAllows() {
        // AWS allows 5 a second: a bucket of 5, refilled evenly.
        double bucket = 5;
        int passed = 0;
        int refused = 0;
        Moment now = NOON;
        Moment filled = now;
        while (passed < 500) {
            now = now.plus(pace.untilNext(now));
            pace.take(now);
            bucket = Math.min(5, bucket + 5 * filled.until(now).toNanos() / 1e9);
            filled = now;
            if (bucket >= 1) {
                bucket--;
                passed++;
                pace.accepted();
            } else {
                refused++;
                pace.refused(now);
            }
        }
        double seconds = NOON.until(now).toNanos() / 1e9;
        assertTrue(seconds < 115, "500 calls at 5 a second took " + seconds + " s");
        assertTrue(refused < 50, refused + " calls were refused");
    }
}

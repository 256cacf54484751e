package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What time it is at AWS, by what answers are dated. */
class AwsTimeTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.700Z");

    private final SteppedTime clock = SimulatedTime.stepped(BEGIN);
    private final SteppedScheduler scheduler = new SteppedScheduler(clock);
    private final AwsTime time = new AwsTime(scheduler);

    private void answer(String date, String id) {
        SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(200);
        if (date != null) {
            head.putHeader("date", date);
        }
        if (id != null) {
            head.putHeader(id, "0cd704f0");
        }
        time.received(head.build());
    }

    @Test
    void untilAwsHasAnsweredNobodyKnows() {
        assertEquals(Instant.parse("2026-03-01T12:00:00Z"), time.now());
        assertNull(time.at(BEGIN));
    }

    @Test
    void itIsWhatAwsSaysAndGoesOnHoweverThisClockIsSet() {
        answer("Mon, 02 Mar 2026 08:30:00 GMT", "x-amzn-RequestId");
        clock.advance(Duration.ofSeconds(90));
        scheduler.setClock(Duration.ofDays(400));
        assertEquals(Instant.parse("2026-03-02T08:31:30Z"), time.now());
    }

    @Test
    void whatThisClockHasShownIsKnownByTheDifference() {
        scheduler.setClock(Duration.ofHours(5));
        Instant here = scheduler.now();
        answer("Sun, 01 Mar 2026 12:00:00 GMT", "x-amz-request-id");
        clock.advance(Duration.ofMinutes(10));
        assertEquals(Instant.parse("2026-03-01T12:00:00Z"), time.at(here));
    }

    /** It was set back since: what was shown before has been all the same. */
    @Test
    void whatThisClockHasShownIsNeverToCome() {
        scheduler.setClock(Duration.ofHours(5));
        Instant here = scheduler.now();
        answer("Sun, 01 Mar 2026 12:00:00 GMT", "x-amz-request-id");
        scheduler.setClock(Duration.ZERO);
        clock.advance(Duration.ofMinutes(10));
        assertEquals(Instant.parse("2026-03-01T12:10:00Z"), time.at(here));
    }

    @Test
    void anAnswerThatIsNotOfAwsTellsNothing() {
        answer("Mon, 02 Mar 2026 08:30:00 GMT", null); // a gateway's page
        answer("yesterday", "x-amzn-RequestId");
        answer(null, "x-amzn-RequestId");
        assertNull(time.at(BEGIN));
        answer("Sun, 1 Mar 2026 12:00:00 GMT", "x-amzn-requestid");
        assertEquals(Instant.parse("2026-03-01T12:00:00Z"), time.at(BEGIN));
    }
}

package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What time it is at AWS: whatever is compared with a time that AWS tells is a time of this clock, as this machine's may show any
 * other. AWS dates each of its answers; how long ago that was is measured by a clock that nobody sets. Until there was an answer,
 * this machine's clock is all there is.
 */
public final class AwsTime {

    /** The names of the requests' ids: without one, an answer comes from something on the way, with a clock of its own. */
    private static final String[] REQUEST_ID = {"x-amzn-RequestId", "x-amz-request-id"};

    private record Answer(Instant dated, Moment received) {}

    private final Scheduler scheduler;
    private volatile Answer last;

    AwsTime(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** An answer has come in at this moment. */
    void received(SdkHttpResponse answer) {
        Instant date = date(answer);
        if (date != null) {
            dated(date);
        }
    }

    /** An answer of AWS's with this date has come in at this moment. */
    void dated(Instant date) {
        last = new Answer(date, scheduler.moment());
    }

    @CheckForNull
    private static Instant date(SdkHttpResponse answer) {
        for (String id : REQUEST_ID) {
            if (answer.firstMatchingHeader(id).isPresent()) {
                try {
                    return answer.firstMatchingHeader("Date")
                            .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                            .orElse(null);
                } catch (DateTimeException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Now, on the clock that nobody sets, by which intervals are measured. */
    @NonNull
    public Moment moment() {
        return scheduler.moment();
    }

    /**
     * To the second, as AWS dates its answers, and never later than it is there: what AWS does from now on it dates from then on. Earlier
     * by what an answer takes to arrive, and less than two seconds.
     */
    @NonNull
    public Instant now() {
        Answer answer = last;
        Instant now = answer == null
                ? scheduler.now()
                : answer.dated().plus(answer.received().until(scheduler.moment()));
        return now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether AWS has answered by now, so that this machine's clock is not needed. */
    public boolean isKnown() {
        return last != null;
    }

    /**
     * What AWS's clock has shown when this machine's showed something, if nobody has set this machine's since; never later than now,
     * whatever was set.
     *
     * @return null if AWS has not answered yet, so that nobody knows
     */
    @CheckForNull
    public Instant at(@NonNull Instant here) {
        if (last == null) {
            return null;
        }
        Instant now = now();
        Instant there = now.plus(Duration.between(scheduler.now(), here)).truncatedTo(ChronoUnit.SECONDS);
        return there.isAfter(now) ? now : there;
    }
}

package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The time at which a caller has signed, as AWS with a clock of its own sees it
 * (<a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html">Troubleshoot Signature Version 4</a>: five
 * minutes at the most).
 *
 * @param signed by the caller's clock
 * @param now by AWS's clock
 */
record ClientClock(Instant signed, Instant now) {

    private static final Duration MOST = Duration.ofMinutes(5);
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

    static ClientClock of(Request request, Duration awsAhead) {
        String signed = request.header("X-Amz-Date");
        return new ClientClock(
                signed == null ? Instant.EPOCH : AMZ_DATE.parse(signed, Instant::from),
                Instant.now().plus(awsAhead));
    }

    boolean isTaken() {
        return Duration.between(signed, now).abs().compareTo(MOST) <= 0;
    }
}

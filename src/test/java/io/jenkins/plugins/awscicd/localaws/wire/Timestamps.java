package io.jenkins.plugins.awscicd.localaws.wire;

import java.math.BigDecimal;
import java.time.Instant;

/** Timestamps as AWS JSON has them: seconds since the epoch, with milliseconds as the fraction. */
public final class Timestamps {

    private Timestamps() {}

    public static BigDecimal epochSeconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }
}

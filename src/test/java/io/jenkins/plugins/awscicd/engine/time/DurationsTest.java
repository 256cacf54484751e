package io.jenkins.plugins.awscicd.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0.0 s",
        "0, 0.0 s",
        "49, 0.0 s",
        "449, 0.4 s",
        "9949, 9.9 s",
        "9950, 10 s",
        "12400, 12 s",
        "59499, 59 s",
        "59500, 1 min 0 s",
        "63000, 1 min 3 s",
        "3599499, 59 min 59 s",
        "3599500, 1 h 0 min",
        "7500000, 2 h 5 min",
        "129600000, 36 h 0 min"
    })
    void areSaidAsAPersonReadsThem(long millis, String words) {
        assertEquals(words, Durations.inWords(Duration.ofMillis(millis)));
    }
}

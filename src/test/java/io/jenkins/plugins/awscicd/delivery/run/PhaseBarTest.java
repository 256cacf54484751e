package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseBarTest {

    private static final Instant BEGIN = Instant.parse("2026-11-23T16:45:00Z");

    private static final List<JobPhase> PHASES = List.of(
            new JobPhase("INSTALL", "SUCCEEDED", false, BEGIN, Duration.ofSeconds(1), null),
            new JobPhase("BUILD", null, false, BEGIN.plusSeconds(1), null, null));

    private static List<Double> ends(int seconds, int usual) {
        return PhaseBar.of(PHASES, BEGIN.plusSeconds(seconds).toEpochMilli(), 1000L * usual).stream()
                .map(PhaseBar.Part::right)
                .toList();
    }

    @Test
    void thereIsRoomForWhatIsStillToCome() {
        assertEquals(List.of(100.0, 400.0), ends(4, 10));
        assertEquals(List.of(250.0, 1000.0), ends(4, 0), "nothing is known");
        assertEquals(List.of(50.0, 1000.0), ends(20, 10), "it takes longer than usual");
    }
}

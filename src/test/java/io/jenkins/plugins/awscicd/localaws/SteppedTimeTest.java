package io.jenkins.plugins.awscicd.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteppedTimeTest {

    private final SteppedTime time = SimulatedTime.stepped();
    private final Instant start = time.now();
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksRunInOrderOfTheirTimeAndSeeIt() {
        time.after(
                Duration.ofSeconds(20),
                () -> done.add("late " + Duration.between(start, time.now()).toSeconds()));
        time.after(
                Duration.ofSeconds(10),
                () -> done.add("early " + Duration.between(start, time.now()).toSeconds()));
        time.advance(Duration.ofSeconds(15));
        assertEquals(List.of("early 10"), done);
        time.advance(Duration.ofSeconds(15));
        assertEquals(List.of("early 10", "late 20"), done);
        assertEquals(start.plusSeconds(30), time.now());
    }

    @Test
    void tasksAddedOnTheWayRunTooIfTheyFallDue() {
        time.after(Duration.ofSeconds(1), () -> time.after(Duration.ofSeconds(1), () -> done.add("second")));
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of("second"), done);
    }

    @Test
    void cancelledTasksDoNotRun() {
        SimulatedTime.Alarm alarm = time.after(Duration.ofSeconds(1), () -> done.add("never"));
        alarm.cancel();
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of(), done);
        assertEquals(0, time.waiting());
    }
}

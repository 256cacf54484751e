package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one update has come to, when other updates come in between. */
class CourseTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Course course = new Course(
            new Journal() {
                @Override
                public Map<String, String> read() {
                    return Map.of(Marks.PREVIOUS, "v0", Marks.LABEL, "v1");
                }

                @Override
                public void write(Map<String, String> more) {
                    throw new AssertionError("a course only reads");
                }
            },
            new Course.Health(List.of("Green"), Duration.ZERO, Duration.ofMinutes(10)));

    private static EnvironmentSnapshot environment(String status, String health, String label) {
        return new EnvironmentSnapshot("e-1", "web", "web-prod", status, health, "", label, "", false);
    }

    private void completed() {
        course.told(new Event(START, "INFO", "Environment update completed successfully.", "v1", "r-1"));
    }

    @Test
    void aVersionThatWasReplacedAtOnceWasDeployedAllTheSame() {
        completed();
        assertFalse(course.isOver(environment("Updating", "Grey", "v1"), START, false));
        EnvironmentSnapshot replaced = environment("Ready", "Red", "v2");

        assertTrue(course.isOver(replaced, START.plusSeconds(60), false));
        assertTrue(course.replaced(replaced));
        assertNull(course.cause(replaced));
    }

    @Test
    void theVersionBeforeIsOneThatAwsHasTakenBack() {
        completed();
        EnvironmentSnapshot back = environment("Ready", "Green", "v0");

        assertFalse(course.isOver(back, START, false), "the environment may lag behind its events");
        assertTrue(course.isOver(back, START.plusSeconds(60), false));
        assertEquals("AWS has taken the update back; it counts as running 'v0'", course.cause(back));
    }

    @Test
    void whatAwsSaysOfAnInstanceIsGoneOnWithAsOneSentence() {
        course.told(new Event(
                START, "ERROR", "[Instance: i-1] Output: Engine execution has encountered an error..", "v1", "r-1"));
        course.told(new Event(START, "ERROR", "Failed to deploy application.", "v1", "r-1"));

        assertEquals(
                "[Instance: i-1] Output: Engine execution has encountered an error; it counts as running 'v0'",
                course.cause(environment("Ready", "Green", "v0")));
    }

    @Test
    void aVersionThatWasReplacedBeforeItsUpdateWasDoneIsAFailure() {
        assertFalse(course.isOver(environment("Updating", "Grey", "v1"), START, false));
        EnvironmentSnapshot other = environment("Ready", "Green", "v2");

        assertFalse(course.isOver(other, START, false));
        assertTrue(course.isOver(other, START.plusSeconds(60), false));
        assertEquals("AWS has taken the update back; it counts as running 'v2'", course.cause(other));
    }
}

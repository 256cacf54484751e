package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Moment;
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

    private static Moment after(long seconds) {
        return new Moment(seconds * 1_000_000_000);
    }

    /** A look at the environment, and whether that is the end. */
    private boolean isOver(EnvironmentSnapshot now, long seconds) {
        course.looked(now, after(seconds));
        return course.isOver(now, after(seconds), false);
    }

    private void completed() {
        course.told(new Event(START, "INFO", "Environment update completed successfully.", "v1", "r-1"));
    }

    @Test
    void aVersionThatWasReplacedAtOnceWasDeployedAllTheSame() {
        completed();
        assertFalse(isOver(environment("Updating", "Grey", "v1"), 0));
        EnvironmentSnapshot replaced = environment("Ready", "Red", "v2");

        assertTrue(isOver(replaced, 60));
        assertTrue(course.replaced(replaced));
        assertNull(course.cause(replaced));
    }

    @Test
    void theVersionBeforeIsOneThatAwsHasTakenBack() {
        completed();
        EnvironmentSnapshot back = environment("Ready", "Green", "v0");

        assertFalse(isOver(back, 0), "the environment may lag behind its events");
        assertTrue(isOver(back, 60));
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
        assertFalse(isOver(environment("Updating", "Grey", "v1"), 0));
        EnvironmentSnapshot other = environment("Ready", "Green", "v2");

        assertFalse(isOver(other, 0));
        assertFalse(isOver(other, 60), "its events were not read since");
        course.read(after(60));
        assertTrue(isOver(other, 65));
        assertEquals("AWS has taken the update back; it counts as running 'v2'", course.cause(other));
    }
}

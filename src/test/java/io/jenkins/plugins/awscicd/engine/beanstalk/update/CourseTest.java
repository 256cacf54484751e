package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
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
                    return Map.of("previous", "v0", "label", "v1");
                }

                @Override
                public void write(Map<String, String> more) {
                    throw new AssertionError("a course only reads");
                }
            },
            new WantedHealth(List.of("Green"), Duration.ZERO, Duration.ofMinutes(10)));

    private static EnvironmentSnapshot environment(String status, String health, String label) {
        return new EnvironmentSnapshot(
                "e-1", "web", "web-prod", status, health, "", label, "", false, "", false, "", "");
    }

    private static Moment after(long seconds) {
        return new Moment(seconds * 1_000_000_000);
    }

    /** A look at the environment, and whether that is the end. */
    private boolean isOver(EnvironmentSnapshot now, long seconds) {
        course.looked(now, after(seconds));
        return course.isOver(now, false);
    }

    private void completed() {
        course.reported(new Event(START, "INFO", "Environment update completed successfully.", "v1", "r-1"));
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
        assertEquals("AWS reverted the update; according to AWS it runs 'v0'", course.cause(back));
    }

    @Test
    void theVersionBeforeIsAnotherUpdatesIfOneHasBegunSince() {
        completed();
        EnvironmentSnapshot back = environment("Ready", "Green", "v0");
        assertFalse(isOver(back, 0));
        assertTrue(isOver(back, 60));
        assertTrue(course.isOdd(back));
        course.since(EventReader.Since.UPDATED);

        assertTrue(course.replaced(back));
        assertNull(course.cause(back));
    }

    @Test
    void whatAwsSaysOfAnInstanceIsGoneOnWithAsOneSentence() {
        course.reported(new Event(
                START, "ERROR", "[Instance: i-1] Output: Engine execution has encountered an error..", "v1", "r-1"));
        course.reported(new Event(START, "ERROR", "Failed to deploy application.", "v1", "r-1"));

        assertEquals(
                "[Instance: i-1] Output: Engine execution has encountered an error; according to AWS it runs 'v0'",
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
        assertEquals("AWS reverted the update; according to AWS it runs 'v2'", course.cause(other));
    }

    private static EnvironmentSnapshot enhanced(String health, String healthStatus, String label) {
        return new EnvironmentSnapshot(
                "e-1", "web", "web-prod", "Ready", health, healthStatus, label, "", false, "", false, "", "");
    }

    private void reported(String... events) {
        for (String event : events) {
            boolean error = event.startsWith("ERROR ");
            course.reported(new Event(
                    START, error ? "ERROR" : "INFO", error ? event.substring("ERROR ".length()) : event, null, "r-1"));
        }
    }

    /** As was published of a deployment after which the environment was Red at once, and Yellow for a time. */
    @Test
    void healthThatIsToldLateDecidesNothing() {
        isOver(environment("Updating", "Green", "v0"), 0);
        reported("Environment update is starting.", "New application version was deployed to running EC2 instances.");
        completed();
        assertFalse(isOver(enhanced("Red", "Degraded", "v1"), 20));
        assertFalse(isOver(enhanced("Green", "Ok", "v1"), 25), "it may be that of the version before");
        assertFalse(isOver(enhanced("Yellow", "Warning", "v1"), 42));
        assertFalse(isOver(enhanced("Yellow", "Warning", "v1"), 140));
        assertTrue(isOver(enhanced("Green", "Ok", "v1"), 145));
        assertNull(course.cause(enhanced("Green", "Ok", "v1")));
    }

    /** As was published of a launch: the last event is of severity INFO. */
    @Test
    void aLaunchWithIssuesIsAFailureThatSaysWhy() {
        reported(
                "createEnvironment is starting.",
                "ERROR Stack named 'awseb-e-1-stack' aborted operation. Current state: 'CREATE_FAILED'.",
                "Launched environment: web-prod. However, there were issues during launch. See event log for details.");
        EnvironmentSnapshot launched = enhanced("Grey", "Pending", "v1");

        assertTrue(isOver(launched, 30));
        assertEquals(
                "Stack named 'awseb-e-1-stack' aborted operation. Current state: 'CREATE_FAILED'",
                course.cause(launched));
    }

    /** As was published of a launch that fails at once. */
    @Test
    void aLaunchThatEndsTheEnvironmentSaysWhy() {
        reported(
                "createEnvironment is starting.",
                "ERROR Environment must have instance profile associated with it.",
                "ERROR Failed to launch environment.",
                "Deleting SNS topic for environment web-prod.");
        EnvironmentSnapshot gone = environment("Terminated", "Grey", "v1");

        assertTrue(isOver(gone, 5));
        assertEquals(
                "Environment must have instance profile associated with it; the environment was terminated",
                course.cause(gone));
    }

    /** As was published of settings that AWS has taken back half a minute after their failure. */
    @Test
    void settingsThatAreTakenBackAreAFailureFromTheFirstWord() {
        isOver(environment("Updating", "Green", "v1"), 0);
        reported("Environment update is starting.", "ERROR Failed to deploy configuration.");
        assertTrue(isOver(enhanced("Green", "Ok", "v1"), 10));
        reported("The environment was reverted to the previous configuration setting.");
        assertEquals("Failed to deploy configuration", course.cause(enhanced("Green", "Ok", "v1")));
    }

    /** As was published of a rolling deployment in which one instance had failed. */
    @Test
    void whatGoesWrongOnTheWayDecidesNothing() {
        isOver(environment("Updating", "Green", "v1"), 0);
        reported(
                "ERROR Instance deployment failed. For details, see 'eb-engine.log'.",
                "Batch 2: Completed application deployment.",
                "New application version was deployed to running EC2 instances.");
        EnvironmentSnapshot ready = environment("Ready", "Green", "v1");
        assertFalse(isOver(ready, 10), "another event may follow");
        course.read(after(45));
        assertTrue(isOver(ready, 46));
        assertNull(course.cause(ready));
    }

    @Test
    void anUpdateOfWhichAwsTellsNothingIsNoSuccess() {
        EnvironmentSnapshot ready = environment("Ready", "Green", "v1");
        assertFalse(isOver(ready, 0));
        course.read(after(100));
        assertFalse(isOver(ready, 100));
        course.read(after(300));
        assertTrue(isOver(ready, 301));
        assertEquals(
                "it is unknown whether 'v1' was deployed, because AWS reports no event that ends the update"
                        + " (elasticbeanstalk:DescribeEvents)",
                course.cause(ready));
    }

    @Test
    void whatWasSeenBeforeAwsFellSilentIsNoEnd() {
        EnvironmentSnapshot before = environment("Ready", "Green", "v0");
        assertFalse(isOver(before, 0));
        course.reported(new Event(START, "INFO", "Environment update is starting.", "v1", "r-1"));
        course.read(after(40));
        assertFalse(course.isOver(before, false), "it was not looked at since");
        completed();
        course.read(after(100));
        assertFalse(course.isOver(before, false), "it was not looked at since");
        assertTrue(isOver(environment("Ready", "Green", "v1"), 120));
    }
}

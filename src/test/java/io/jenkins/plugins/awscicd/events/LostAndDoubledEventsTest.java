package io.jenkins.plugins.awscicd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.harness.RunningBuilds;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.events.ServiceEvents;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that are lost, doubled and shuffled start a job once for each that came. */
@WithSharedJenkins
class LostAndDoubledEventsTest extends PipelineRuns {

    private static final String ARN = "arn:aws:sqs:eu-west-1:123456789012:jenkins";

    private static final int PUSHES = 200;

    private int executors;

    @BeforeEach
    void addExecutors() throws Exception {
        executors = Jenkins.get().getNumExecutors();
        Jenkins.get().setNumExecutors(16);
    }

    @AfterEach
    void stop() throws Exception {
        AwsEventQueues.get().setQueues(List.of());
        RunningBuilds.deleteWithJobs(Jenkins.get());
        Jenkins.get().setNumExecutors(executors);
    }

    @Test
    void eachPushWhoseEventCameIsBuiltOnce() throws Exception {
        SqsQueue queue = local.aws().sqs().queue("jenkins");
        SqsQueue witness = local.aws().sqs().queue("witness");
        for (SqsQueue target : List.of(queue, witness)) {
            local.aws().events().rule(target.name(), "{\"source\": [\"aws.codecommit\"]}", target);
        }
        local.aws().events().weather(new Weather(Duration.ZERO, Duration.ofSeconds(60), 0.2, 0.2));
        FreeStyleProject job = jenkins.createFreeStyleProject("lost-and-doubled");
        job.addTrigger(new AwsEventTrigger(
                "{\"source\": [\"aws.codecommit\"], \"detail\": {\"event\": [\"referenceUpdated\"]}}"));
        ServiceEvents events = new ServiceEvents(local.aws().events());
        for (int i = 0; i < PUSHES; i++) {
            events.reference(
                    "arn:aws:codecommit:eu-west-1:123456789012:web",
                    "web",
                    "id",
                    "branch",
                    "main",
                    String.format("%040x", i),
                    String.format("%040x", i + 1),
                    "arn:aws:iam::123456789012:user/local");
        }
        local.advance(Duration.ofSeconds(60));
        AwsEventQueues.get().setQueues(List.of(new EventQueue(ARN)));
        LocalAwsExtension.await(() -> queue.bodies().isEmpty());
        jenkins.waitUntilNoActivityUpTo(120_000);

        List<String> copies = ids(witness);
        TreeSet<String> came = new TreeSet<>(copies);
        assertEquals(PUSHES, local.aws().events().sent().size());
        assertTrue(came.size() > 130 && came.size() < 190, came.size() + " came");
        assertTrue(copies.size() > came.size() + 5, copies.size() + " copies");
        List<String> built = job.getBuilds().stream()
                .map((FreeStyleBuild run) -> run.getAction(AwsEventAction.class).getEventId())
                .sorted()
                .toList();
        assertEquals(List.copyOf(came), built);

        // those that came again after a restart, which knows them from the disk
        EventTriggers restarted = new EventTriggers();
        for (String body : witness.bodies()) {
            restarted.received(AwsEvent.of(body), new EventQueue(ARN));
        }
        jenkins.waitUntilNoActivity();
        assertEquals(built.size() + 1, job.getNextBuildNumber());
    }

    private static List<String> ids(SqsQueue queue) {
        return queue.bodies().stream().map(body -> AwsEvent.of(body).id()).collect(Collectors.toList());
    }
}

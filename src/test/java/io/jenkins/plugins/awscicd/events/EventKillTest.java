package io.jenkins.plugins.awscicd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.step.ControllerKillTest;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed after it has queued what an event starts, and before the event's message is deleted. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class EventKillTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().withDebugServer(false).javaOptions(ControllerKillTest.JAVA_OPTIONS);

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void killedBetweenQueueingAndDeletionTheEventStartsOneRun() throws Throwable {
        SqsQueue queue = local.aws().sqs().queue("jenkins");
        local.aws().faults().on("SQS.DeleteMessageBatch").error(500);
        queue.send(EventTriggersTest.event("e1", "123456789012", "Image Pushed"));
        jenkins.startJenkins();
        jenkins.runRemotely(EventKillTest::queued, local.aws().endpoint().toString());
        LocalAwsExtension.await(() -> local.aws().calls().count("SQS.DeleteMessageBatch") > 0);
        jenkins.stopJenkinsForcibly();
        assertEquals(0, queue.deleted());
        local.aws().faults().clear();
        local.advance(Duration.ofMinutes(1)); // others may receive it again
        jenkins.startJenkins();
        LocalAwsExtension.await(() -> queue.deleted() == 1);
        jenkins.runRemotely(EventKillTest::ranOnce);
    }

    private static void queued(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        rule.jenkins.setNumExecutors(0);
        FreeStyleProject job = rule.createFreeStyleProject("killed-web");
        job.addTrigger(new AwsEventTrigger("{\"source\": [\"acme.shop\"]}"));
        AwsEventQueues.get().setQueues(List.of(new EventQueue(EventTriggersTest.ARN)));
        LocalAwsExtension.await(() -> rule.jenkins.getQueue().getItems().length == 1);
    }

    private static void ranOnce(JenkinsRule rule) throws Throwable {
        rule.jenkins.setNumExecutors(2);
        FreeStyleProject job = rule.jenkins.getItemByFullName("killed-web", FreeStyleProject.class);
        LocalAwsExtension.await(() -> job.getLastBuild() != null);
        rule.waitUntilNoActivity();
        assertEquals(1, job.getBuilds().size());
    }
}

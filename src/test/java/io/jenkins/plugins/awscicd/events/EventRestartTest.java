package io.jenkins.plugins.awscicd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events before, during and after a restart start one run each. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class EventRestartTest {

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @AfterEach
    void stop() {
        AwsEventQueues.get().setQueues(List.of());
    }

    @Test
    void eachEventStartsOneRunThoughJenkinsIsRestarted() throws Throwable {
        SqsQueue queue = local.aws().sqs().queue("jenkins");
        sessions.then(jenkins -> {
            local.configure();
            AwsEventQueues.get().setQueues(List.of(new EventQueue(EventTriggersTest.ARN)));
            FreeStyleProject job = jenkins.createFreeStyleProject("restarted-web");
            job.addTrigger(new AwsEventTrigger("{\"source\": [\"acme.shop\"]}"));
            send(queue, "run");
            LocalAwsExtension.await(() -> job.getLastBuild() != null);
            jenkins.waitUntilNoActivity();
            jenkins.jenkins.setNumExecutors(0);
            send(queue, "waits");
            LocalAwsExtension.await(() -> queue.deleted() == 2);
            assertEquals(1, jenkins.jenkins.getQueue().getItems().length);
        });
        send(queue, "during", "run", "waits", "during");
        local.advance(Duration.ofMinutes(1)); // the poll of the one that went down may have received them
        sessions.last(jenkins -> {
            LocalAwsExtension.await(() -> queue.deleted() == 6);
            FreeStyleProject job = jenkins.jenkins.getItemByFullName("restarted-web", FreeStyleProject.class);
            assertEquals(2, jenkins.jenkins.getQueue().getItems(job).size());
            jenkins.jenkins.setNumExecutors(1);
            LocalAwsExtension.await(() -> job.getBuildByNumber(3) != null);
            jenkins.waitUntilNoActivity();
            assertEquals(
                    List.of("run", "waits", "during"),
                    job.getBuilds().stream()
                            .sorted()
                            .map(run -> run.getAction(AwsEventAction.class).getEventId())
                            .toList());
        });
    }

    private static void send(SqsQueue queue, String... ids) {
        for (String id : ids) {
            queue.send(EventTriggersTest.event(id, "123456789012", "Image Pushed"));
        }
    }
}

package io.jenkins.plugins.awscicd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Events before, during and after a restart start one run each. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class EventRestartTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void eachEventStartsOneRunThoughJenkinsIsRestarted() throws Throwable {
        SqsQueue queue = local.aws().sqs().queue("jenkins");
        sessions.then(jenkins -> {
            local.configure();
            AwsEventQueues.get().setQueues(List.of(new EventQueue(EventTriggersTest.ARN)));
            FreeStyleProject job = jenkins.createFreeStyleProject("web");
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
        sessions.then(jenkins -> {
            LocalAwsExtension.await(() -> queue.deleted() == 6);
            FreeStyleProject job = jenkins.jenkins.getItemByFullName("web", FreeStyleProject.class);
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

package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.step.ControllerKillTest;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SleepBuilder;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed, as kill -9 does it, while it works on an action. Local AWS lives on in the test. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class CodePipelineActionKillTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().withDebugServer(false).javaOptions(ControllerKillTest.JAVA_OPTIONS);

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void killedInTheMiddleAwsHearsOfAFailure() throws Throwable {
        Actions actions = new Actions(local.aws()).set();
        String id = actions.execute("plain");
        jenkins.startJenkins();
        jenkins.runRemotely(
                CodePipelineActionKillTest::work, local.aws().endpoint().toString());
        assertEquals("InProgress", actions.status("plain", id));
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        LocalAwsExtension.await(() -> !actions.status("plain", id).equals("InProgress"));
        assertEquals("Failed", actions.status("plain", id));
        String told = actions.failure("plain", id);
        // as far as Jenkins has written the run by then
        assertTrue(told.contains("The run is lost") || told.contains("web #1 ended FAILURE"), told);
        jenkins.runRemotely(CodePipelineActionKillTest::nothingWaits);
    }

    private static void work(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        FreeStyleProject job = rule.createFreeStyleProject("web");
        job.getBuildersList().add(new SleepBuilder(600_000));
        Actions.trigger(job);
        Actions.work();
        Actions.run(job, 1);
        // AWS shows the link by now, and has been told that the job that continues the first one is taken
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return JobWorkers.get().statuses().get(0).held() == 1;
        });
    }

    private static void nothingWaits(JenkinsRule rule) throws Throwable {
        assertEquals(0, rule.jenkins.getQueue().getItems().length);
    }
}

package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentStatus;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

class BeanstalkDeployRestartTest extends RestartedRuns {

    private static final String BEGUN = "[Beanstalk] Environment update is starting.";

    private EnvironmentSpec spec;

    @BeforeEach
    void environment() throws Exception {
        BeanstalkRuns.bundles(local.aws());
        spec = EnvironmentSpec.simulated("web", "web-prod")
                .instances(3)
                .version("v0")
                .basicHealth();
        local.aws().beanstalk().environment(spec);
    }

    private long calls(String operation) {
        return local.aws().calls().count("ElasticBeanstalk." + operation);
    }

    @Test
    void goesOnAfterARestart() throws Throwable {
        spec.simulation().command(LONG);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(
                    jenkins,
                    "delivery",
                    "def done = " + BeanstalkRuns.STEP
                            + "\necho \"${done.versionLabel} after ${done.previousVersionLabel}\"");
            jenkins.waitForMessage(BEGUN, run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("v1 after v0", run);
            assertEquals(2, JenkinsRule.getLog(run).split(Pattern.quote(BEGUN), -1).length, "told once");
        });
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals(1, calls("CreateApplicationVersion"));
    }

    /** A failed immutable deploy reads Ready and Green with the old version; after the restart only the events tell. */
    @Test
    void whatFailedWhileJenkinsWasDownIsAFailure() throws Throwable {
        spec.simulation().command(Duration.ofSeconds(2)).failing("v1", "no such port");
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage(BEGUN, start(jenkins, "delivery", BeanstalkRuns.STEP));
        });
        LocalAwsExtension.await(
                () -> local.aws().beanstalk().environment("web-prod").status() == EnvironmentStatus.READY);
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("no such port", run);
        });
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void waitsOnForTheEnvironment() throws Throwable {
        spec.simulation().command(LONG);
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage(BEGUN, start(jenkins, "first", BeanstalkRuns.STEP));
            jenkins.waitForMessage(
                    "[Beanstalk] Waiting behind first #1, whose turn it is in 'web-prod'",
                    start(
                            jenkins,
                            "second",
                            BeanstalkRuns.STEP.replace("v1", "v2").replace("1.zip", "2.zip")));
        });
        spec.simulation().command(LocalAwsExtension.SOON);
        sessions.last(jenkins -> {
            WorkflowRun first = run(jenkins, "first");
            comeToTheEnd(jenkins, first);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "second")));
        });
        assertEquals("v2", local.aws().beanstalk().environment("web-prod").versionLabel());
        assertEquals(2, calls("UpdateEnvironment"));
    }

    @Test
    void abortAfterARestartAbortsTheUpdate() throws Throwable {
        spec.simulation().command(Duration.ofMinutes(10));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage(BEGUN, start(jenkins, "delivery", BeanstalkRuns.STEP));
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            awaitAbortable(jenkins, run);
            spec.simulation().command(LocalAwsExtension.SOON);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals(1, calls("AbortEnvironmentUpdate"));
    }
}

package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.delivery.guard.BeanstalkStageTest;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Versions that go live beside the environment that is live, with an approval in between. */
@WithSharedJenkins
class BeanstalkBlueGreenStepTest extends BeanstalkRuns {

    private static final String CNAME = "web-live.eu-west-1.elasticbeanstalk.com";

    @Test
    void greenIsLiveOnceItIsApproved() throws Exception {
        EnvironmentSpec blue = EnvironmentSpec.simulated("web", "web-a")
                .version("v0")
                .cname("web-live")
                .basicHealth();
        EnvironmentSpec twin = EnvironmentSpec.simulated("web", "web-b")
                .version("v0")
                .cname("web-idle")
                .basicHealth();
        blue.simulation().command(LocalAwsExtension.SOON);
        twin.simulation().command(LocalAwsExtension.SOON);
        local.aws().beanstalk().environment(blue).environment(twin);
        AwsCicdConfiguration.get().setStages(List.of(BeanstalkStageTest.stage("prod", "web-a", none -> {})));
        WorkflowRun run = start(job("""
                def green = beanstalkDeploy stage: 'prod', twin: 'web-b', cname: 'web-live',
                    bundle: 's3://artifacts/1.zip', versionLabel: 'v1', strategy: 'blueGreen', swap: false
                echo "green ${green.environment} ${green.versionLabel} swapped ${green.swapped}"
                awsApproval message: 'Swap?', what: green
                def done = beanstalkDeploy stage: 'prod', continueBlueGreen: green
                echo "live ${done.environment} ${done.versionLabel} swapped ${done.swapped}, old ${done.oldEnvironment}"
                """));
        LocalAwsExtension.await(() -> run.getAction(InputAction.class) != null || run.getResult() != null);
        assertEquals(CNAME, local.aws().beanstalk().environment("web-a").cname(), "blue is live until it is approved");
        assertTrue(Deployments.get().latestSuccess("prod", "web").isEmpty(), "the stage has not got it yet");
        Deployment prepared = Deployments.get().latestSuccess(null, "web").orElseThrow();
        assertEquals(new Destination(null, "web", "web-b"), prepared.destination());

        InputAction inputs = run.getAction(InputAction.class);
        inputs.getExecutions().get(0).proceed(Map.of());

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertInOrder(run, "green web-b v1 swapped false", "live web-b v1 swapped true, old web-a");
        assertEquals(CNAME, local.aws().beanstalk().environment("web-b").cname());
        jenkins.assertLogNotContains("null", run);
        Deployment live = Deployments.get().latestSuccess("prod", "web").orElseThrow();
        assertEquals(new Destination("prod", "web", "web-a"), live.destination(), "by the name that the stage knows");
        assertEquals("v1", live.revision());
        assertNotEquals(prepared.token(), live.token());
    }

    /** As docs/steps/beanstalkDeploy.md has it. */
    @Test
    void aCloneThatIsNotApprovedIsDiscarded() throws Exception {
        local.aws().beanstalk().environment(environment());
        WorkflowRun run = start(job("""
                def green = beanstalkDeploy application: 'web', cname: 'web-prod', bundle: 's3://artifacts/1.zip',
                    versionLabel: 'v1', strategy: 'blueGreen', swap: false
                try {
                  awsApproval message: 'Swap?', what: green
                } catch (notApproved) {
                  beanstalkDeploy application: 'web', discardBlueGreen: green
                  throw notApproved
                }
                beanstalkDeploy application: 'web', continueBlueGreen: green
                """));
        LocalAwsExtension.await(() -> run.getAction(InputAction.class) != null || run.getResult() != null);
        Deployment prepared = Deployments.get().latestSuccess(null, "web").orElseThrow();
        String clone = prepared.destination().target();
        assertTrue(local.aws().beanstalk().has(clone));

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertInOrder(
                run,
                "[Beanstalk] Terminating " + clone,
                "[Beanstalk] " + clone + " is Terminated; live is web-prod: web-prod.eu-west-1.elasticbeanstalk.com");
        assertFalse(local.aws().beanstalk().has(clone));
        assertEquals("v0", local.aws().beanstalk().environment("web-prod").versionLabel());
        assertEquals(
                prepared.token(),
                Deployments.get().latest(null, "web").orElseThrow().token(),
                "what is discarded is not deployed");
    }

    @Test
    void aCloneBecomesLiveAndTheOldEnvironmentIsTerminated() throws Exception {
        local.aws().beanstalk().environment(environment());

        WorkflowRun run = start(job("""
                def done = beanstalkDeploy application: 'web', cname: 'web-prod', bundle: 's3://artifacts/1.zip',
                    versionLabel: 'v1', strategy: 'blueGreen', oldEnvironment: 'terminate', terminateAfterMinutes: 1
                echo "live ${done.environment} ${done.versionLabel} swapped ${done.swapped}, old ${done.oldEnvironment}"
                """));
        jenkins.waitForMessage("Terminating the old environment", run);
        local.advance(Duration.ofMinutes(2));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        String log = JenkinsRule.getLog(run);
        String clone = log.substring(log.indexOf("live web-prod-") + 5).split(" ")[0];
        assertInOrder(
                run,
                "[Beanstalk] Cloning web-prod to " + clone + ", with v1",
                "[Beanstalk] Swapping the CNAMEs of web-prod and " + clone,
                "[Beanstalk] Swapped: web-prod.eu-west-1.elasticbeanstalk.com is now served by " + clone,
                "[Beanstalk] Terminating the old environment web-prod in 1 min",
                "[Beanstalk] Terminating web-prod",
                "live " + clone + " v1 swapped true, old web-prod");
        assertEquals(
                "web-prod.eu-west-1.elasticbeanstalk.com",
                local.aws().beanstalk().environment(clone).cname());
        assertEquals("v1", local.aws().beanstalk().environment(clone).versionLabel());
        assertFalse(local.aws().beanstalk().has("web-prod"), "the old one");
        assertEquals(
                List.of(1L, 1L, 1L),
                List.of(calls("CreateEnvironment"), calls("SwapEnvironmentCNAMEs"), calls("TerminateEnvironment")));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }
}

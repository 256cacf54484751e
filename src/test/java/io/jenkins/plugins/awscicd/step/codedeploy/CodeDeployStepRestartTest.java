package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

class CodeDeployStepRestartTest extends RestartedRuns {

    private static final String STEP =
            "codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/web.zip'";
    private static final String DEPLOYING = "[CodeDeploy] Deploying web to prod";

    private void group(Duration install) {
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(100)).event("Install", install);
        local.aws().codeDeploy().group(group);
    }

    private List<Deployment> deployments() {
        return local.aws().codeDeploy().deployments();
    }

    @Test
    void goesOnAfterARestart() throws Throwable {
        group(LONG);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run =
                    start(jenkins, "delivery", "def done = " + STEP + "\necho \"ended with status ${done.status}\"");
            jenkins.waitForMessage("BeforeInstall", run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("ended with status Succeeded", run);
            String log = JenkinsRule.getLog(run);
            assertEquals(2, log.split("Deploying web to prod", -1).length, "the start is told once");
            assertEquals(2, log.split(" BeforeInstall ", -1).length, "an event is told once");
        });
        assertEquals(1, deployments().size());
    }

    @Test
    void keepsItsPlaceInTheQueue() throws Throwable {
        group(LONG);
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage(DEPLOYING, start(jenkins, "first", STEP));
            jenkins.waitForMessage("[CodeDeploy] Waiting for ", start(jenkins, "second", STEP));
        });
        assertEquals(1, deployments().size());
        sessions.last(jenkins -> {
            WorkflowRun first = run(jenkins, "first");
            comeToTheEnd(jenkins, first);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
            WorkflowRun second = run(jenkins, "second");
            jenkins.waitForMessage(DEPLOYING, second);
            second.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(second));
        });
        assertEquals(2, deployments().size());
        assertEquals(DeploymentStatus.STOPPED, deployments().get(0).status());
    }

    @Test
    void followsARollbackAfterARestart() throws Throwable {
        GroupSpec group = GroupSpec.simulated("web", "prod").autoRollback("DEPLOYMENT_FAILURE");
        group.simulation().events(Duration.ofMillis(100));
        local.aws().codeDeploy().group(group);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun good = start(jenkins, "good", STEP.replace("web.zip", "good.zip"));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(good));
            group.simulation()
                    .failOnce("BeforeInstall", Diagnostics.unknownError("disk full"))
                    .event("Install", LONG);
            WorkflowRun run = start(jenkins, "delivery", STEP);
            LocalAwsExtension.await(() -> deployments().size() == 3);
            jenkins.waitForMessage(deployments().get(0).id(), run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("web to prod failed, rolled back to s3://artifacts/good.zip: ", run);
        });
        assertEquals(3, deployments().size());
    }

    /** The time counts from the step's start, which is set back here: no test waits a minute. */
    @Test
    void itsTimeIsOverWheneverJenkinsWasDown() throws Throwable {
        group(Duration.ofMinutes(10));
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "delivery", STEP + ", timeoutMinutes: 30");
            jenkins.waitForMessage(DEPLOYING, run);
            StepExecution execution = run.getExecution()
                    .getCurrentExecutions(true)
                    .get(1, TimeUnit.MINUTES)
                    .get(0);
            Field chosen = RemoteJobExecution.class.getDeclaredField("chosen");
            chosen.setAccessible(true);
            chosen.setLong(execution, System.currentTimeMillis() - TimeUnit.MINUTES.toMillis(30));
            execution.getContext().saveState().get(1, TimeUnit.MINUTES);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("30 min", run);
        });
        assertEquals(DeploymentStatus.STOPPED, deployments().get(0).status());
    }

    @Test
    void abortAfterARestartStopsTheDeployment() throws Throwable {
        group(Duration.ofMinutes(10));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage(DEPLOYING, start(jenkins, "delivery", STEP));
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            stopAgain(jenkins, run);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
        assertEquals(1, deployments().size());
        assertEquals(DeploymentStatus.STOPPED, deployments().get(0).status());
    }
}

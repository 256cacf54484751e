package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** How deployments end, and what a Jenkinsfile makes of it. */
@WithSharedJenkins
class CodeDeployStepTest extends CodeDeployRuns {

    @Test
    void scriptedDeploymentReturnsItsResult() throws Exception {
        local.aws().codeDeploy().group(group().instances("i-1", "i-2"));

        WorkflowRun run = run(Result.SUCCESS, """
                def name = 'web'
                def done = codeDeploy application: "${name}", deploymentGroup: 'prod', revision: "s3://artifacts/${name}.zip"
                echo "id ${done.id} is ${done.status}: ${done.application} to ${done.deploymentGroup}"
                echo "revision ${done.revision.type} ${done.revision.location} ${done.revision.version}"
                for (target in done.targets) { echo "target ${target.id} ${target.status} ${target.cause}" }
                echo "rollback ${done.rollbackId} ${done.rollbackStatus} ${done.rollbackRevision}"
                echo "cause ${done.cause}, waiting ${done.waiting} at ${done.consoleUrl}"
                """);

        String id = onlyDeployment().id();
        assertInOrder(
                run,
                "[CodeDeploy] Deploying web to prod, CodeDeployDefault.AllAtOnce: " + id,
                "[CodeDeploy] Revision s3://artifacts/web.zip",
                "[CodeDeploy] web to prod succeeded in ",
                "id " + id + " is Succeeded: web to prod",
                "revision S3 s3://artifacts/web.zip null",
                "target i-1 Succeeded null",
                "target i-2 Succeeded null",
                "rollback null null null",
                "cause null, waiting false at https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/"
                        + id);
        assertEquals(
                "web to prod",
                ArgumentsAction.getStepArgumentsAsString(stepNode(run, "codeDeploy")),
                "what the graph shows of the step");
        assertEquals(List.of(), List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
    }

    @Test
    void declarativeDeployment() throws Exception {
        local.aws().codeDeploy().group(group());

        run(Result.SUCCESS, """
                pipeline {
                  agent none
                  stages {
                    stage('Deploy') {
                      steps {
                        codeDeploy application: 'web', deploymentGroup: 'prod',
                          revision: [bucket: 'artifacts', key: 'web.tgz', version: 'v1'],
                          autoRollback: [events: ['DEPLOYMENT_FAILURE']], alarms: [names: ['web-errors'], enabled: false]
                      }
                    }
                  }
                }
                """);

        assertEquals(DeploymentStatus.SUCCEEDED, onlyDeployment().status());
    }

    @Test
    void failingHookShowsItsLogAndItsCauseLast() throws Exception {
        GroupSpec group = group().instances("i-1");
        group.simulation().fail("AfterInstall", NO_PORT);
        local.aws().codeDeploy().group(group);

        WorkflowRun run = run(Result.FAILURE, STEP);

        String cause = "i-1: AfterInstall (scripts/check.sh) failed: ScriptFailed Script at specified location:"
                + " scripts/check.sh failed with exit code 3";
        assertInOrder(
                run,
                "[CodeDeploy] " + cause,
                "    [stdout]checking\n    [stderr]no such port\n",
                "[CodeDeploy] web to prod ended with status Failed",
                "ERROR: web to prod failed: " + cause);
        String last = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> !line.startsWith("Finished: "))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals("ERROR: web to prod failed: " + cause, last);
        WarningAction warning = stepNode(run, "codeDeploy").getPersistentAction(WarningAction.class);
        assertNotNull(warning);
        assertEquals(Result.FAILURE, warning.getResult());
        assertEquals("web to prod failed: " + cause, warning.getMessage());
    }

    @Test
    void catchErrorMakesOfAFailureWhatTheScriptSays() throws Exception {
        GroupSpec group = group();
        group.simulation().fail("Install", NO_PORT);
        local.aws().codeDeploy().group(group);

        WorkflowRun run = run(
                Result.UNSTABLE,
                "catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { " + STEP + " }\necho 'after'");

        jenkins.assertLogContains("\nafter\n", run);
    }

    @Test
    void aRollbackIsFollowedAndNamed() throws Exception {
        GroupSpec group = group().autoRollback("DEPLOYMENT_FAILURE");
        local.aws().codeDeploy().group(group);
        run(Result.SUCCESS, "codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/1.zip'");
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));

        WorkflowRun run = run(Result.FAILURE, "codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/2.zip'");

        jenkins.assertLogContains("ERROR: web to prod failed, rolled back to s3://artifacts/1.zip: i-", run);
        jenkins.assertLogContains("UnknownError disk full", run);
        assertEquals(3, local.aws().codeDeploy().deployments().size());
    }

    @Test
    void withoutPropagateTheScriptGoesOn() throws Exception {
        GroupSpec group = group().autoRollback("DEPLOYMENT_FAILURE");
        local.aws().codeDeploy().group(group);
        run(Result.SUCCESS, "codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/1.zip'");
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));

        WorkflowRun run = run(Result.SUCCESS, """
                def done = codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/2.zip', propagate: false
                echo "went on after ${done.status}, rollback ${done.rollbackStatus} to ${done.rollbackRevision.location}: ${done.cause}"
                """);

        jenkins.assertLogContains("went on after Failed, rollback Succeeded to s3://artifacts/1.zip: i-", run);
    }

    @Test
    void abortCanRollBack() throws Exception {
        GroupSpec group = group();
        local.aws().codeDeploy().group(group);
        run(Result.SUCCESS, "codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/1.zip'");
        group.simulation().event("Install", Duration.ofMinutes(10));
        WorkflowRun run = start(
                job("codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/2.zip', onAbort: 'stopAndRollBack'"));
        jenkins.waitForMessage("[CodeDeploy] Deploying web to prod", run);
        group.simulation().event("Install", Duration.ofMillis(50));

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        List<Deployment> deployments = local.aws().codeDeploy().deployments();
        assertEquals(3, deployments.size(), "the rollback is a deployment of its own");
        assertEquals(DeploymentStatus.SUCCEEDED, deployments.get(0).status());
        assertEquals(DeploymentStatus.STOPPED, deployments.get(1).status());
    }

    @Test
    void abortStopsOrLeavesTheDeployment() throws Exception {
        groupThatTakes(600);
        WorkflowRun left = start(job(STEP + ", onAbort: 'leave'"));
        jenkins.waitForMessage("[CodeDeploy] Deploying web to prod", left);
        left.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(left));
        assertFalse(onlyDeployment().complete());
        jenkins.waitForMessage(
                "[CodeDeploy] Left running in AWS: " + onlyDeployment().id(), left);

        local.aws().codeDeploy().group(GroupSpec.simulated("web", "other"));
        WorkflowRun stopped = start(job(STEP.replace("'prod'", "'other'")));
        jenkins.waitForMessage("[CodeDeploy] Deploying web to other", stopped);
        stopped.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(stopped));
        assertEquals(
                DeploymentStatus.STOPPED,
                local.aws().codeDeploy().deployments().get(0).status());
    }

    @Test
    void blueGreenIsContinuedWhenSomebodySaysSo() throws Exception {
        local.aws().codeDeploy().group(group().blueGreen().stopUnlessContinued(60));
        WorkflowRun run = start(job("""
                        def green = codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/web.zip', wait: 'ready'
                        echo "green ${green.status} ${green.waiting}"
                        input id: 'Shift', message: 'Shift the traffic?'
                        def done = codeDeploy continueAfterReady: green
                        echo "done ${done.status} ${done.id == green.id}"
                        """));
        jenkins.waitForMessage("Shift the traffic?", run);
        assertEquals(DeploymentStatus.READY, onlyDeployment().status());

        run.getAction(InputAction.class).getExecution("Shift").proceed(Map.of());

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertInOrder(run, "green Ready true", "done Succeeded true");
        assertEquals(DeploymentStatus.SUCCEEDED, onlyDeployment().status());
    }

    @Test
    void withoutWaitTheStepEndsWhenItIsCreated() throws Exception {
        groupThatTakes(600);

        WorkflowRun run = run(Result.SUCCESS, "def begun = " + STEP + ", wait: false\necho \"begun as ${begun.id}\"");

        jenkins.assertLogContains("begun as " + onlyDeployment().id(), run);
        assertFalse(onlyDeployment().complete());
    }

    @Test
    void fiveHundredTargetsAreToldInAFewLines() throws Exception {
        GroupSpec group = group().instances(500).config("CodeDeployDefault.HalfAtATime");
        group.simulation().fail("i-0000000000000007", "Install", Diagnostics.unknownError("disk full"));
        local.aws().codeDeploy().group(group);

        WorkflowRun run = run(Result.SUCCESS, "def done = " + STEP + "\necho \"${done.targets.size()} targets\"");

        jenkins.assertLogContains("[CodeDeploy] i-0000000000000007: Install failed: UnknownError disk full", run);
        jenkins.assertLogContains("500 targets", run);
        long lines = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("[CodeDeploy]"))
                .count();
        assertTrue(lines < 60, lines + " lines");
    }

    @Test
    void wrongArgumentsAreToldBeforeAnythingIsStarted() throws Exception {
        WorkflowRun run = run(Result.FAILURE, """
                codeDeploy deploymentGroup: 'prod', revision: 'nowhere', onAbort: 'kill', wait: 'long', includes: '**'
                """);

        jenkins.assertLogContains("codeDeploy application: name the CodeDeploy application", run);
        jenkins.assertLogContains("codeDeploy revision: 'nowhere' is not known; use 'workspace'", run);
        jenkins.assertLogContains(
                "codeDeploy onAbort: 'kill' is not known; use one of stop, stopAndRollBack, leave", run);
        jenkins.assertLogContains("codeDeploy wait: 'long' is not known; use one of true, false, ready", run);
        jenkins.assertLogContains("codeDeploy includes: only used with revision: 'workspace'", run);
        assertEquals(0, local.aws().calls().total());
    }

    @Test
    void unknownGroupAndMissingPermissionAreToldPlainly() throws Exception {
        local.aws().codeDeploy().application("web");
        WorkflowRun unknown = run(Result.FAILURE, STEP);
        jenkins.assertLogContains(
                "codedeploy:CreateDeployment failed for deployment group 'prod' of application 'web' in eu-west-1: ",
                unknown);

        local.aws().codeDeploy().group(group());
        local.aws().faults().on("CodeDeploy.CreateDeployment").accessDenied();
        WorkflowRun denied = run(Result.FAILURE, STEP);
        jenkins.assertLogContains("that they allow the IAM action codedeploy:CreateDeployment", denied);
        jenkins.assertLogNotContains("\tat ", denied);
    }

    @Test
    void theWayOfABlueGreenDeploymentIsInTheScriptsHands() throws Exception {
        local.aws()
                .codeDeploy()
                .group(group().blueGreen().stopUnlessContinued(60).terminateAfter(60));
        WorkflowRun run = run(Result.SUCCESS, """
                def green = %1$s, wait: 'ready'
                echo "1: ${green.waitType}"
                green = codeDeploy continueAfterReady: green, wait: 'shifted'
                echo "2: ${green.waitType}"
                green = codeDeploy watch: green, wait: 'shifted'
                echo "3: ${green.waitType}"
                green = codeDeploy continueAfterReady: green, waitType: 'TERMINATION_WAIT'
                echo "4: ${green.status}"
                def other = %1$s, wait: 'ready'
                other = codeDeploy stop: other
                echo "5: ${other.status}"
                """.formatted(STEP));
        assertInOrder(run, "1: READY_WAIT", "2: TERMINATION_WAIT", "3: TERMINATION_WAIT", "4: Succeeded", "5: Stopped");
    }
}

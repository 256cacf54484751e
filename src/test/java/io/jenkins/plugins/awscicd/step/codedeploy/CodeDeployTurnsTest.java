package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Runs that want to deploy to one group at the same time. */
@WithSharedJenkins
class CodeDeployTurnsTest extends CodeDeployRuns {

    private static final String ACTIVE = "[CodeDeploy] Deploying web to prod";
    private static final String WAITING = "[CodeDeploy] Waiting ";

    /** Has AWS come to the end of so many deployments, once there are as many: none ends before others wait for it. */
    private void end(int deployments) throws InterruptedException {
        LocalAwsExtension.await(() -> local.aws().codeDeploy().deployments().size() == deployments);
        local.advance(Duration.ofMinutes(11));
    }

    @Test
    void deploysInTurn() throws Exception {
        groupThatTakes(600);
        WorkflowJob job = job(STEP);
        WorkflowRun first = start(job);
        jenkins.waitForMessage(ACTIVE, first);
        WorkflowRun second = start(job);
        jenkins.waitForMessage(WAITING, second);

        end(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        end(2);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));

        jenkins.assertLogContains(
                WAITING + "for " + local.aws().codeDeploy().deployments().get(1).id() + " (" + job.getFullName()
                        + " #1)",
                second);
    }

    @Test
    void failsAtOnceWhenToldTo() throws Exception {
        groupThatTakes(600);
        WorkflowRun first = start(job(STEP));
        jenkins.waitForMessage(ACTIVE, first);

        WorkflowRun second = run(Result.FAILURE, STEP + ", whenBusy: 'fail'");

        jenkins.assertLogContains("ERROR: whenBusy: ", second);
        jenkins.assertLogContains(onlyDeployment().id(), second);
        first.doStop();
        jenkins.waitForCompletion(first);
    }

    @Test
    void theNewestOfThoseThatWaitWins() throws Exception {
        groupThatTakes(600);
        WorkflowJob job = job(STEP + ", whenBusy: 'newestWins'");
        WorkflowRun first = start(job);
        jenkins.waitForMessage(ACTIVE, first);
        WorkflowRun second = start(job);
        jenkins.waitForMessage(WAITING, second);
        WorkflowRun third = start(job);

        jenkins.assertBuildStatus(Result.NOT_BUILT, jenkins.waitForCompletion(second));
        jenkins.assertLogContains("Stepped aside for " + job.getFullName() + " #3", second);
        end(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        end(2);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(third));
        assertEquals(2, local.aws().codeDeploy().deployments().size());
    }

    @Test
    void abortWhileItWaitsStartsNothing() throws Exception {
        groupThatTakes(600);
        WorkflowRun first = start(job(STEP));
        jenkins.waitForMessage(ACTIVE, first);
        WorkflowRun second = start(job(STEP));
        jenkins.waitForMessage(WAITING, second);

        second.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(second));
        assertFalse(onlyDeployment().complete(), "the other's deployment is not touched");
        first.doStop();
        jenkins.waitForCompletion(first);
    }

    @Test
    void noSecretIsKeptOrShownMeanwhile() throws Exception {
        groupThatTakes(600);
        WorkflowRun first = start(job(STEP));
        jenkins.waitForMessage(ACTIVE, first);
        WorkflowRun second = start(
                job(STEP + ", credentialsId: 'aws', endpoint: '" + local.aws().endpoint() + "'"));
        jenkins.waitForMessage(WAITING, second);

        for (WorkflowRun run : new WorkflowRun[] {first, second}) {
            try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertFalse(content.contains("secret-of-the-test"), "in " + file);
                    assertFalse(content.contains("AKIDEXAMPLE"), "in " + file);
                }
            }
            run.doStop();
            jenkins.waitForCompletion(run);
        }
    }
}

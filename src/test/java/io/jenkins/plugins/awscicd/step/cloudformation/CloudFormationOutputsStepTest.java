package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outputs of a stack, and who may read them. */
@WithSharedJenkins
class CloudFormationOutputsStepTest extends PipelineRuns {

    private static final String MADE = "cloudFormationDeploy stack: 'web', template: [body: '''"
            + CloudFormationDeployStepTest.TEMPLATE + "''']\n";

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void returnsTheOutputs() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, MADE + """
                def outputs = cloudFormationOutputs 'web'
                echo "size ${outputs.Size} of ${outputs.size()}"
                parallel one: { echo "one ${cloudFormationOutputs('web').Size}" },
                         other: { echo "other ${cloudFormationOutputs(stack: 'web').Size}" }
                """);
        assertInOrder(run, "size small of 1");
        jenkins.assertLogContains("one small", run);
        jenkins.assertLogContains("other small", run);
        assertEquals("web", ArgumentsAction.getStepArgumentsAsString(stepNode(run, "cloudFormationOutputs")));
    }

    @Test
    void aStackThatIsNotThereIsNamed() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "cloudFormationOutputs 'nowhere'");
        jenkins.assertLogContains("stack: there is no stack 'nowhere' in ", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogContains(
                "cloudFormationOutputs stack: name the stack", run(Result.FAILURE, "cloudFormationOutputs()"));
        jenkins.assertLogContains(
                "cloudFormationOutputs stack: ", run(Result.FAILURE, "cloudFormationOutputs 'not a name'"));
    }

    @Test
    void throttlingFailsNothing() throws Exception {
        run(Result.SUCCESS, MADE);
        local.aws().faults().on("CloudFormation.DescribeStacks").throttle().times(3);
        jenkins.assertLogContains("is small", run(Result.SUCCESS, "echo \"is ${cloudFormationOutputs('web').Size}\""));
    }

    /** What AWS does not answer is not waited for by a run that is aborted. */
    @Test
    void anAbortEndsItAtOnce() throws Exception {
        local.aws().faults().on("CloudFormation.DescribeStacks").throttle().times(1_000_000);
        WorkflowJob job = job("cloudFormationOutputs 'web'");
        WorkflowRun run = start(job);
        while (local.aws().calls().count("CloudFormation.DescribeStacks") == 0) {
            Thread.sleep(20);
        }
        run.getExecutor().doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }

    @Test
    void onlyTheStageReadsItsStacks() throws Exception {
        run(Result.SUCCESS, MADE);
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stack/web*");
        guards.setApprovers("alice");
        guards.setClosedHours("daily 00:00-24:00 UTC");
        prod.setGuards(guards);
        User.getById("alice", true);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        long before = local.aws().calls().count("CloudFormation.DescribeStacks");
        jenkins.assertLogContains(
                "stack web belongs to stage prod: add stage: 'prod' to the step",
                run(Result.FAILURE, "cloudFormationOutputs 'web'"));
        assertEquals(before, local.aws().calls().count("CloudFormation.DescribeStacks"));
        run(Result.SUCCESS, "cloudFormationOutputs stack: 'web', stage: 'prod'");
    }
}

package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How operations on stacks end, and what a Jenkinsfile makes of it. */
@WithSharedJenkins
class CloudFormationDeployStepTest extends PipelineRuns {

    static final String TEMPLATE = """
            Parameters:
              Size: {Type: String, Default: small}
              Password: {Type: String, Default: none, NoEcho: true}
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties: {VisibilityTimeout: 30}
              Reader:
                Type: AWS::Lambda::Function
                Properties: {MemorySize: !Ref Size, Secret: !Ref Password}
            Outputs:
              Size: {Value: !Ref Size}
            """;

    private static String withTemplate(String script) {
        return "def text = '''" + TEMPLATE + "'''\n" + script;
    }

    @Test
    void createsChangesAndReturnsOutputs() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, withTemplate("""
                def done = cloudFormationDeploy stack: 'web', template: [body: text], parameters: [Password: 'hunter22']
                echo "is ${done.status} with ${done.outputs.Size}, executed ${done.executed}"
                for (change in done.changes) { echo "change ${change.action} ${change.logicalId} ${change.type}" }
                def again = cloudFormationDeploy stack: 'web', template: 'previous', parameters: [Size: 'large']
                echo "is ${again.status} with ${again.outputs.Size}"
                for (change in again.changes) { for (one in change.properties) { echo "property ${one.name}" } }
                """));
        assertInOrder(
                run,
                "[CloudFormation] Change set of web, which is new: 2 added",
                "[CloudFormation] Creating stack web",
                "[CloudFormation] Stack web is in CREATE_COMPLETE",
                "is CREATE_COMPLETE with small, executed true",
                "change Add Queue AWS::SQS::Queue",
                "[CloudFormation] Change set of web: 1 changed",
                "[CloudFormation] Updating stack web",
                "is UPDATE_COMPLETE with large",
                "property MemorySize");
        assertEquals("web", ArgumentsAction.getStepArgumentsAsString(stepNode(run, "cloudFormationDeploy")));
        assertFalse(run.getLog(10_000).stream()
                .filter(line -> line.startsWith("[CloudFormation]"))
                .anyMatch(line -> line.contains("hunter22")));
        assertEquals(List.of(), List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
    }

    @Test
    void aFailureSaysItsCauseLast() throws Exception {
        local.aws().cloudFormation().simulation("web").failing(Action.CREATE, "Reader", "No such handler");
        WorkflowRun run =
                run(Result.FAILURE, withTemplate("cloudFormationDeploy stack: 'web', template: [body: text]"));
        assertInOrder(
                run,
                "[CloudFormation] Rolling back",
                "[CloudFormation] Cause: Reader (AWS::Lambda::Function): No such handler",
                "ERROR: stack web is in ROLLBACK_COMPLETE: Reader (AWS::Lambda::Function): No such handler");
    }

    @Test
    void aChangeSetIsExecutedByALaterStep() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, withTemplate("""
                def planned = cloudFormationDeploy stack: 'web', template: [body: text], execute: false
                echo "planned ${planned.status} ${planned.executed}"
                def done = cloudFormationDeploy changeSet: planned
                echo "is ${done.status}"
                cloudFormationDeploy stack: 'web', delete: true
                """));
        assertInOrder(
                run,
                "planned REVIEW_IN_PROGRESS false",
                "is CREATE_COMPLETE",
                "[CloudFormation] Deleting stack web",
                "[CloudFormation] Stack web is in DELETE_COMPLETE");
    }

    @Test
    void wrongArgumentsAreToldAtOnce() throws Exception {
        WorkflowRun run =
                run(Result.FAILURE, "cloudFormationDeploy stack: 'web', onFailure: 'explode', whenBusy: 'go'");
        assertInOrder(run, "cloudFormationDeploy onFailure: ", "cloudFormationDeploy template: name the template");
    }

    @Test
    void theModeThatTheSdkDoesNotKnowIsRefused() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                withTemplate("cloudFormationDeploy stack: 'web', template: [body: text], mode: 'express'"));
        jenkins.assertLogContains(
                "cloudFormationDeploy mode: 'express' is not available: the AWS SDK of Jenkins' library plugins has no express"
                        + " mode yet; leave it out, or use 'standard'",
                run);
        run(
                Result.SUCCESS,
                withTemplate("cloudFormationDeploy stack: 'web', template: [body: text], mode: 'standard'"));
    }

    private static void prod() {
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stack/web-*");
        guards.setClosedHours("daily 00:00-24:00 UTC");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    /** A plan makes a stack that is not there, and shows what is in one that is. */
    @Test
    void onlyTheStagePlansForItsStacks() throws Exception {
        prod();
        String plan = "cloudFormationDeploy stack: 'web-prod', template: [body: text], execute: false";
        String refused = "stack web-prod belongs to stage prod: add stage: 'prod' to the step";
        jenkins.assertLogContains(refused, run(Result.FAILURE, withTemplate(plan)));
        jenkins.assertLogContains(
                refused, run(Result.FAILURE, "cloudFormationDeploy stack: 'web-prod', driftOnly: true"));
        run(Result.SUCCESS, withTemplate(plan.replace("execute: false", "validate: true")));
        run(Result.SUCCESS, withTemplate(plan.replace("execute", "stage: 'prod', execute")));
    }
}

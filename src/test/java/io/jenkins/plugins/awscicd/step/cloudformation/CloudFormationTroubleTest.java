package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What goes wrong with stacks, what people make of it, and what AWS has no patience for. */
@WithSharedJenkins
class CloudFormationTroubleTest extends PipelineRuns {

    private static final String TEXT = "def text = '''" + CloudFormationDeployStepTest.TEMPLATE + "'''\n";
    private static final String MADE = TEXT + "cloudFormationDeploy stack: 'web', template: [body: text]\n";
    private static final String LARGE =
            "cloudFormationDeploy stack: 'web', template: 'previous', parameters: [Size: 'large']";

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private String status() {
        return local.aws().cloudFormation().stack("web").status().toString();
    }

    private boolean isBeingUpdated(String resource) {
        return local.aws()
                .cloudFormation()
                .stack("web")
                .resource(resource)
                .orElseThrow()
                .status()
                .equals("UPDATE_IN_PROGRESS");
    }

    private long calls(String operation) {
        return local.aws().calls().count("CloudFormation." + operation);
    }

    @Test
    void anAbortedUpdateIsRolledBack() throws Exception {
        run(Result.SUCCESS, MADE);
        local.aws().cloudFormation().simulation("web").takes("Reader", Duration.ofHours(1));
        WorkflowRun run = start(job(LARGE));
        LocalAwsExtension.await(() -> isBeingUpdated("Reader")); // else it takes no longer than is set next
        jenkins.waitForMessage("Updating stack web", run);
        local.aws().cloudFormation().simulation("web").takes("Reader", Duration.ofMillis(100));
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(1, calls("CancelUpdateStack"));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
        jenkins.assertLogContains("[CloudFormation] Rolling back", run);
    }

    @Test
    void whatFailsInANestedStackIsSaidLast() throws Exception {
        local.aws().s3().createBucket("templates", false);
        local.aws()
                .s3()
                .put("templates", "web.yaml", CloudFormationDeployStepTest.TEMPLATE.getBytes(StandardCharsets.UTF_8));
        local.aws().cloudFormation().simulation("web/Network").failing(Action.CREATE, "Reader", "No such handler");
        WorkflowRun run = run(Result.FAILURE, """
                cloudFormationDeploy stack: 'web', template: [body: [Resources: [
                    Network: [Type: 'AWS::CloudFormation::Stack',
                              Properties: [TemplateURL: 'https://templates.s3.eu-west-1.amazonaws.com/web.yaml']],
                    Topic: [Type: 'AWS::SNS::Topic', Properties: [DisplayName: 'news']]]]]
                """);
        String cause = "Network/Reader (AWS::Lambda::Function): No such handler";
        assertInOrder(
                run,
                "[CloudFormation] Rolling back",
                "[CloudFormation] Cause: " + cause,
                "ERROR: stack web is in ROLLBACK_COMPLETE: " + cause);
        List<String> ours = run.getLog(10_000).stream()
                .filter(line -> line.startsWith("[CloudFormation]"))
                .toList();
        assertEquals("[CloudFormation] Cause: " + cause, ours.get(ours.size() - 1));
    }

    @Test
    void aRollbackThatHasFailedIsContinued() throws Exception {
        run(Result.SUCCESS, MADE);
        local.aws()
                .cloudFormation()
                .simulation("web")
                .failing(Action.UPDATE, "Reader", "Memory is full")
                .failing(Action.UNDO, "Reader", "It is gone");
        WorkflowRun run = run(Result.FAILURE, LARGE);
        jenkins.assertLogContains("continueRollback: ['Reader']", run);
        jenkins.assertLogContains("stack web is in UPDATE_ROLLBACK_FAILED", run);
        WorkflowRun next = run(
                Result.SUCCESS,
                "def done = cloudFormationDeploy stack: 'web', continueRollback: ['Reader']\necho \"is ${done.status}\"");
        jenkins.assertLogContains("is UPDATE_ROLLBACK_COMPLETE", next);
        local.aws().cloudFormation().simulation("web").heal();
        run(Result.SUCCESS, LARGE);
        assertEquals("UPDATE_COMPLETE", status());
    }

    /** AWS takes a call now and then. */
    @Test
    void thirtyStacksAtOnceUnderThrottling() throws Exception {
        local.aws().faults().on("CloudFormation.*").throttle().times(10);
        WorkflowRun run = run(Result.SUCCESS, TEXT + """
                def all = [:]
                for (int i = 0; i < 30; i++) {
                    def name = "web-${i}"
                    all[name] = {
                        def done = cloudFormationDeploy stack: name, template: [body: text]
                        echo "made ${done.stack} ${done.status}"
                    }
                }
                parallel all
                """);
        String log = JenkinsRule.getLog(run);
        for (int i = 0; i < 30; i++) {
            assertTrue(log.contains("made web-" + i + " CREATE_COMPLETE"), log);
            assertEquals(
                    "CREATE_COMPLETE",
                    local.aws().cloudFormation().stack("web-" + i).status().toString());
        }
    }

    /** In a stage whose approvers have to be asked about what changes something. */
    @Test
    void anEmptyChangeSetNeedsNobody() throws Exception {
        run(Result.SUCCESS, MADE);
        Approvers.in(jenkins);
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stack/web");
        guards.setApprovers(Approvers.ALICE);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        for (String stage : List.of("stage: 'prod', ", "")) {
            if (stage.isEmpty()) {
                noStages();
            }
            WorkflowRun run = run(
                    Result.SUCCESS,
                    TEXT + "def planned = cloudFormationDeploy " + stage
                            + "stack: 'web', template: [body: text], execute: false\n"
                            + "def answer = awsApproval " + stage + "message: 'Change it?', what: planned\n"
                            + "def done = cloudFormationDeploy " + stage + "stack: 'web', changeSet: planned\n"
                            + "echo \"is ${done.status}, ${planned.unchanged}, ${done.executed}, ${answer.asked}\"");
            assertInOrder(
                    run,
                    "[Approval] Nothing changes, so nobody is asked",
                    "No changes: the change set of stack web was empty",
                    "is CREATE_COMPLETE, true, false, false");
        }
        assertEquals(1, calls("ExecuteChangeSet"));
    }
}

package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who says yes to what is done to a stack set, whose turn it is, and what is remembered of it. */
@WithSharedJenkins
class StackSetApprovalTest extends PipelineRuns {

    private static final String IN = "accounts: ['123456789012'], regions: ['eu-west-1']";
    private static final String MADE = "def text = '''" + CloudFormationDeployStepTest.TEMPLATE + "'''\n"
            + "cloudFormationStackSet stackSet: 'all', template: [body: text], " + IN + "\n";
    private static final String LARGE = "cloudFormationStackSet stackSet: 'all', stage: 'prod', template: 'previous',"
            + " parameters: [Size: 'large', Password: 'hunter22']";

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void prod() {
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stackset/all");
        guards.setApprovers(Approvers.ALICE);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    private long calls(String operation) {
        return local.aws().calls().count("CloudFormation." + operation);
    }

    @Test
    void peopleAreAskedAboutWhatIsGoingToBeDone() throws Exception {
        Approvers people = Approvers.in(jenkins);
        run(Result.SUCCESS, MADE);
        prod();
        jenkins.assertLogContains("it has 0; ask for it in this run with approve: true", run(Result.FAILURE, LARGE));
        assertEquals(0, calls("UpdateStackSet"));
        WorkflowJob job = job("def done = " + LARGE + ", approve: true\necho \"is ${done.status}\"");
        WorkflowRun run = people.asking(people.start(job), 1);
        ApprovalRecord record = Approvers.onlyRecord(run);
        List<String> details = record.getDetails();
        assertTrue(details.contains("Updates the stack set and 1 stack"), details::toString);
        assertTrue(details.contains("~ update 123456789012 in eu-west-1"), details::toString);
        assertTrue(details.contains("Parameter Size: large"), details::toString);
        assertTrue(details.contains("Parameter Password: ****"), details::toString);
        assertTrue(
                String.valueOf(record.getDelivery().getContent()).startsWith("operation "),
                () -> String.valueOf(record.getDelivery().getContent()));
        assertEquals(0, calls("UpdateStackSet"));
        assertEquals(302, people.approve(Approvers.ALICE, run, "seen").getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("is SUCCEEDED", run);
        assertEquals(1, calls("UpdateStackSet"));
        String board = jenkins.createWebClient()
                .withBasicCredentials(Approvers.ADMIN)
                .goTo("aws-deployments/")
                .asNormalizedText();
        assertTrue(board.contains("all"), board);
    }

    @Test
    void whatIsRejectedIsNotDone() throws Exception {
        Approvers people = Approvers.in(jenkins);
        run(Result.SUCCESS, MADE);
        prod();
        WorkflowRun run = people.asking(people.start(job(LARGE + ", approve: true")), 1);
        people.reject(Approvers.ALICE, run, "not today");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(0, calls("UpdateStackSet"));
    }

    @Test
    void itsDeletionIsApprovedByItsArguments() throws Exception {
        Approvers people = Approvers.in(jenkins);
        run(Result.SUCCESS, MADE);
        prod();
        WorkflowRun wrong = run(
                Result.FAILURE,
                "awsApproval message: 'Ship it?', stage: 'prod', what: [stackSet: 'all', template: 'previous']");
        jenkins.assertLogContains("use approve: true of cloudFormationStackSet", wrong);
        WorkflowJob job = job("""
                awsApproval message: 'Delete it?', stage: 'prod', what: [stackSet: 'all', delete: true]
                try {
                    cloudFormationStackSet stackSet: 'all', stage: 'prod', delete: true, retainStacks: true
                } catch (e) {
                    echo "refused: ${e.message}"
                }
                cloudFormationStackSet stackSet: 'all', stage: 'prod', delete: true
                """);
        WorkflowRun run = people.asking(people.start(job), 1);
        people.approve(Approvers.ALICE, run, "it is old");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertInOrder(
                run,
                "refused: ",
                "what: [stackSet: 'all', delete: true]",
                "retainStacks",
                "[StackSets] Deleted stack set all");
    }

    @Test
    void twoRunsTakeTurnsAndAnAbortStopsTheOperation() throws Exception {
        run(Result.SUCCESS, MADE);
        String update = "cloudFormationStackSet stackSet: 'all', template: 'previous', parameters: [Size: 'huge']";
        Fault busy = local.aws()
                .faults()
                .on("CloudFormation.DescribeStackSetOperation")
                .throttle();
        WorkflowRun first = start(job(update));
        LocalAwsExtension.await(() -> calls("UpdateStackSet") == 1);
        WorkflowRun second = start(job(update));
        jenkins.waitForMessage(
                "[StackSets] Waiting behind " + first.getParent().getFullName()
                        + " #1, whose turn it is at stack set all",
                second);
        assertEquals(1, calls("UpdateStackSet"));
        first.doStop();
        LocalAwsExtension.await(() -> calls("StopStackSetOperation") > 0);
        local.aws().faults().lift(busy);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        assertNotNull(second.getExecution());
        assertEquals(2, calls("UpdateStackSet"));
    }
}

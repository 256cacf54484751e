package io.jenkins.plugins.awscicd.step.approval;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.BOB;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.inputs;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyInput;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyRecord;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.htmlunit.HttpMethod;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Approvals outlive the controller: what is asked, what is answered, and how it ended. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class ApprovalRestartTest {

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    private static WorkflowRun run(JenkinsRule jenkins) {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("delivery", WorkflowJob.class);
        assertNotNull(job);
        return job.getBuildByNumber(1);
    }

    private static void asks(JenkinsRule jenkins, String script) throws Exception {
        Approvers.in(jenkins).asking(script);
    }

    @Test
    void oneOfTwoPeopleApprovesBeforeARestart() throws Throwable {
        List<String> ids = new ArrayList<>();
        sessions.then(jenkins -> {
            Approvers approvers = Approvers.in(jenkins);
            WorkflowRun run = approvers.asking("""
                    def approval = awsApproval message: 'Ship it?', stage: 'prod', approvals: 2
                    echo "approved by ${approval.approvers} for ${approval.stage}"
                    """);
            assertEquals(302, approvers.approve(ALICE, run, "looks good").getStatusCode());
            ids.add(onlyInput(run).getId());
        });
        sessions.then(jenkins -> {
            Approvers approvers = Approvers.again(jenkins);
            WorkflowRun run = approvers.asking(run(jenkins), 1);
            assertEquals(ids.get(0), onlyInput(run).getId());
            FlowNode node = onlyInput(run).getContext().get(FlowNode.class);
            assertTrue(PauseAction.isPaused(node));
            assertEquals(1, onlyRecord(run).getApprovals().size());
            assertEquals(400, approvers.approve(ALICE, run, "again").getStatusCode());
            assertEquals(302, approvers.approve(BOB, run, "mine too").getStatusCode());
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("approved by [alice, bob] for prod", run);
            assertEquals(0, inputs(run).size());
            assertEquals(
                    1, JenkinsRule.getLog(run).split("Ship it\\? Waiting", -1).length - 1, "the question is told once");
        });
        sessions.last(jenkins -> {
            ApprovalRecord record = onlyRecord(run(jenkins));
            assertEquals(Outcome.APPROVED, record.getOutcome());
            assertEquals(
                    List.of("alice: looks good", "bob: mine too"),
                    record.getApprovals().stream()
                            .map(answer -> answer.getPerson() + ": " + answer.getComment())
                            .toList());
        });
    }

    @Test
    void parallelApprovalsGoOnEachByItself() throws Throwable {
        sessions.then(jenkins -> {
            Approvers approvers = Approvers.in(jenkins);
            WorkflowRun run = approvers.start(approvers.job("delivery", """
                    parallel eu: { awsApproval message: 'Ship it?', stage: 'eu' },
                             us: { awsApproval message: 'Ship it?', stage: 'us' }
                    """));
            approvers.asking(run, 2);
        });
        sessions.last(jenkins -> {
            Approvers approvers = Approvers.again(jenkins);
            WorkflowRun run = approvers.asking(run(jenkins), 2);
            for (int left = 1; left >= 0; left--) {
                String path = run.getUrl() + "input/" + inputs(run).get(0).getId() + "/proceedEmpty";
                assertEquals(200, approvers.send(HttpMethod.POST, ALICE, path).getStatusCode());
                assertEquals(left, inputs(run).size());
            }
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertTrue(records(run).stream().allMatch(ApprovalRecord::isApproved));
        });
    }

    @Test
    void rejectionAndAbortAfterARestart() throws Throwable {
        sessions.then(jenkins -> asks(jenkins, "awsApproval message: 'Ship it?'"));
        sessions.last(jenkins -> {
            Approvers approvers = Approvers.again(jenkins);
            WorkflowRun run = approvers.asking(run(jenkins), 1);
            approvers.reject(ALICE, run, "not on a Friday");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertEquals(Outcome.REJECTED, onlyRecord(run).getOutcome());
            jenkins.assertLogContains("[Approval] Rejected by alice: not on a Friday", run);
        });
    }

    @Test
    void runIsAbortedAfterARestart() throws Throwable {
        sessions.then(jenkins -> asks(jenkins, "awsApproval message: 'Ship it?'"));
        sessions.last(jenkins -> {
            WorkflowRun run = Approvers.again(jenkins).asking(run(jenkins), 1);
            RestartedRuns.awaitAbortable(jenkins, run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertEquals(Outcome.ABORTED, onlyRecord(run).getOutcome());
            assertEquals(0, inputs(run).size());
        });
    }

    @Test
    void timeGoesOnWhileJenkinsIsDown() throws Throwable {
        sessions.then(jenkins -> asks(jenkins, "awsApproval message: 'Ship it?', timeout: 50, unit: 'SECONDS'"));
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertEquals(Outcome.EXPIRED, onlyRecord(run).getOutcome());
            jenkins.assertLogContains("Nobody approved 'Ship it?' within 50 s", run);
        });
    }

    /** Jenkins goes down between the answer, which is kept at once, and Pipeline's own keeping of it. */
    @Test
    void whatWasDecidedStaysDecided() throws Throwable {
        sessions.then(jenkins -> {
            asks(jenkins, """
                    def approval = awsApproval message: 'Ship it?'
                    echo "approved by ${approval.approver}"
                    """);
            decide(jenkins);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("approved by alice", run);
            assertEquals(0, inputs(run).size());
        });
    }

    @Test
    void whatWasFilledInAndLostIsAskedForAgain() throws Throwable {
        sessions.then(jenkins -> {
            asks(jenkins, """
                    def approval = awsApproval message: 'Ship it?', parameters: [string(name: 'SPEED')]
                    echo "approved by ${approval.approvers} with ${approval.parameters.SPEED}"
                    """);
            decide(jenkins);
        });
        sessions.last(jenkins -> {
            Approvers approvers = Approvers.again(jenkins);
            WorkflowRun run = approvers.asking(run(jenkins), 1);
            assertEquals(
                    302, approvers.approve(ALICE, run, null, "SPEED", "canary").getStatusCode());
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("approved by [alice] with canary", run);
        });
    }

    private static void decide(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = run(jenkins);
        ApprovalRecord record = onlyRecord(run);
        record.approvedBy(new ApprovalAnswer(ALICE, null, Instant.now()));
        record.ended(Outcome.APPROVED, Instant.now());
        ApprovalAction.of(run).save();
    }
}

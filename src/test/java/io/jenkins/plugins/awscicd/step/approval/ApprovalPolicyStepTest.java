package io.jenkins.plugins.awscicd.step.approval;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ADMIN;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.BOB;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.CAROL;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.READER;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.STARTER;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyInput;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyRecord;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Failure;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** Whose answer counts, on a real Jenkins: whatever call it comes by. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ApprovalPolicyStepTest {

    private JenkinsRule jenkins;
    private Approvers approvers;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        approvers = Approvers.in(rule);
    }

    /** The answer does not count, the person is told why, and others can still answer. */
    private void refuses(WorkflowRun run, String user, String comment, String why) throws Exception {
        String id = onlyInput(run).getId();
        WebResponse response = approvers.approve(user, run, comment);
        assertEquals(400, response.getStatusCode(), response.getContentAsString());
        assertTrue(response.getContentAsString().contains(why), response.getContentAsString());
        jenkins.assertLogContains("[Approval] Not counted: " + why, run);
        InputStepExecution open = onlyInput(run);
        assertEquals(id, open.getId(), "pages that are open can still be used");
        assertFalse(open.isSettled());
        assertEquals(Outcome.WAITING, onlyRecord(run).getOutcome());
        jenkins.assertLogNotContains("Approved by " + user, run);
    }

    private void approves(WorkflowRun run, String user) throws Exception {
        WebResponse response = approvers.approve(user, run, "fine");
        assertEquals(302, response.getStatusCode(), response.getContentAsString());
    }

    private void succeeds(WorkflowRun run) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(Outcome.APPROVED, onlyRecord(run).getOutcome());
    }

    @Test
    void onlyApproversApprove() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', approvers: ['alice', 'release-team']");
        refuses(run, BOB, "fine", "bob is not among the approvers: alice, release-team");
        refuses(run, ADMIN, "fine", "admin is not among the approvers: alice, release-team");
        refuses(run, READER, "fine", "reader is not among the approvers: alice, release-team");
        approves(run, ALICE);
        succeeds(run);
        assertEquals(ALICE, onlyRecord(run).getApprovals().get(0).getPerson());
    }

    @Test
    void membersOfAGroupApprove() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', approvers: 'authenticated'");
        approves(run, READER); // being named is enough
        succeeds(run);
    }

    @Test
    void whoeverMayBuildApprovesWhereNobodyIsNamed() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?'");
        refuses(run, READER, "fine", "reader may not approve this without the permission to build the job");
        WebResponse stranger = approvers.approve(null, run, "fine");
        assertTrue(stranger.getStatusCode() == 403 || stranger.getStatusCode() == 404, stranger.getStatusMessage());
        approves(run, STARTER);
        succeeds(run);
    }

    @Test
    void whoStartedTheRunDoesNotApproveIt() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', forbidSelfApproval: true");
        refuses(run, STARTER, "fine", "starter started this run, so somebody else must approve it");
        approves(run, ALICE);
        succeeds(run);
    }

    @Test
    void whoStartedTheRunsThatStartedItDoesNotApproveIt() throws Exception {
        FreeStyleBuild first = jenkins.createFreeStyleProject()
                .scheduleBuild2(0, new Cause.UserIdCause(STARTER))
                .get();
        FreeStyleBuild second = jenkins.createFreeStyleProject()
                .scheduleBuild2(0, new Cause.UpstreamCause(first))
                .get();
        WorkflowJob job = approvers.job("delivery", "awsApproval message: 'Ship it?', forbidSelfApproval: true");
        WorkflowRun run = job.scheduleBuild2(
                        0, new CauseAction(new Cause.UpstreamCause(second), new Cause.UserIdCause(BOB)))
                .waitForStart();
        approvers.asking(run, 1);
        refuses(run, STARTER, "fine", "starter started this run, so somebody else must approve it");
        refuses(run, BOB, "fine", "bob started this run, so somebody else must approve it");
        approves(run, ALICE);
        succeeds(run);
    }

    @Test
    void twoPeopleApprove() throws Exception {
        WorkflowRun run = approvers.asking("""
                def approval = awsApproval message: 'Ship it?', approvals: 2
                echo "${approval.approvers} ${approval.comments} last ${approval.approver}"
                """);
        approves(run, ALICE);
        jenkins.assertLogContains("[Approval] Approved by alice (1 of 2): fine", run);
        assertEquals(0, run.getActions(ApproverAction.class).size(), "one alone has not approved the run");
        refuses2(run);
        approves(run, BOB);
        succeeds(run);
        jenkins.assertLogContains("[alice, bob] [fine, fine] last bob", run);
    }

    private void refuses2(WorkflowRun run) throws Exception {
        WebResponse response = approvers.approve(ALICE, run, "again");
        assertEquals(400, response.getStatusCode());
        assertTrue(response.getContentAsString().contains("alice has already approved this"));
        assertEquals(1, onlyRecord(run).getApprovals().size());
        assertFalse(onlyInput(run).isSettled());
    }

    @Test
    void commentIsRequired() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', commentRequired: true");
        String why = "A comment is required: say why you approve this";
        refuses(run, ALICE, null, why);
        refuses(run, ALICE, "  ", why);
        WebResponse response = approvers.call(ALICE, run, "proceedEmpty");
        assertEquals(400, response.getStatusCode());
        assertTrue(response.getContentAsString().contains(why));
        FlowNode node = onlyInput(run).getContext().get(FlowNode.class);
        assertEquals(0, node.getActions(InputSubmittedAction.class).size(), "nothing is left of what did not count");
        assertEquals(0, run.getActions(ApproverAction.class).size(), "nothing is left of what did not count");
        approves(run, ALICE);
        succeeds(run);
        assertEquals("fine", onlyRecord(run).getApprovals().get(0).getComment());
    }

    @Test
    void administratorsAreAnExceptionIfTheScriptSaysSo() throws Exception {
        WorkflowJob job = approvers.job("delivery", """
                awsApproval message: 'Ship it?', approvers: 'alice', forbidSelfApproval: true, administratorsExempt: true
                """);
        WorkflowRun run = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(ADMIN)))
                .waitForStart();
        approvers.asking(run, 1);
        refuses(run, CAROL, "fine", "carol is not among the approvers: alice");
        approves(run, ADMIN);
        succeeds(run);
    }

    /** Views with calls of their own need not ask first who may answer. */
    @Test
    void callsThatAskNobodyAreNoWayRound() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', approvers: 'alice,bob', approvals: 2");
        for (String user : new String[] {CAROL, ADMIN, null}) {
            InputStepExecution input = onlyInput(run);
            try (ACLContext as = user == null
                    ? ACL.as2(ACL.SYSTEM2)
                    : ACL.as2(User.getOrCreateByIdOrFullName(user).impersonate2())) {
                assertThrows(Failure.class, () -> input.proceed(Map.of("approval-comment", "x")));
            }
            assertEquals(0, onlyRecord(run).getApprovals().size());
            assertFalse(onlyInput(run).isSettled(), "the next input is open");
        }
        jenkins.assertLogContains("Not counted: Log in first, so that it is known who approves", run);
        assertEquals(0, run.getActions(ApproverAction.class).size(), "nothing is left of what did not count");
        // An input that somebody has got hold of before counts once: it is people who are counted.
        InputStepExecution held = onlyInput(run);
        for (String user : new String[] {ALICE, ALICE}) {
            try (ACLContext as = ACL.as2(User.getOrCreateByIdOrFullName(user).impersonate2())) {
                held.proceed((Map<String, Object>) null);
            } catch (Failure refused) {
                assertTrue(refused.getMessage().contains("already"), refused.getMessage());
            }
        }
        assertEquals(1, onlyRecord(run).getApprovals().size());
        approves(run, BOB);
        succeeds(run);
        try (ACLContext as = ACL.as2(User.getOrCreateByIdOrFullName(CAROL).impersonate2())) {
            assertThrows(Failure.class, () -> held.proceed((Map<String, Object>) null));
        }
    }

    @Test
    void argumentsAreChecked() throws Exception {
        WorkflowJob job = approvers.job("delivery", """
                awsApproval message: ' ', approvers: 'alice, bob', approvals: 3, onTimeout: 'later', notify: 'topic'
                """);
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("awsApproval message: missing; ask for approval", run);
        jenkins.assertLogContains("awsApproval onTimeout: 'later' is not known; use one of reject", run);
        jenkins.assertLogContains("awsApproval notify: 'topic' is not the ARN of an SNS topic; use the form", run);
        job.setDefinition(
                new CpsFlowDefinition("awsApproval message: 'Ship it?', approvers: 'alice, bob', approvals: 3", true));
        jenkins.assertLogContains(
                "awsApproval approvals: 3 is more than the number of approvers (alice, bob); name more approvers, or a group",
                jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }
}

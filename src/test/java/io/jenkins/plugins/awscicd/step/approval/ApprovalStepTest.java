package io.jenkins.plugins.awscicd.step.approval;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.STARTER;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.inputs;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyInput;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyRecord;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.ExpiredTimeout;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.InterruptedBuildAction;
import org.htmlunit.HttpMethod;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.nodes.StepAtomNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code awsApproval} in Pipelines of a real Jenkins. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ApprovalStepTest {

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private JenkinsRule jenkins;
    private Approvers approvers;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        approvers = Approvers.in(rule);
    }

    /** What the views of Jenkins go by to show an input and to have it answered. */
    @Test
    void isAnInputToEveryView() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', stage: 'prod'");
        InputStepExecution input = onlyInput(run);
        assertEquals(InputStepExecution.class, input.getClass());
        FlowNode node = run.getExecution().getCurrentHeads().get(0);
        assertInstanceOf(StepAtomNode.class, node);
        Approvers.waitUntil(run, () -> PauseAction.getCurrentPause(node) != null); // comes right after the input
        PauseAction pause = PauseAction.getCurrentPause(node);
        assertEquals("Input", pause.getCause());
        assertTrue(pause.isPaused());
        assertEquals(node, input.getContext().get(FlowNode.class));
        assertEquals("Ship it?", input.getInput().getMessage());
        assertEquals("Approve", input.getInput().getOk());
        assertEquals(
                "StringParameterDefinition",
                input.getInput().getParameters().get(0).getType());
        assertTrue(input.getId().matches("[A-Z][A-Za-z0-9-]+"), input.getId());
        String threads = ((CpsFlowExecution) run.getExecution()).getThreadDump().toString();
        assertTrue(threads.contains("waiting for approval, 0 of 1 given"), threads);
        assertTrue(threads.contains("awsApproval"), threads);
        assertEquals(302, approvers.approve(ALICE, run, "fine").getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertFalse(PauseAction.isPaused(node));
        assertEquals(0, inputs(run).size());
    }

    @Test
    void returnsWhoApprovedAndWhy() throws Exception {
        WorkflowRun run = approvers.asking("""
                def it = awsApproval message: 'Ship it?', stage: 'prod', what: 'web 1.4.2', revision: '3f2a1bc',
                    parameters: [string(name: 'SPEED', defaultValue: 'canary'), booleanParam(name: 'LOUD')]
                echo "${it.approved} by ${it.approver} of ${it.approvers}: ${it.comment} ${it.comments}"
                echo "stage ${it.stage} revision ${it.revision} expired ${it.expired}"
                echo "parameters ${it.parameters}, at ${it.when}, ${it.approvals[0].approver}; ${it}"
                """);
        assertEquals(
                302,
                approvers
                        .approve(ALICE, run, " tests are\ngreen ", "LOUD", true)
                        .getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("true by alice of [alice]: tests are", run);
        jenkins.assertLogContains("stage prod revision 3f2a1bc expired false", run);
        jenkins.assertLogContains("parameters [SPEED:canary, LOUD:true], at 20", run);
        jenkins.assertLogContains("alice; approved by alice", run);
        String log = JenkinsRule.getLog(run);
        assertTrue(log.contains("[Approval] To approve: web 1.4.2 (3f2a1bc)\n"), log);
        assertTrue(log.contains("[Approval] Ship it? Waiting: approve or reject\n"), log);
        assertTrue(log.contains("[Approval] Approved by alice: tests are green\n"), log);
    }

    @Test
    void takesWhatCodeBuildReturns() throws Exception {
        local.configure();
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        WorkflowRun run = approvers.asking("""
                def build = codeBuild project: 'web'
                awsApproval message: 'Ship it?', what: build
                """);
        Build build = local.aws().codeBuild().builds().get(0);
        ApprovalRecord record = onlyRecord(run);
        assertEquals("build web #1", record.getWhat());
        assertNotNull(record.getLink());
        assertTrue(record.getLink().startsWith("https://eu-west-1.console.aws.amazon.com/"), record.getLink());
        assertTrue(record.getLink().contains(build.id().replace(":", "%3A"))
                || record.getLink().contains(build.id()));
        approvers.approve(ALICE, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void formOfTheInputsPage() throws Exception {
        WorkflowRun run = approvers.asking(
                "def it = awsApproval message: 'Ship it?', what: 'web <b id=markup>1</b>', ok: 'Ship'\necho it.comment");
        HtmlPage page = jenkins.createWebClient().login(ALICE).getPage(run, "input/");
        assertTrue(page.asNormalizedText().contains("Ship it? – web <b id=markup>1</b>"), page.asNormalizedText());
        assertTrue(page.asNormalizedText().contains("To approve: web <b id=markup>1</b>"), "in the description");
        assertNull(page.getElementById("markup"), "what is shown is text");
        HtmlForm form = page.getFormByName(onlyInput(run).getId());
        form.getInputByName("value").setValue("from the form");
        jenkins.submit(form, "proceed");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("\nfrom the form\n", run);
        assertEquals("from the form", onlyRecord(run).getApprovals().get(0).getComment());
    }

    @Test
    void rejectionIsThatOfAnInput() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', cancel: 'Not yet'");
        HtmlPage page = jenkins.createWebClient().login(ALICE).getPage(run, "input/");
        assertTrue(page.asNormalizedText().contains("Not yet"), page.asNormalizedText());
        assertTrue(
                page.asNormalizedText()
                        .contains("Anyone who may approve, or has the Job/Cancel permission, can reject."),
                page.asNormalizedText());
        HtmlForm form = page.getFormByName(onlyInput(run).getId());
        form.getInputByName("value").setValue("not today");
        jenkins.submit(form, "abort");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertInstanceOf(
                Rejection.class,
                run.getAction(InterruptedBuildAction.class).getCauses().get(0));
        jenkins.assertLogContains("[Approval] Rejected by alice: not today", run);
        ApprovalRecord record = onlyRecord(run);
        assertEquals(Outcome.REJECTED, record.getOutcome());
        assertNotNull(record.getRejection());
        assertEquals("not today", record.getRejection().getComment());
    }

    @Test
    void rejectionCanBeCaught() throws Exception {
        WorkflowRun run = approvers.asking("""
                try {
                  awsApproval message: 'Ship it?'
                } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) {
                  echo 'caught'
                }
                """);
        approvers.reject(ALICE, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("caught", run);
    }

    @Test
    void timeIsOver() throws Exception {
        String script = "awsApproval message: 'Ship it?', timeout: 200, unit: 'MILLISECONDS'";
        WorkflowRun run = approvers.start(approvers.job("reject", "catchError { " + script + " }\necho 'goes on'"));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Nobody approved 'Ship it?' within 0.2 s", run);
        jenkins.assertLogContains("[Approval] Not approved: nobody answered in time", run);
        assertEquals(Outcome.EXPIRED, onlyRecord(run).getOutcome());
        assertEquals(0, inputs(run).size());

        run = approvers.start(
                approvers.job(
                        "approve",
                        "def it = " + script + ", onTimeout: 'approve', approvers: 'alice',"
                                + " parameters: [string(name: 'A', defaultValue: 'b')]\necho \"${it.expired} ${it.approver} ${it.parameters}\""));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("true null [A:b]", run);
        jenkins.assertLogContains("[Approval] Approved, because nobody answered in time", run);
        assertEquals(Outcome.APPROVED, onlyRecord(run).getOutcome());
        assertTrue(onlyRecord(run).isExpired());

        run = approvers.start(approvers.job(
                "abort",
                "parallel a: { catchError(catchInterruptions: true) { " + script
                        + ", onTimeout: 'abort' } }, b: { sleep 600 }"));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Outcome.EXPIRED, onlyRecord(run).getOutcome());
        assertEquals(0, inputs(run).size());
    }

    @Test
    void timeoutAroundItAbortsIt() throws Exception {
        WorkflowRun run = approvers.asking(ExpiredTimeout.LONG + " { awsApproval message: 'Ship it?' }");
        ExpiredTimeout.in(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Outcome.ABORTED, onlyRecord(run).getOutcome());
        assertEquals(0, inputs(run).size());
    }

    @Test
    void abortAndKillOfTheRun() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?'");
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Outcome.ABORTED, onlyRecord(run).getOutcome());
        assertEquals(0, inputs(run).size());
        WorkflowRun killed = approvers.asking(approvers.start(run.getParent()), 1);
        killed.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(killed));
        assertEquals(Outcome.ABORTED, onlyRecord(killed).getOutcome());
    }

    @Test
    void parallelApprovalsWithTheSameMessage() throws Exception {
        WorkflowRun run = approvers.start(approvers.job("delivery", """
                def approvals = [:]
                parallel eu: { approvals.eu = awsApproval message: 'Ship it?', stage: 'eu' },
                         us: { approvals.us = awsApproval message: 'Ship it?', stage: 'us' }
                echo "eu: ${approvals.eu.comment}, us: ${approvals.us.comment}"
                """));
        approvers.asking(run, 2);
        List<InputStepExecution> inputs = inputs(run);
        assertNotEquals(inputs.get(0).getId(), inputs.get(1).getId());
        for (InputStepExecution input : inputs) {
            String stage = records(run).stream()
                    .filter(record -> record.getId().equals(input.getId()))
                    .findFirst()
                    .orElseThrow()
                    .getStage();
            approvers.send(
                    HttpMethod.POST,
                    ALICE,
                    run.getUrl() + "input/" + input.getId() + "/proceed",
                    new NameValuePair("json", Approvers.json("for " + stage)));
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("eu: for eu, us: for us", run);
    }

    @Test
    void declarative() throws Exception {
        WorkflowRun run = approvers.asking("""
                pipeline {
                  agent none
                  stages {
                    stage('Approve') {
                      steps {
                        awsApproval message: 'Ship it?', approvers: ['alice', 'bob'], forbidSelfApproval: true,
                            timeout: 1, unit: 'HOURS', parameters: [choice(name: 'SPEED', choices: ['slow', 'fast'])]
                      }
                    }
                    stage('Ship') {
                      steps {
                        echo 'shipped'
                      }
                    }
                  }
                }
                """);
        assertEquals(400, approvers.approve(STARTER, run, null).getStatusCode());
        assertEquals(302, approvers.approve(ALICE, run, null, "SPEED", "fast").getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("shipped", run);
    }

    @Test
    void withoutLoginsAnybodyAnswers() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?'");
        assertEquals(200, approvers.call(null, run, "proceedEmpty").getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals("anonymous", onlyRecord(run).getApprovals().get(0).getPerson());
    }
}

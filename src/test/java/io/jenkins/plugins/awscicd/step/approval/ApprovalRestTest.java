package io.jenkins.plugins.awscicd.step.approval;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ADMIN;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.BOB;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.READER;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyInput;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyRecord;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** What the REST API and the pages say of approvals, and which calls decide. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ApprovalRestTest {

    private JenkinsRule jenkins;
    private Approvers approvers;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        approvers = Approvers.in(rule);
    }

    private JSONObject json(String user, String path) throws Exception {
        return JSONObject.fromObject(approvers.send(HttpMethod.GET, user, path).getContentAsString());
    }

    /** What the run's own REST API says of the action that has such a property. */
    private JSONObject action(WorkflowRun run, String property) throws Exception {
        for (Object action : json(READER, run.getUrl() + "api/json?depth=5").getJSONArray("actions")) {
            if (((JSONObject) action).has(property)) {
                return (JSONObject) action;
            }
        }
        throw new AssertionError("no action with " + property);
    }

    private static NameValuePair body(String comment) {
        return new NameValuePair("json", Approvers.json(comment));
    }

    @Test
    void noGetDecides() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?'");
        String input = run.getUrl() + "input/" + onlyInput(run).getId() + "/";
        for (String method : List.of("proceed", "proceedEmpty", "submit", "abort")) {
            for (String user : List.of(ALICE, ADMIN)) {
                int status = approvers
                        .send(HttpMethod.GET, user, input + method, body("x"), new NameValuePair("proceed", "x"))
                        .getStatusCode();
                assertEquals(405, status, method);
            }
        }
        assertFalse(onlyInput(run).isSettled());
        assertTrue(onlyRecord(run).isWaiting());
        assertEquals(200, approvers.call(ALICE, run, "proceed", body("by REST")).getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals("by REST", onlyRecord(run).getApprovals().get(0).getComment());
    }

    @Test
    void noCallDecidesWithoutACrumb() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?'");
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(ALICE);
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL() + run.getUrl() + "input/"
                        + onlyInput(run).getId() + "/proceedEmpty"),
                HttpMethod.POST);
        assertEquals(403, client.loadWebResponse(request).getStatusCode());
        assertTrue(onlyRecord(run).isWaiting());
        assertEquals(400, approvers.call(READER, run, "abort").getStatusCode(), "without permission");
        assertEquals(400, approvers.call(READER, run, "proceedEmpty").getStatusCode(), "without permission");
        assertTrue(onlyRecord(run).isWaiting());
        assertEquals(200, approvers.call(ADMIN, run, "abort").getStatusCode());
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }

    @Test
    void whoStartedItCannotEvenAskForIt() throws Exception {
        WorkflowRun run = approvers.asking(
                "awsApproval message: 'Ship it?', forbidSelfApproval: true, approvers: 'starter,alice'");
        for (String method : List.of("proceed", "proceedEmpty", "submit")) {
            assertEquals(
                    400,
                    approvers
                            .call(Approvers.STARTER, run, method, body("x"), new NameValuePair("proceed", "x"))
                            .getStatusCode(),
                    method);
        }
        assertEquals(
                1,
                JenkinsRule.getLog(run).split("Not counted: ", -1).length - 1,
                "whoever tries again and again does not fill the console");
        assertEquals(200, approvers.call(ALICE, run, "proceedEmpty").getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void recordsAreExported() throws Exception {
        WorkflowRun run = approvers.asking("""
                awsApproval message: 'Ship it?', stage: 'prod', what: 'web 1.4.2', revision: '3f2a1bc', approvals: 2
                """);
        approvers.approve(ALICE, run, "one");
        JSONObject record = json(READER, run.getUrl() + "approvals/api/json")
                .getJSONArray("approvals")
                .getJSONObject(0);
        assertEquals("WAITING", record.getString("outcome"));
        assertEquals(onlyInput(run).getId(), record.getString("id"));
        assertEquals(2, record.getInt("wanted"));
        approvers.approve(BOB, run, "two");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        record = json(READER, run.getUrl() + "approvals/api/json")
                .getJSONArray("approvals")
                .getJSONObject(0);
        assertEquals("APPROVED", record.getString("outcome"));
        assertEquals("prod", record.getString("stage"));
        assertEquals("web 1.4.2", record.getString("what"));
        assertEquals("3f2a1bc", record.getString("revision"));
        assertEquals("[\"starter\"]", record.getString("starters"));
        assertEquals("two", record.getJSONArray("approvals").getJSONObject(1).getString("comment"));
        assertTrue(record.getLong("decided") >= record.getLong("asked"));
        assertEquals(record, action(run, "approvals").getJSONArray("approvals").getJSONObject(0), "with the run");
        assertEquals(
                403,
                approvers
                        .send(HttpMethod.GET, null, run.getUrl() + "approvals/api/json")
                        .getStatusCode());
    }

    /** As an input of Jenkins' own is exported. */
    @Test
    void inputIsExported() throws Exception {
        WorkflowRun run = approvers.asking("awsApproval message: 'Ship it?', approvers: 'alice,bob'");
        JSONObject execution =
                action(run, "executions").getJSONArray("executions").getJSONObject(0);
        assertEquals(onlyInput(run).getId(), execution.getString("id"));
        assertFalse(execution.getBoolean("settled"));
        JSONObject input = execution.getJSONObject("input");
        assertEquals("Ship it?", input.getString("message"));
        assertEquals("alice,bob", input.getString("submitter"));
        assertEquals(
                "StringParameterDefinition",
                input.getJSONArray("parameters").getJSONObject(0).getString("type"));
        approvers.approve(ALICE, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void pagesShowTheRecordAsText() throws Exception {
        WorkflowRun run = approvers.asking("""
                awsApproval message: '<b id="markup">Ship it?</b>', what: '<b id="markup">web</b>', stage: '<i>prod</i>'
                """);
        JenkinsRule.WebClient client = jenkins.createWebClient().login(ALICE);
        for (String path : List.of("", "approvals/", "input/")) {
            HtmlPage page = client.getPage(run, path);
            assertNull(page.getElementById("markup"), path);
            assertTrue(page.asNormalizedText().contains("<b id=\"markup\">Ship it?</b>"), page.asNormalizedText());
        }
        assertTrue(client.getPage(run).asNormalizedText().contains("Waiting for approval: 0 of 1"));
        approvers.approve(ALICE, run, "<b id='markup'>fine</b>");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        HtmlPage page = client.getPage(run, "approvals/");
        assertTrue(page.asNormalizedText().contains("<b id='markup'>fine</b>"), page.asNormalizedText());
        assertNull(page.getElementById("markup"));
        assertTrue(client.getPage(run).asNormalizedText().contains("Approved by alice"));
    }

    @Test
    void whatWasApprovedBefore() throws Exception {
        WorkflowJob job = approvers.job("delivery", """
                awsApproval message: 'Ship it?', stage: 'prod', what: "web ${env.BUILD_NUMBER}"
                """);
        WorkflowRun first = approvers.asking(approvers.start(job), 1);
        assertNull(onlyRecord(first).getBackground().getApprovedIn());
        approvers.approve(ALICE, first, null);
        jenkins.waitForCompletion(first);
        WorkflowRun second = approvers.asking(approvers.start(job), 1);
        assertEquals("web 1", onlyRecord(second).getBackground().getCurrent());
        assertEquals(1, onlyRecord(second).getBackground().getApprovedInNumber());
        approvers.reject(ALICE, second, null);
        jenkins.waitForCompletion(second);
        WorkflowRun third = approvers.asking(approvers.start(job), 1);
        assertEquals("web 1", onlyRecord(third).getBackground().getCurrent(), "what was rejected does not count");
        jenkins.waitForMessage("[Approval] Last approved for this stage: web 1, #1", third);
        approvers.reject(ALICE, third, null);
        jenkins.waitForCompletion(third);
    }
}

package io.jenkins.plugins.awscicd.step.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.security.UserDetailsCache;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A Jenkins with people who answer approvals, by the calls that views and scripts make. */
public final class Approvers {

    /** Builds jobs, and so may approve where nobody is named. Builds as well: bob, carol, starter. */
    public static final String ALICE = "alice";

    public static final String BOB = "bob";
    public static final String CAROL = "carol";
    /** Starts the runs of these tests. */
    public static final String STARTER = "starter";
    /** Sees jobs, and cannot build them. */
    public static final String READER = "reader";

    public static final String ADMIN = "admin";

    /** As Jenkins has it, in as few rounds as may be: what passwords normally cost was a tenth of what all tests cost. */
    private static final BCryptPasswordEncoder CHEAP = new BCryptPasswordEncoder(4);

    private final JenkinsRule jenkins;

    private Approvers(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Sets the people up, in a new Jenkins. */
    public static Approvers in(JenkinsRule jenkins) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        jenkins.jenkins.setSecurityRealm(realm);
        for (String user : List.of(ALICE, BOB, CAROL, STARTER, READER, ADMIN)) {
            User known = User.getById(user, false);
            if (known == null || known.getProperty(HudsonPrivateSecurityRealm.Details.class) == null) {
                realm.createAccountWithHashedPassword(user, "#jbcrypt:" + CHEAP.encode(user));
            }
        }
        UserDetailsCache.get().invalidateAll(); // it knows for some minutes who was nobody to the realm before
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to(ALICE, BOB, CAROL, STARTER, READER)
                .grant(Item.BUILD)
                .everywhere()
                .to(ALICE, BOB, CAROL, STARTER)
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to(ADMIN));
        return new Approvers(jenkins);
    }

    /** The same people, in a Jenkins that has them already. */
    public static Approvers again(JenkinsRule jenkins) {
        return new Approvers(jenkins);
    }

    public WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    public WorkflowRun start(WorkflowJob job) throws Exception {
        return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(STARTER)))
                .waitForStart();
    }

    /** Starts a run that asks for approval, and waits until it does. */
    public WorkflowRun asking(String script) throws Exception {
        WorkflowRun run = start(job("delivery", script));
        return asking(run, 1);
    }

    public WorkflowRun asking(WorkflowRun run, int inputs) throws Exception {
        waitUntil(run, () -> inputs(run).size() == inputs);
        return run;
    }

    /** What may fail while it is waited for. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    public static void waitUntil(WorkflowRun run, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited for a minute: " + JenkinsRule.getLog(run));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    public static List<InputStepExecution> inputs(Run<?, ?> run) throws Exception {
        InputAction action = run.getAction(InputAction.class);
        return action == null ? List.of() : action.getExecutions();
    }

    public static InputStepExecution onlyInput(Run<?, ?> run) throws Exception {
        List<InputStepExecution> inputs = inputs(run);
        assertEquals(1, inputs.size(), "inputs");
        return inputs.get(0);
    }

    public static List<ApprovalRecord> records(Run<?, ?> run) {
        ApprovalAction action = run.getAction(ApprovalAction.class);
        assertNotNull(action);
        return action.getApprovals();
    }

    public static ApprovalRecord onlyRecord(Run<?, ?> run) {
        List<ApprovalRecord> records = records(run);
        assertEquals(1, records.size(), "records");
        return records.get(0);
    }

    /** As the form of the input's page is submitted. */
    public WebResponse approve(String user, Run<?, ?> run, String comment, Object... parameters) throws Exception {
        return submit(user, run, "proceed", comment, parameters);
    }

    public WebResponse reject(String user, Run<?, ?> run, String comment) throws Exception {
        return submit(user, run, "abort", comment);
    }

    private WebResponse submit(String user, Run<?, ?> run, String button, String comment, Object... parameters)
            throws Exception {
        return call(
                user,
                run,
                "submit",
                new NameValuePair(button, button),
                new NameValuePair("json", json(comment, parameters)));
    }

    /** The form's content, which the REST API takes as well. */
    static String json(String comment, Object... parameters) {
        JSONArray all = new JSONArray();
        if (comment != null) {
            all.add(JSONObject.fromObject("{name: 'approval-comment'}").element("value", comment));
        }
        for (int i = 0; i < parameters.length; i += 2) {
            all.add(new JSONObject().element("name", parameters[i]).element("value", parameters[i + 1]));
        }
        return new JSONObject().element("parameter", all).toString();
    }

    /** Calls a web method of the run's only input with POST, as the person. */
    public WebResponse call(String user, Run<?, ?> run, String method, NameValuePair... parameters) throws Exception {
        return send(
                HttpMethod.POST, user, run.getUrl() + "input/" + onlyInput(run).getId() + "/" + method, parameters);
    }

    public WebResponse send(HttpMethod method, String user, String path, NameValuePair... parameters) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withRedirectEnabled(false);
        if (user != null) {
            client.withBasicCredentials(user);
        }
        WebRequest request = new WebRequest(URI.create(jenkins.getURL() + path).toURL(), method);
        List<NameValuePair> all = new ArrayList<>(List.of(parameters));
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
            all.addAll(request.getRequestParameters());
        }
        request.setRequestParameters(all);
        return client.loadWebResponse(request);
    }
}

package io.jenkins.plugins.awscicd.delivery.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalNotice;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.RunPolicy;
import io.jenkins.plugins.awscicd.delivery.approval.StageBackground;
import io.jenkins.plugins.awscicd.delivery.guard.StageOverrides;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentBuilder;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentLine;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What AWS, scripts and people write is shown as text, and leads nowhere but to http and https; whatever is missing, pages show the rest. */
@WithSharedJenkins
class HostileTextTest {

    private static final String EVIL = "\"'><script id='markup'>alert(1)</script><b id=\"markup\">${7*6}";
    private static final String LONG = "y".repeat(10_000) + EVIL;
    private static final String SCRIPT = "javascript:alert('markup')";
    private static final Instant THEN = Instant.parse("2026-11-01T08:00:00Z");

    private static JenkinsRule jenkins;
    private static FreeStyleBuild run;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = rule.createFreeStyleProject("web");
        run = rule.buildAndAssertSuccess(job);
    }

    private static Progress progress(String id, Progress.State state, String url) {
        return new Progress(
                id,
                EVIL,
                LONG,
                state,
                EVIL,
                List.of(
                        phase(0, null, List.of()),
                        phase(0, url, List.of(phase(0, url, List.of()))),
                        phase(Integer.MAX_VALUE, url, Collections.nCopies(1000, phase(0, null, List.of()))),
                        new Progress.Phase(
                                LONG,
                                null,
                                false,
                                THEN,
                                null,
                                "",
                                1,
                                "https://console.example/" + LONG,
                                List.of(new Progress.Phase(LONG, LONG, true, THEN, Duration.ofSeconds(3), LONG)))),
                List.of(
                        new Progress.Fact(Progress.What.REVISION, EVIL, url),
                        new Progress.Fact(Progress.What.LOG, LONG, url)),
                LONG,
                url,
                THEN,
                THEN.plusSeconds(60));
    }

    private static Progress.Phase phase(int depth, String url, List<Progress.Phase> parts) {
        return new Progress.Phase(EVIL, LONG, true, THEN, Duration.ofSeconds(3), LONG, depth, url, parts);
    }

    private static Deployment deployment(String token, String stage, DeploymentVerdict verdict, String url) {
        return new DeploymentBuilder(
                        token,
                        EVIL,
                        "eu-west-1",
                        new Destination(stage, EVIL, EVIL),
                        new Origin("web", 1, SCRIPT, List.of(EVIL), Origin.Left.RUN),
                        THEN)
                .id(EVIL)
                .revision(EVIL)
                .version(EVIL)
                .commit(EVIL)
                .ended(THEN.plusSeconds(60))
                .verdict(verdict)
                .cause(verdict == DeploymentVerdict.SUCCESS ? null : LONG)
                .approvals(List.of(new Deployment.Approval(EVIL, THEN)))
                .override(EVIL)
                .consoleUrl(url)
                .build();
    }

    private static HtmlPage page(String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        HtmlPage page = client.goTo(path);
        assertNull(page.getElementById("markup"), path);
        String source = page.getWebResponse().getContentAsString();
        assertFalse(source.contains("<script id="), path);
        assertFalse(source.contains("<b id="), path);
        for (DomElement link : page.getElementsByTagName("a")) {
            assertFalse(
                    link.getAttribute("href").strip().toLowerCase(Locale.ROOT).startsWith("javascript"), link.asXml());
        }
        return page;
    }

    private static void assertShows(String path, String text) throws Exception {
        String shown = page(path).asNormalizedText();
        assertTrue(shown.contains(text), () -> path + ": " + shown);
    }

    private static String in(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void boardShowsText() throws Exception {
        int token = 0;
        for (String stage : List.of(EVIL, "other")) {
            for (String url : List.of(SCRIPT, "https://console.example/" + EVIL, " " + SCRIPT, "data:text/html,x")) {
                Deployments.get().started(deployment("a" + token++, stage, DeploymentVerdict.SUCCESS, url));
                Deployments.get().started(deployment("b" + token++, stage, DeploymentVerdict.FAILURE, url));
            }
        }
        String where = "application=" + in(EVIL) + "&stage=" + in(EVIL);
        for (String path : List.of(
                "aws-deployments/",
                "aws-deployments/?application=" + in(EVIL),
                "aws-deployments/fragment",
                "aws-deployments/history/?" + where,
                "aws-deployments/history/?" + where + "&target=" + in(EVIL),
                "aws-deployments/difference/?from=" + in(EVIL) + "&to=other")) {
            assertShows(path, "<script id='markup'>");
        }
        JSONObject history = jenkins.createWebClient()
                .getJSON("aws-deployments/history/api/json?" + where)
                .getJSONObject();
        JSONObject first = history.getJSONArray("deployments").getJSONObject(0);
        assertEquals(EVIL, first.getString("revision"), "as it is, not as HTML");
        assertEquals("job/web/1/", first.getString("runUrl"), "not what was stored");
        for (Object each : history.getJSONArray("deployments")) {
            JSONObject deployment = (JSONObject) each;
            String url = deployment.optString("consoleUrl", "");
            assertTrue(url.isEmpty() || url.equals("null") || url.startsWith("https://"), url);
            assertTrue(deployment.optString("cause", "").length() <= 1000, "bounded");
        }
    }

    @Test
    void runPageShowsText() throws Exception {
        AwsAction action = AwsAction.of(run);
        int step = 0;
        for (String url :
                List.of(SCRIPT, "https://console.example/?" + EVIL, "JavaScript:alert(1)", "//evil.example")) {
            for (Progress.State state : Progress.State.values()) {
                String token = "step" + step++;
                action.begin(token, EVIL, EVIL, EVIL, THEN);
                action.observed(token, progress(token, state, url), THEN);
            }
        }
        ApprovalRecord record = new ApprovalRecord(
                "Approval",
                new ApprovalRequest(Map.of("message", EVIL, "stage", EVIL, "what", LONG, "revision", EVIL)),
                new RunPolicy(new ApprovalPolicy(List.of(EVIL), 1, true, false, false), Set.of(EVIL), EVIL),
                new StageBackground(EVIL, EVIL, 1, THEN, Commits.of(List.of())),
                new ApprovedDelivery(
                        List.of(new Target(Target.Service.BEANSTALK, EVIL, EVIL, EVIL, EVIL)),
                        EVIL,
                        Map.of(EVIL, EVIL)),
                THEN,
                null);
        record.approvedBy(new ApprovalAnswer(EVIL, LONG, THEN));
        record.rejectedBy(new ApprovalAnswer(EVIL, EVIL, THEN));
        record.noticed(ApprovalNotice.failed(EVIL, LONG));
        ApprovalAction.of(run).add(record);
        StageOverrides.add(run, EVIL, EVIL, EVIL);
        for (String path : List.of("", "aws/", "aws/changes?view=page&since=0", "aws/changes?view=lines&since=0")) {
            assertShows(run.getUrl() + path, "<script id='markup'>");
        }
        page("job/web/");
        JSONObject json = json(run, "aws");
        for (Object each : json.getJSONArray("jobs")) {
            JSONObject job = (JSONObject) each;
            assertEquals(EVIL, job.getString("name"));
            assertTrue(job.getString("status").length() <= 1000, "bounded");
            assertTrue(job.getString("cause").length() <= 1000, "bounded");
            String url = job.optString("consoleUrl", "");
            assertTrue(url.isEmpty() || url.equals("null") || url.startsWith("https://"), url);
            assertBounded(job.getJSONArray("phases"));
        }
        run.save();
        jenkins.jenkins.getItemByFullName("web", FreeStyleProject.class).doReload();
        run = jenkins.jenkins.getItemByFullName("web", FreeStyleProject.class).getBuildByNumber(1);
        assertShows(run.getUrl() + "aws/", "<script id='markup'>");
    }

    private static void assertBounded(JSONArray phases) {
        for (Object each : phases) {
            JSONObject phase = (JSONObject) each;
            for (String text : List.of("name", "status", "message")) {
                assertTrue(phase.optString(text, "").length() <= 1000, text + " is bounded");
            }
            assertTrue(phase.optString("url", "").length() <= 2000, "the address is bounded");
            assertBounded(phase.getJSONArray("parts"));
        }
    }

    /** Jobs that were under way when Jenkins was ended by force, and what another version has written otherwise. */
    @Test
    void brokenRecordsAreShownAsFarAsTheyGo() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("broken");
        FreeStyleBuild broken = jenkins.buildAndAssertSuccess(job);
        String name = AwsAction.class.getPackageName();
        String record = name + ".JobRecord";
        AwsAction action = (AwsAction) Run.XSTREAM2.fromXML("<" + name + ".AwsAction><jobs><" + record + "/><" + record
                + "><step>a</step><service>CodeBuild</service><name>half way</name><number>2</number><begun>1</begun>"
                + "<state>RUNNING</state><status>IN_PROGRESS</status><phases><" + name + ".JobPhase/></phases>"
                + "<facts><" + name + ".JobFact/></facts></" + record + "><" + record
                + "><name>later</name><state>OF_A_LATER_VERSION</state></" + record + "></jobs></" + name
                + ".AwsAction>");
        broken.addAction(action);
        action.onLoad(broken);
        for (String path : List.of("", "aws/", "aws/changes?view=page&since=0", "aws/changes?view=lines&since=0")) {
            assertShows(broken.getUrl() + path, "half way");
            assertShows(broken.getUrl() + path, "later");
        }
        assertEquals(3, json(broken, "aws").getJSONArray("jobs").size());
        assertTrue(action.getJobs().stream().allMatch(JobRecord::isOver), "nobody watches them any more");
        assertTrue(action.getJobs().get(1).getEnded() > 0);
    }

    private static JSONObject json(Run<?, ?> of, String action) throws Exception {
        return jenkins.createWebClient()
                .getJSON(of.getUrl() + action + "/api/json?depth=5")
                .getJSONObject();
    }

    @Test
    void deploymentsOfAnotherVersionAreShownAsFarAsTheyGo() throws Exception {
        String place = "'token':'%s','service':'codeDeploy','region':'eu-west-1','application':'partial','target':'t',"
                + "'job':'web','number':7,'url':''";
        for (String rest : List.of(
                "",
                ",'verdict':'SUCCESS'",
                ",'verdict':'SUCCESS','started':5",
                ",'verdict':'RUNNING','ended':5",
                ",'verdict':'OF_A_LATER_VERSION','left':'SOMETHING'",
                ",'left':'NOTHING','startedBy':[null],'approvals':[]")) {
            String line = ("{" + place.formatted("p" + rest.length()) + rest + "}").replace('\'', '"');
            Deployments.get().started(((DeploymentLine.Told) DeploymentLine.parse(line)).deployment());
            for (String path : List.of("aws-deployments/", "aws-deployments/difference/")) {
                page(path);
            }
            assertShows("aws-deployments/history/?application=partial", "web #7");
        }
        for (String never : List.of("9223372036854775807", "-5")) {
            String line = ("{" + place.formatted("never") + ",'started':" + never + "}").replace('\'', '"');
            assertThrows(IllegalArgumentException.class, () -> DeploymentLine.parse(line), "no calendar has it");
        }
    }
}

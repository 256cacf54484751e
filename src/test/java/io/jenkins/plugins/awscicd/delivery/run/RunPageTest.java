package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord.State;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.net.URL;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the pages of a run show of its jobs at AWS, while they run and afterwards. */
@WithSharedJenkins
class RunPageTest extends CodeDeployRuns {

    private static final String BUILD = "codeBuild project: 'web'";

    private void buildThatTakes(int seconds) {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", seconds));
    }

    private static List<JobRecord> jobs(WorkflowRun run) {
        AwsAction action = run.getAction(AwsAction.class);
        return action == null ? List.of() : action.getJobs();
    }

    private static JobRecord only(WorkflowRun run) {
        assertEquals(1, jobs(run).size());
        return jobs(run).get(0);
    }

    private static HtmlPage page(WorkflowRun run) throws Exception {
        return client().getPage(run, "aws/");
    }

    private static JenkinsRule.WebClient client() {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        return client;
    }

    private static WebResponse get(String path) throws Exception {
        return client().loadWebResponse(new WebRequest(new URL(jenkins.getURL(), path)));
    }

    private static List<String> names(JobRecord job) {
        return job.getPhases().stream().map(JobPhase::getName).toList();
    }

    @Test
    void jobsSideBySideAreSeenWhileTheyRun() throws Exception {
        buildThatTakes(600);
        groupThatTakes(600);
        WorkflowRun run = start(job("parallel build: { " + BUILD + " }, deploy: { " + STEP + " }"));
        LocalAwsExtension.await(() -> jobs(run).size() == 2
                && jobs(run).stream()
                        .anyMatch(job -> job.getPhases().stream()
                                .anyMatch(phase -> phase.isRunning() && "BUILD".equals(phase.getName())))
                && jobs(run).stream().anyMatch(job -> "InProgress".equals(job.getStatus())));
        String text = page(run).asNormalizedText();
        assertTrue(text.contains("web #1 CodeBuild build"), text);
        assertTrue(text.contains("PROVISIONING"), text);
        assertTrue(text.contains("web to prod CodeDeploy deployment"), text);
        assertTrue(text.contains("0 of 1 succeeded, 1 in progress"), text);
        String line = client().getPage(run).asNormalizedText();
        assertTrue(line.contains("web to prod") && line.contains("InProgress") && line.contains("BUILD"), line);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(
                List.of(State.STOPPED, State.STOPPED),
                jobs(run).stream().map(JobRecord::getState).toList());
        text = page(run).asNormalizedText();
        assertTrue(text.contains("STOPPED") && text.contains("Stopped"), text);
        assertFalse(text.contains("running"), text);
    }

    @Test
    void pieceOfThePageOnlyIfSomethingHasChanged() throws Exception {
        buildThatTakes(600);
        WorkflowRun run = start(job(BUILD));
        LocalAwsExtension.await(() -> jobs(run).stream()
                .anyMatch(job -> job.getPhases().stream()
                        .anyMatch(phase -> phase.isRunning() && "BUILD".equals(phase.getName()))));
        DomElement list = page(run).querySelector(".awscicd-changes");
        assertEquals("true", list.getAttribute("data-live"));
        String path = run.getUrl() + "aws/changes?view=page&since=";
        WebResponse nothing = get(path + list.getAttribute("data-version"));
        assertEquals(204, nothing.getStatusCode());
        String piece = get(path + "0").getContentAsString();
        assertTrue(piece.contains("data-key=\"job-1\""), piece);
        assertFalse(piece.contains("<body"), piece);
        for (String view : List.of("page", "lines")) {
            String fresh =
                    get(run.getUrl() + "aws/changes?since=0&view=" + view).getContentAsString();
            assertTrue(fresh.contains("<svg") && !fresh.contains("<img"), fresh);
        }
        run.doStop();
        jenkins.waitForCompletion(run);
        piece = get(path + list.getAttribute("data-version")).getContentAsString();
        assertTrue(piece.contains("data-live=\"false\"") && piece.contains("STOPPED"), piece);
    }

    @Test
    void pageThatIsOpenedBeforeTheFirstStepIsToldOfIt() throws Exception {
        buildThatTakes(600);
        WorkflowRun run = start(job("input id: 'Wait', message: 'Now?'\n" + BUILD));
        jenkins.waitForMessage("Now?", run);
        HtmlPage early = client().getPage(run);
        DomElement live = early.querySelector(".awscicd-live");
        assertNotNull(live, "which its script hides until there is something");
        String changes = run.getUrl() + "aws/changes?view=lines&since=0";
        assertEquals(204, get(changes).getStatusCode());
        InputAction input = run.getAction(InputAction.class);
        assertNotNull(input);
        input.getExecution("Wait").proceed(Map.of());
        LocalAwsExtension.await(() -> !jobs(run).isEmpty());
        String piece = get(changes).getContentAsString();
        assertTrue(piece.contains("data-key=\"job-1\"") && piece.contains("data-live=\"true\""), piece);
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void pageOfARunThatDoesNothingAtAwsIsToldSoInTheEnd() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "echo 'hello'");
        assertNull(client().getPage(run).querySelector(".awscicd-live"));
        String end = get(run.getUrl() + "aws/changes?view=lines&since=0").getContentAsString();
        assertTrue(end.contains("data-live=\"false\""), end);
    }

    @Test
    void buildThatFailsTellsWhyAsText() throws Exception {
        String markup = "<script id='markup'>alert(1)</script>";
        local.aws().codeBuild().project(ProjectSpec.named("web").buildspec("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - echo "%s" && exit 3
                """.formatted(markup)));
        WorkflowRun run = run(Result.FAILURE, BUILD);
        JobRecord job = only(run);
        assertEquals(State.FAILED, job.getState());
        assertTrue(String.valueOf(job.getCause()).startsWith("BUILD failed: COMMAND_EXECUTION_ERROR"), job.getCause());
        assertTrue(job.getPhases().stream().anyMatch(it -> it.isFailed() && "BUILD".equals(it.getName())));
        for (String path : List.of("", "aws/")) {
            HtmlPage page = client().getPage(run, path);
            assertTrue(page.asNormalizedText().contains(markup), page.asNormalizedText());
            assertNull(page.getElementById("markup"), path);
        }
    }

    @Test
    void restApiTellsTheSame() throws Exception {
        local.aws().s3().createBucket("artifacts", false);
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web")
                        .artifacts("artifacts", "web.zip")
                        .buildspec("""
                version: 0.2
                phases: {build: {commands: ['echo app > app.txt']}}
                artifacts: {files: ['**/*']}
                """));
        local.aws().codeDeploy().group(group());
        WorkflowRun run = run(Result.SUCCESS, BUILD + "\n" + STEP);
        JSONObject action = client().getJSON(run.getUrl() + "aws/api/json").getJSONObject();
        JSONObject build = action.getJSONArray("jobs").getJSONObject(0);
        assertEquals("CodeBuild", build.getString("service"));
        assertEquals("SUCCEEDED", build.getString("state"));
        assertTrue(build.getString("consoleUrl").startsWith("https://eu-west-1.console.aws.amazon.com/"));
        assertEquals("SUBMITTED", build.getJSONArray("phases").getJSONObject(0).getString("name"));
        assertTrue(build.getJSONArray("phases").getJSONObject(0).getLong("duration") >= 0);
        assertTrue(build.getJSONArray("facts").toString().contains("s3://artifacts/web.zip"), build.toString());
        JSONObject deployment = action.getJSONArray("jobs").getJSONObject(1);
        assertEquals("web to prod", deployment.getString("name"));
        assertEquals("Succeeded", deployment.getString("status"));
        assertTrue(deployment.getJSONArray("facts").toString().contains("s3://artifacts/web.zip"));
        assertTrue(jobs(run).get(1).getPhases().stream().noneMatch(JobPhase::isRunning), "all is over");
        HtmlPage page = page(run);
        assertEquals("false", page.<DomElement>querySelector(".awscicd-changes").getAttribute("data-live"));
        assertNotNull(page.getElementById("job-2"));
    }

    @Test
    void rollbackIsAJobOfItsOwn() throws Exception {
        GroupSpec group = group().autoRollback("DEPLOYMENT_FAILURE");
        local.aws().codeDeploy().group(group);
        run(Result.SUCCESS, STEP);
        group.simulation().failOnce("ValidateService", NO_PORT);
        WorkflowRun run = run(Result.FAILURE, STEP);
        assertEquals(2, jobs(run).size());
        JobRecord first = jobs(run).get(0);
        assertEquals(State.FAILED, first.getState());
        assertTrue(String.valueOf(first.getCause()).contains("ValidateService"), first.getCause());
        JobRecord rollback = jobs(run).get(1);
        assertEquals(State.SUCCEEDED, rollback.getState());
        assertEquals(
                rollback.getId(),
                local.aws().codeDeploy().deployment(first.getId()).rollbackDeploymentId());
    }

    @Test
    void jobThatCannotBeStartedTellsWhy() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'none'");
        JobRecord job = only(run);
        assertEquals(State.FAILED, job.getState());
        assertEquals("none", job.getName());
        assertNull(job.getId());
        assertTrue(String.valueOf(job.getCause()).contains("none"), job.getCause());
        assertTrue(page(run).asNormalizedText().contains("none CodeBuild build"));
    }

    @Test
    void jobThatIsLeftRunningSaysSo() throws Exception {
        groupThatTakes(600);
        WorkflowRun run = run(Result.SUCCESS, STEP + ", wait: false");
        JobRecord job = only(run);
        assertEquals(State.LEFT, job.getState());
        assertTrue(
                new ShownJob(job).getStateInWords().endsWith(", no longer watched"),
                new ShownJob(job).getStateInWords());
    }

    @Test
    void manyTargetsAreKeptAsNumbers() throws Exception {
        GroupSpec group = group();
        group.instances(500);
        local.aws().codeDeploy().group(group);
        WorkflowRun run = run(Result.SUCCESS, STEP);
        assertTrue(page(run).asNormalizedText().contains("500 of 500 succeeded"));
        String kept = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        int from = kept.indexOf("<io.jenkins.plugins.awscicd.delivery.run.AwsAction");
        int to = kept.indexOf("</io.jenkins.plugins.awscicd.delivery.run.AwsAction>");
        assertTrue(to > from && to - from < 400, kept);
        assertEquals(names(only(run)).stream().distinct().toList(), names(only(run)));
    }

    @Test
    void onlyWhoMaySeeTheRunSeesThis() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'none'");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "reader")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
        try {
            for (String path : List.of("aws/", "aws/changes?since=0", "aws/api/json", "approvals/")) {
                JenkinsRule.WebClient client = client().withThrowExceptionOnFailingStatusCode(false);
                client.login("stranger");
                WebRequest request = new WebRequest(new URL(jenkins.getURL(), run.getUrl() + path));
                assertEquals(404, client.loadWebResponse(request).getStatusCode(), path);
                if (!path.startsWith("approvals")) {
                    client.login("reader");
                    assertEquals(200, client.loadWebResponse(request).getStatusCode(), path);
                }
            }
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(new AuthorizationStrategy.Unsecured());
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
    }
}

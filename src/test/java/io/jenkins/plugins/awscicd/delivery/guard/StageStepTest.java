package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FolderStages;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Told;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code stage} on steps, and what guards stages, whoever tries to go round it. */
@WithSharedJenkins
class StageStepTest extends CodeDeployRuns {

    private static final String ALWAYS = "daily 00:00-24:00 UTC";
    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";

    private GroupSpec prod;

    @BeforeEach
    void groups() {
        prod = group();
        local.aws().codeDeploy().group(prod);
        GroupSpec dev = GroupSpec.simulated("web", "dev");
        dev.simulation().events(Duration.ofMillis(50));
        local.aws().codeDeploy().group(dev);
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    static Stage stage(String name, String group, Consumer<StageGuards> guards) {
        Stage stage = new Stage(name);
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup(group);
        stage.setDefaults(defaults);
        StageGuards guarded = new StageGuards();
        guards.accept(guarded);
        stage.setGuards(guarded);
        return stage;
    }

    private static void stages(Stage... stages) {
        AwsCicdConfiguration.get().setStages(List.of(stages));
    }

    private static void prod(Consumer<StageGuards> guards) {
        stages(stage("dev", "dev", none -> {}), stage("prod", "prod", guards));
    }

    private void assertNothingDeployed() {
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void stageSaysWhereToAndWho() throws Exception {
        Stage prod = stage("prod", "prod", none -> {});
        StageAccess access = new StageAccess();
        access.setRegion("eu-west-1");
        AwsCicdConfiguration.get().setRegion("us-east-1");
        prod.setAccess(access);
        stages(prod);
        WorkflowRun run = run(Result.SUCCESS, TO_PROD);
        assertInOrder(run, "Deploying web to prod");
        Deployment known = Deployments.get().latestSuccess("prod", "web").orElseThrow();
        assertEquals("eu-west-1", known.region());
        jenkins.assertLogNotContains("us-east-1", run);
    }

    @Test
    void theFirstLineNamesTheStage() throws Exception {
        prod(none -> {});
        WorkflowRun run = run(Result.SUCCESS, TO_PROD);
        jenkins.assertLogContains("[CodeDeploy] Stage prod: Deploying web to prod", run);
        assertEquals(
                1,
                run.getLog(1000).stream()
                        .filter(line -> line.contains("Stage prod: "))
                        .count());
    }

    @Test
    void unknownStageIsSaidWithThoseThereAre() throws Exception {
        prod(none -> {});
        WorkflowRun run = run(Result.FAILURE, TO_PROD.replace("'prod'", "'prdo'"));
        jenkins.assertLogContains("codeDeploy stage: there is no stage 'prdo' here; use one of dev, prod", run);
        jenkins.assertLogNotContains("it existed", run);
        WorkflowRun both =
                run(Result.FAILURE, "codeDeploy stage: 'prdo', revision: 's3://artifacts/web.zip', whenBusy: 'never'");
        jenkins.assertLogContains("codeDeploy stage: there is no stage 'prdo' here", both);
        jenkins.assertLogContains("codeDeploy whenBusy: 'never' is not known", both);
        jenkins.assertLogNotContains("deploymentGroup: name", both); // the stage would have said it
        stages();
        jenkins.assertLogContains("because no stages are configured", run(Result.FAILURE, TO_PROD));
        assertNothingDeployed();
    }

    @Test
    void aStageThatIsGoneIsSaidToBeSo() throws Exception {
        prod(none -> {});
        WorkflowJob job = job(TO_PROD);
        jenkins.buildAndAssertSuccess(job);
        GoneStages monitor = ExtensionList.lookupSingleton(GoneStages.class);
        assertFalse(monitor.isActivated());

        stages(stage("dev", "dev", none -> {}), stage("live", "prod", none -> {}));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(
                "there is no stage 'prod' here; use one of dev, live (it existed when this job last used it: #1 at",
                run);
        jenkins.assertLogNotContains("it was there", run(Result.FAILURE, TO_PROD)); // another job
        assertTrue(monitor.isActivated());
        String page = jenkins.createWebClient().goTo("manage/").asNormalizedText();
        assertTrue(page.contains("Stage prod no longer exists") && page.contains(job.getFullName() + " #1"), page);

        job.setDefinition(new CpsFlowDefinition(TO_PROD.replace("'prod'", "'live'"), true));
        jenkins.buildAndAssertSuccess(job);
        assertFalse(monitor.isActivated(), "the job goes with the new name");
    }

    /** As if many jobs had deployed to many places of a stage before all stages were removed. */
    @Test
    void stagesThatAreGoneAreSaidOnceEach() throws Exception {
        Instant now = Instant.now();
        WorkflowJob job = job("echo 'hello'");
        WorkflowJob other = job("echo 'hello'");
        for (int i = 0; i < 30; i++) {
            for (WorkflowJob deploying : List.of(job, other)) {
                Deployment told = Told.deployment(
                        "gone" + deploying.getName() + i,
                        "uat",
                        deploying.getName() + i,
                        deploying.getFullName(),
                        i + 1);
                Deployments.get()
                        .started(told.but()
                                .commit(null)
                                .started(now)
                                .approvals(List.of())
                                .consoleUrl(null)
                                .build());
            }
        }
        GoneStages monitor = ExtensionList.lookupSingleton(GoneStages.class);
        List<GoneStages.Gone> gone = monitor.getGone().stream()
                .filter(it -> it.stage().equals("uat"))
                .toList();
        assertEquals(1, gone.size());
        assertEquals(2, gone.get(0).runs().size(), gone.toString());
        assertTrue(gone.get(0).runs().contains(other.getFullName() + " #30"), gone.toString());
        job.delete();
        other.delete();
        assertTrue(monitor.getGone().stream().noneMatch(it -> it.stage().equals("uat")), "what is deleted is not said");
    }

    @Test
    void whatTheGuardsLetThroughIsNoOverride() throws Exception {
        prod(guards -> guards.setJobs("*"));
        WorkflowRun run = start(job("input id: 'Wait', message: 'Now?'\n" + TO_PROD));
        jenkins.waitForMessage("Now?", run);
        post(run, "stage-override/override", "stage", "prod", "reason", "just in case");
        post(run, "input/Wait/proceedEmpty");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogNotContains("just in case", run);
        assertNull(Deployments.get().latest("prod", "web").orElseThrow().override());
    }

    @Test
    void refusedIsAStateOfItsOwnAndEachReasonALine() throws Exception {
        prod(guards -> {
            guards.setClosedHours(ALWAYS);
            guards.setJobs("nowhere");
        });
        WorkflowRun run = run(Result.FAILURE, TO_PROD);
        AwsAction action = run.getAction(AwsAction.class);
        JobRecord job = action.getJobs().get(0);
        assertEquals(JobRecord.State.REFUSED, job.getState());
        assertEquals(JobRecord.State.REFUSED, action.getVerdict());
        String cause = String.valueOf(job.getCause());
        assertEquals(2, cause.lines().count(), cause);
        String page = jenkins.createWebClient().getPage(run, "aws/").asNormalizedText();
        assertTrue(page.contains("Refused"), page);
        assertFalse(page.contains("Failed"), page);
    }

    @Test
    void guardedStageSaysWhoStepsAre() throws Exception {
        prod(guards -> guards.setJobs("**"));
        WorkflowRun run = run(Result.FAILURE, TO_PROD + ", region: 'us-east-1'");
        jenkins.assertLogContains("codeDeploy region: cannot be combined with stage: 'prod'", run);
        assertNothingDeployed();
    }

    @Test
    void guardedTargetIsNotDeployedToWithoutTheStage() throws Exception {
        prod(guards -> guards.setJobs("**"));
        String belongs = "deployment group prod of web belongs to stage prod: add stage: 'prod' to the step";
        jenkins.assertLogContains(belongs, run(Result.FAILURE, STEP));
        jenkins.assertLogContains(belongs, run(Result.FAILURE, STEP + ", stage: 'dev'"));
        jenkins.assertLogContains(
                belongs.replace("prod of web", "PROD of web"), run(Result.FAILURE, STEP.replace("'prod'", "'PROD'")));
        assertNothingDeployed();
        run(Result.SUCCESS, TO_PROD);
    }

    @Test
    void declarativeAndReplayAreNoWayRound() throws Exception {
        prod(guards -> guards.setClosedHours(ALWAYS));
        String declarative = "pipeline { agent none; stages { stage('prod') { steps { %s } } } }";
        WorkflowRun run = run(Result.FAILURE, declarative.formatted(TO_PROD));
        jenkins.assertLogContains("stage prod: closed: " + ALWAYS, run);
        ReplayAction replay = run.getAction(ReplayAction.class);
        assertNotNull(replay);
        WorkflowRun replayed = (WorkflowRun) replay.run2(declarative.formatted(STEP), java.util.Map.of())
                .getFuture()
                .get();
        jenkins.assertBuildStatus(Result.FAILURE, replayed);
        jenkins.assertLogContains("belongs to stage prod", replayed);
        assertNothingDeployed();
    }

    @Test
    void onlyWhatTheStageBeforeHasHad() throws Exception {
        local.aws().s3().createBucket("artifacts", true).put("artifacts", "web.zip", new byte[] {1});
        prod(guards -> guards.setAfter("dev"));
        WorkflowRun run = run(Result.FAILURE, TO_PROD);
        jenkins.assertLogContains(
                "stage prod: revision s3://artifacts/web.zip has not been deployed to stage dev successfully;"
                        + " deploy it there first",
                run);
        run(Result.SUCCESS, TO_PROD.replace("'prod'", "'dev'"));
        run(Result.FAILURE, TO_PROD.replace("web.zip", "other.zip"));
        run(Result.SUCCESS, TO_PROD);
    }

    @Test
    void branchesAndJobs() throws Exception {
        prod(guards -> {
            guards.setJobs("shop/**");
            guards.setBranches("main");
        });
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "main");
        job.setDefinition(new CpsFlowDefinition(TO_PROD, true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("stage prod: job main may not deploy here, only shop/**", run);
        jenkins.assertLogContains("only branches main of multibranch projects may deploy here", run);
        job.delete();
        assertNothingDeployed();
    }

    @Test
    void administratorLetsOneRunPass() throws Exception {
        prod(guards -> guards.setClosedHours(ALWAYS));
        WorkflowRun run = start(job("input id: 'Wait', message: 'Now?'\n" + TO_PROD));
        jenkins.waitForMessage("Now?", run);
        post(run, "stage-override/override", "stage", "prod", "reason", "the site is down");
        post(run, "input/Wait/proceedEmpty");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains(" overrode the guards of stage prod: ", run);
        jenkins.assertLogContains(": the site is down", run);
        String kept = Deployments.get().latest("prod", "web").orElseThrow().override();
        assertTrue(kept != null && kept.endsWith(" overrode the guards of stage prod: the site is down"), kept);
        assertEquals(kept.indexOf("overrode"), kept.lastIndexOf("overrode"), "once");
        assertTrue(
                jenkins.createWebClient().getPage(run).asNormalizedText().contains("the site is down"), "on its page");
        run(Result.FAILURE, TO_PROD);
    }

    private static void post(WorkflowRun run, String path, String... parameters) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        WebRequest request = new WebRequest(
                URI.create(jenkins.getURL() + run.getUrl() + path).toURL(), HttpMethod.POST);
        client.addCrumb(request);
        List<NameValuePair> all = new ArrayList<>(request.getRequestParameters());
        for (int i = 0; i < parameters.length; i += 2) {
            all.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(all);
        client.getPage(request);
    }

    @Test
    void foldersSayMoreAndLoosenNothing() throws Exception {
        prod(guards -> guards.setClosedHours(ALWAYS));
        Folder folder = jenkins.createProject(Folder.class);
        FolderStages property = new FolderStages();
        property.setStages(List.of(stage("prod", "prod", more -> more.setJobs("nowhere")), new Stage("sandbox")));
        folder.addProperty(property);
        WorkflowJob job = folder.createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition(TO_PROD, true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("closed: ", run);
        jenkins.assertLogContains("only nowhere", run);
        job.setDefinition(new CpsFlowDefinition(STEP + ", stage: 'sandbox'", true));
        jenkins.assertLogContains("belongs to stage prod", jenkins.buildAndAssertStatus(Result.FAILURE, job));

        prod(guards -> {
            guards.setClosedHours(ALWAYS);
            guards.setFoldersMayRelax(true);
        });
        property.setStages(List.of(stage("prod", "prod", none -> {})));
        job.setDefinition(new CpsFlowDefinition(TO_PROD, true));
        jenkins.buildAndAssertSuccess(job);
        run(Result.FAILURE, TO_PROD);
        Folder copy = jenkins.configRoundtrip(folder);
        assertEquals(1, copy.getProperties().get(FolderStages.class).getStages().size());
    }

    @Test
    void goesOnWithWhatWasResolved() throws Exception {
        prod.simulation().event("Install", Duration.ofSeconds(3));
        prod(guards -> guards.setJobs("**"));
        WorkflowRun run = start(job(TO_PROD));
        jenkins.waitForMessage("Deploying web to prod", run);
        stages();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertTrue(Deployments.get().latestSuccess("prod", "web").isPresent());
    }
}

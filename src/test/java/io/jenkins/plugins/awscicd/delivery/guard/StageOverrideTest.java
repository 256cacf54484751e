package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.htmlunit.HttpMethod;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Only an administrator lets a run pass, with a reason, that run and that stage alone. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StageOverrideTest {

    private static final String DEPLOY = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";
    private static final String WAIT = "input id: 'Wait', message: 'Now?'\n";

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private Approvers people;

    private int override(HttpMethod method, String user, WorkflowRun run, String stage, String reason)
            throws Exception {
        return people.send(
                        method,
                        user,
                        run.getUrl() + "stage-override/override",
                        new NameValuePair("stage", stage),
                        new NameValuePair("reason", reason))
                .getStatusCode();
    }

    @Test
    void onlyAnAdministratorWithAReasonForThisRunAndStage(JenkinsRule jenkins) throws Exception {
        local.configure();
        for (String name : List.of("prod", "live")) {
            GroupSpec group = GroupSpec.simulated("web", name);
            group.simulation().events(Duration.ofMillis(50));
            local.aws().codeDeploy().group(group);
        }
        AwsCicdConfiguration.get()
                .setStages(List.of(
                        StageStepTest.stage("prod", "prod", guards -> guards.setJobs("nowhere")),
                        StageStepTest.stage("live", "live", guards -> guards.setJobs("nowhere")),
                        StageStepTest.stage("open", "open", none -> {})));
        people = Approvers.in(jenkins);
        WorkflowRun run = people.start(
                people.job("delivery", WAIT + DEPLOY + "\n" + DEPLOY + "\n" + DEPLOY.replace("'prod'", "'live'")));
        jenkins.waitForMessage("Now?", run);

        for (String user : List.of(Approvers.STARTER, Approvers.ALICE, Approvers.READER)) {
            assertEquals(403, override(HttpMethod.POST, user, run, "prod", "please"), user);
        }
        assertEquals(404, override(HttpMethod.GET, Approvers.ADMIN, run, "prod", "please"));
        String page = jenkins.createWebClient()
                .login(Approvers.ADMIN)
                .getPage(run, "stage-override/")
                .asNormalizedText();
        assertTrue(page.contains("Override stage guards"), page);
        assertTrue(page.contains("job delivery may not deploy here, only nowhere"), page);
        assertEquals(400, override(HttpMethod.POST, Approvers.ADMIN, run, "prod", "  "));
        assertEquals(400, override(HttpMethod.POST, Approvers.ADMIN, run, "open", "not guarded"));
        assertEquals(400, override(HttpMethod.POST, Approvers.ADMIN, run, "none", "not there"));
        assertEquals(302, override(HttpMethod.POST, Approvers.ADMIN, run, "prod", "down\nFAKE #2: it is not"));

        people.call(Approvers.ADMIN, run, "proceedEmpty");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains(Approvers.ADMIN + " overrode the guards of stage prod: down FAKE #2: it is not", run);
        jenkins.assertLogContains("stage live: job delivery may not deploy here", run);
        assertEquals(2, local.aws().codeDeploy().deployments().size(), "as often as the run likes");
        String kept = Deployments.get().latest("prod", "web").orElseThrow().override();
        assertTrue(kept != null && kept.contains(Approvers.ADMIN), kept);
        assertEquals(400, override(HttpMethod.POST, Approvers.ADMIN, run, "live", "too late"));

        ReplayAction replay = run.getAction(ReplayAction.class);
        assertNotNull(replay);
        WorkflowRun replayed =
                (WorkflowRun) replay.run2(DEPLOY, Map.of()).getFuture().get();
        jenkins.assertBuildStatus(Result.FAILURE, replayed);
        WorkflowRun next = people.start(people.job("next", DEPLOY));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(next));
        assertEquals(2, local.aws().codeDeploy().deployments().size());
        assertFalse(replayed.getAllActions().toString().contains("StageOverrides@"), "no override of its own");
    }

    /** Who has passed over the guards is remembered, and not that somebody has approved something else in the run. */
    @Test
    void nobodyHasApprovedWhatWasOnlyOverridden(JenkinsRule jenkins) throws Exception {
        local.configure();
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        local.aws().codeDeploy().group(group);
        AwsCicdConfiguration.get()
                .setStages(
                        List.of(StageStepTest.stage("prod", "prod", guards -> guards.setApprovers(Approvers.ALICE))));
        people = Approvers.in(jenkins);
        WorkflowRun run =
                people.asking(people.start(people.job("docs", "awsApproval 'Are the docs fine?'\n" + DEPLOY)), 1);
        assertEquals(302, override(HttpMethod.POST, Approvers.ADMIN, run, "prod", "down"));
        people.approve(Approvers.BOB, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(
                List.of(), Deployments.get().latest("prod", "web").orElseThrow().approvals());
    }

    /** What nobody has to approve is not looked up: AWS may be the very reason for passing over the guards. */
    @Test
    void whatIsPassedOverIsNotRead(JenkinsRule jenkins) throws Exception {
        local.configure();
        local.aws().codeBuild().project(ProjectSpec.simulated("release").variable("SIMULATED_SECONDS", 0));
        AwsCicdConfiguration.get()
                .setStages(
                        List.of(StageStepTest.stage("prod", "prod", guards -> guards.setApprovers(Approvers.ALICE))));
        people = Approvers.in(jenkins);
        WorkflowRun run = people.start(
                people.job(
                        "release",
                        WAIT
                                + "codeBuild stage: 'prod', project: 'release', sourceType: 'NO_SOURCE', buildspec: 'version: 0.2'"));
        jenkins.waitForMessage("Now?", run);
        assertEquals(302, override(HttpMethod.POST, Approvers.ADMIN, run, "prod", "AWS is down"));
        people.call(Approvers.ADMIN, run, "proceedEmpty");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains(Approvers.ADMIN + " overrode the guards of stage prod: AWS is down", run);
        assertEquals(0, local.aws().calls().count("CodeBuild.BatchGetProjects"));
    }
}

package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FakeChangeLogSCM;

/** Where a run comes from: what its script is, who is behind it, and whom a stage's guards name. */
@WithSharedJenkins
class StageOriginTest extends CodeDeployRuns {

    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";
    private static final String ASK =
            "awsApproval stage: 'prod', message: 'Ship it?', revision: 's3://artifacts/web.zip'\n";

    /** A build holds them weakly, and this SCM cannot be asked twice. */
    private final List<Object> changes = new ArrayList<>();

    @BeforeEach
    void bundle() {
        local.aws().s3().createBucket("artifacts", true).put("artifacts", "web.zip", new byte[] {1});
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void prod(Consumer<StageGuards> guards) {
        AwsCicdConfiguration.get().setStages(List.of(StageStepTest.stage("prod", "prod", guards)));
    }

    private static WorkflowRun replay(WorkflowRun run, String script) throws Exception {
        ReplayAction replay = run.getAction(ReplayAction.class);
        WorkflowRun again = (WorkflowRun)
                replay.run(script, replay.getOriginalLoadedScripts()).get();
        return jenkins.waitForCompletion(again);
    }

    @Test
    void aReplayWithAnotherScriptIsNotItsJob() throws Exception {
        local.aws().codeDeploy().group(group());
        prod(guards -> guards.setJobs("**"));
        WorkflowJob job = job("echo 'tests'");
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        WorkflowRun replayed = jenkins.assertBuildStatus(Result.FAILURE, replay(first, TO_PROD));
        jenkins.assertLogContains("stage prod: this run is a replay with a changed script", replayed);
        WorkflowRun twice = jenkins.assertBuildStatus(Result.FAILURE, replay(replayed, TO_PROD));
        jenkins.assertLogContains("stage prod: this run is a replay with a changed script", twice);
        assertEquals(List.of(), local.aws().codeDeploy().deployments());

        prod(guards -> {
            guards.setJobs("**");
            guards.setAllowReplay(true);
        });
        jenkins.assertBuildStatusSuccess(replay(first, TO_PROD));
        prod(guards -> {});
        jenkins.assertBuildStatusSuccess(replay(first, TO_PROD));
    }

    @Test
    void aRebuildWithTheSameScriptIsItsJob() throws Exception {
        local.aws().codeDeploy().group(group());
        prod(guards -> guards.setJobs("**"));
        WorkflowRun first = jenkins.buildAndAssertSuccess(job(TO_PROD));
        jenkins.assertBuildStatusSuccess(replay(first, TO_PROD));
    }

    @Test
    void commasAloneNameNobodyAndAreRefused() {
        for (Consumer<StageGuards> guards : List.<Consumer<StageGuards>>of(
                it -> it.setApprovers(" , "),
                it -> it.setBranches(","),
                it -> it.setJobs(",,"),
                it -> it.setTargets("\n,"))) {
            String refusal = assertThrows(IllegalArgumentException.class, () -> prod(guards))
                    .getMessage();
            assertTrue(refusal.contains("names nothing"), refusal);
        }
    }

    /** An earlier version took commas, and has them on disk. */
    @Test
    void commasThatWereKeptCloseTheStage() throws Exception {
        local.aws().codeDeploy().group(group());
        for (String field : List.of("approvers", "jobs", "branches")) {
            prod(guards -> guards.setApprovers("alice"));
            StageGuards kept = AwsCicdConfiguration.get().getStages().get(0).getGuards();
            kept.setApprovers(null);
            Field itself = StageGuards.class.getDeclaredField(field);
            itself.setAccessible(true);
            itself.set(kept, ",");
            run(Result.FAILURE, TO_PROD);
        }
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void approversWhomNobodyKnowsAreWarnedOf() throws Exception {
        Approvers.in(jenkins);
        StageGuards.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(StageGuards.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckApprovers(null, "alice, authenticated").kind);
        FormValidation typo = form.doCheckApprovers(null, "alice, alcie");
        assertEquals(FormValidation.Kind.WARNING, typo.kind);
        assertTrue(typo.getMessage().contains("alcie"), typo.getMessage());
        assertEquals(FormValidation.Kind.ERROR, form.doCheckApprovers(null, ",").kind);
    }

    private static void fourEyes(boolean oneMore) {
        prod(guards -> {
            guards.setApprovers("alice, bob, carol");
            guards.setForbidSelfApproval(true);
            guards.setOneMoreIfNobodyStarted(oneMore);
        });
    }

    /** A run that a build started which somebody's commits have started. */
    private WorkflowRun pushedBy(Approvers people, String script, String... authors) throws Exception {
        FreeStyleProject upstream = jenkins.createFreeStyleProject();
        if (authors.length > 0) {
            FakeChangeLogSCM scm = new FakeChangeLogSCM();
            for (String author : authors) {
                scm.addChange().withAuthor(author).withMsg("a change");
            }
            upstream.setScm(scm);
        }
        FreeStyleBuild build = upstream.scheduleBuild2(0).get();
        changes.add(build.getChangeSets());
        WorkflowRun run = job(script)
                .scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(build)))
                .waitForStart();
        return people.asking(run, 1);
    }

    @Test
    void whoCommittedWhatIsNewIsNoApproverOfARunThatNobodyStarted() throws Exception {
        Approvers people = Approvers.in(jenkins);
        local.aws().codeDeploy().group(group());
        fourEyes(false);
        WorkflowRun run = pushedBy(people, ASK + TO_PROD, Approvers.ALICE);
        assertTrue(
                Approvers.onlyRecord(run)
                        .getPolicy()
                        .contains("nobody started this run, so not by those who committed its changes (alice)"),
                Approvers.onlyRecord(run).getPolicy());
        people.approve(Approvers.ALICE, run, null);
        assertEquals(0, Approvers.onlyRecord(run).getApprovals().size());
        people.approve(Approvers.BOB, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void whereCommittersAreNotKnownItTakesOneApprovalMore() throws Exception {
        Approvers people = Approvers.in(jenkins);
        local.aws().codeDeploy().group(group());
        fourEyes(false);
        for (String[] authors : List.of(new String[0], new String[] {Approvers.ALICE, "stranger"})) {
            int before = local.aws().codeDeploy().deployments().size();
            WorkflowRun run = pushedBy(people, ASK + TO_PROD, authors);
            assertEquals(2, Approvers.onlyRecord(run).getWanted());
            people.approve(Approvers.BOB, run, null);
            people.asking(run, 1);
            assertEquals(before, local.aws().codeDeploy().deployments().size());
            people.approve(Approvers.CAROL, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        }
    }

    /** Whoever started a run may delete it, and what is between the two, and be nobody then. */
    @Test
    void whereARunThatLedToThisOneIsGoneItTakesOneApprovalMore() throws Exception {
        Approvers people = Approvers.in(jenkins);
        local.aws().codeDeploy().group(group());
        fourEyes(false);
        FreeStyleProject first = jenkins.createFreeStyleProject();
        Run<?, ?> before =
                first.scheduleBuild2(0, new Cause.UserIdCause(Approvers.ALICE)).get();
        FreeStyleProject between = jenkins.createFreeStyleProject();
        FakeChangeLogSCM scm = new FakeChangeLogSCM();
        scm.addChange().withAuthor(Approvers.CAROL).withMsg("a change");
        between.setScm(scm);
        for (int i = 0; i < 14; i++) {
            Run<?, ?> next =
                    between.scheduleBuild2(0, new Cause.UpstreamCause(before)).get();
            changes.add(((FreeStyleBuild) next).getChangeSets());
            before.delete();
            before = next;
        }
        WorkflowRun run = job(ASK + TO_PROD)
                .scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(before)))
                .waitForStart();
        people.asking(run, 1);
        assertEquals(2, Approvers.onlyRecord(run).getWanted());
        people.approve(Approvers.ALICE, run, null);
        people.asking(run, 1);
        people.approve(Approvers.BOB, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void aStageMayAlwaysTakeOneMoreForRunsThatNobodyStarted() throws Exception {
        Approvers people = Approvers.in(jenkins);
        local.aws().codeDeploy().group(group());
        fourEyes(true);
        WorkflowRun run = pushedBy(people, ASK + TO_PROD, Approvers.ALICE);
        assertEquals(2, Approvers.onlyRecord(run).getWanted());
        people.approve(Approvers.BOB, run, null);
        people.asking(run, 1);
        people.approve(Approvers.CAROL, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }
}

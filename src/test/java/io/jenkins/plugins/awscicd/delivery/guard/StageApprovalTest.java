package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FolderStages;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Approvals count by the stage's policy, for the very revision, in the very run. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class StageApprovalTest {

    private static final String REVISION = "s3://artifacts/web.zip";
    private static final String DEPLOY = "\ncodeDeploy stage: 'prod', revision: '" + REVISION + "'";
    private static final String ASK = "awsApproval stage: 'prod', message: 'Ship it?', revision: '" + REVISION + "'";

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    private Approvers people(JenkinsRule jenkins) throws Exception {
        local.configure();
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        local.aws().codeDeploy().group(group);
        local.aws().s3().createBucket("artifacts", true);
        for (String key : List.of("web.zip", "other.zip")) {
            local.aws().s3().put("artifacts", key, key.getBytes(StandardCharsets.UTF_8));
        }
        AwsCicdConfiguration.get().setStages(List.of(StageStepTest.stage("prod", "prod", guards -> {
            guards.setApprovers(Approvers.ALICE + ", " + Approvers.BOB + ", " + Approvers.STARTER);
            guards.setApprovals("2");
            guards.setForbidSelfApproval(true);
        })));
        return Approvers.in(jenkins);
    }

    @Test
    void twoOthersApproveTheVeryRevisionAlsoOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            Approvers people = people(jenkins);
            WorkflowRun run = people.asking(ASK + DEPLOY);
            people.approve(Approvers.CAROL, run, null);
            people.approve(Approvers.STARTER, run, null);
            assertEquals(0, Approvers.onlyRecord(run).getApprovals().size());
            people.approve(Approvers.ALICE, run, null);
        });
        sessions.last(jenkins -> {
            Approvers people = Approvers.again(jenkins);
            WorkflowRun run = (WorkflowRun) jenkins.jenkins
                    .getItemByFullName("delivery", WorkflowJob.class)
                    .getBuildByNumber(1);
            people.asking(run, 1);
            people.approve(Approvers.BOB, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
        assertEquals(1, local.aws().codeDeploy().deployments().size());
    }

    @Test
    void nothingElseCounts() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            WorkflowRun none = people.start(people.job("none", DEPLOY));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(none));
            jenkins.assertLogContains(
                    "stage prod: requires 2 approvals by alice, bob, starter; not by whoever started", none);
            jenkins.assertLogContains("awsApproval stage: 'prod', revision: '" + REVISION + "'", none);

            WorkflowRun other = people.asking(ASK.replace("web.zip", "other.zip") + DEPLOY);
            people.approve(Approvers.ALICE, other, null);
            people.asking(other, 1);
            people.approve(Approvers.BOB, other, null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(other));
            jenkins.assertLogContains("a different revision was approved: s3://artifacts/other.zip", other);

            WorkflowRun looser = people.start(people.job("looser", ASK + ", approvers: 'carol'" + DEPLOY));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(looser));
            jenkins.assertLogContains("awsApproval approvers: carol cannot approve for stage prod", looser);
        });
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    private static Stage prod(Consumer<StageGuards> guards) {
        return StageStepTest.stage("prod", "prod", guards);
    }

    private static void stages(Stage... stages) {
        AwsCicdConfiguration.get().setStages(List.of(stages));
    }

    private void refused(JenkinsRule jenkins, WorkflowRun run, String message) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains(message, run);
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void approvalsOfElsewhereAndOfBeforeDoNotCount() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            String missing = "stage prod: requires 1 approval by alice; it has 0";
            stages(
                    prod(guards -> guards.setApprovers(Approvers.ALICE)),
                    StageStepTest.stage("test", "test", guards -> guards.setApprovers(Approvers.ALICE)));

            WorkflowRun other =
                    people.asking(people.start(people.job("other", ASK.replace("'prod'", "'test'") + DEPLOY)), 1);
            people.approve(Approvers.ALICE, other, null);
            refused(jenkins, other, missing);

            WorkflowJob twice =
                    people.job("twice", "if (currentBuild.number == 1) { " + ASK + " } else {" + DEPLOY + " }");
            WorkflowRun first = people.asking(people.start(twice), 1);
            people.approve(Approvers.ALICE, first, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
            refused(jenkins, people.start(twice), missing);

            String wait = "\ninput id: 'Wait', message: 'Now?'";
            WorkflowRun stricter = people.asking(people.start(people.job("stricter", ASK + wait + DEPLOY)), 1);
            people.approve(Approvers.ALICE, stricter, null);
            jenkins.waitForMessage("Now?", stricter);
            stages(prod(guards -> {
                guards.setApprovers(Approvers.ALICE + ", " + Approvers.BOB);
                guards.setApprovals("2");
            }));
            people.call(Approvers.ADMIN, stricter, "proceedEmpty");
            refused(jenkins, stricter, "requires 2 approvals by alice, bob; it has 1: alice");

            stages(prod(guards -> guards.setApprovers(Approvers.ALICE)));
            WorkflowRun gone = people.asking(people.start(people.job("gone", ASK + wait + DEPLOY)), 1);
            people.approve(Approvers.ALICE, gone, null);
            jenkins.waitForMessage("Now?", gone);
            stages(prod(guards -> guards.setApprovers(Approvers.BOB)));
            people.call(Approvers.ADMIN, gone, "proceedEmpty");
            refused(jenkins, gone, "requires 1 approval by bob; it has 0");

            stages(prod(guards -> guards.setApprovals("1")));
            WorkflowRun late = people.start(
                    people.job("late", ASK + ", timeout: 1, unit: 'SECONDS', onTimeout: 'approve'" + DEPLOY));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(late));

            stages(prod(guards -> guards.setApprovers(Approvers.ALICE)));
            WorkflowRun deleted = people.asking(people.start(people.job("deleted", ASK + wait + DEPLOY)), 1);
            people.approve(Approvers.ALICE, deleted, null);
            jenkins.waitForMessage("Now?", deleted);
            User.getById(Approvers.ALICE, false).delete();
            people.call(Approvers.ADMIN, deleted, "proceedEmpty");
            refused(jenkins, deleted, missing);
        });
    }

    @Test
    void groupsAreThoseThatPeopleAreInThen() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
            realm.addGroups(Approvers.ALICE, "release-managers");
            jenkins.jenkins.setSecurityRealm(realm);
            stages(prod(guards -> guards.setApprovers("release-managers")));
            WorkflowRun run = people.asking(ASK + "\ninput id: 'Wait', message: 'Now?'" + DEPLOY);
            people.approve(Approvers.BOB, run, null);
            assertEquals(0, Approvers.onlyRecord(run).getApprovals().size());
            people.approve(Approvers.ALICE, run, null);
            jenkins.waitForMessage("Now?", run);
            assertEquals(1, Approvers.onlyRecord(run).getApprovals().size());
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm()); // where she is in no group
            people.call(Approvers.ADMIN, run, "proceedEmpty");
            refused(jenkins, run, "stage prod: requires 1 approval by release-managers; it has 0");
        });
    }

    @Test
    void whoReplaysARunHasStartedIt() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            stages(prod(guards -> {
                guards.setApprovers(Approvers.ALICE + ", " + Approvers.BOB);
                guards.setForbidSelfApproval(true);
            }));
            WorkflowRun run = people.start(people.job("delivery", DEPLOY));
            refused(jenkins, run, "not by whoever started");
            WorkflowRun replayed;
            try (ACLContext as = ACL.as2(User.getById(Approvers.ALICE, false).impersonate2())) {
                replayed = (WorkflowRun) run.getAction(ReplayAction.class)
                        .run2(
                                "awsApproval message: 'Ship it?', revision: '" + REVISION + "', stage: 'prod'" + DEPLOY,
                                Map.of())
                        .getFuture()
                        .waitForStart();
            }
            people.asking(replayed, 1);
            people.approve(Approvers.ALICE, replayed, null);
            assertEquals(0, Approvers.onlyRecord(replayed).getApprovals().size());
            people.approve(Approvers.BOB, replayed, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(replayed));
        });
    }

    private static final String BUILDSPEC = """
            version: 0.2
            phases:
              build:
                commands: ['echo app > app.txt']
            artifacts:
              files: ['**/*']
            """;

    @Test
    void theBuildThatIsApprovedIsWhatIsDeployed() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            local.aws()
                    .codeBuild()
                    .project(ProjectSpec.named("web").buildspec(BUILDSPEC).artifacts("artifacts", "web.zip"));
            stages(prod(guards -> guards.setApprovers(Approvers.ALICE)));
            WorkflowRun run = people.asking("""
                    def build = codeBuild project: 'web'
                    awsApproval message: 'Ship it?', stage: 'prod', what: build
                    codeDeploy stage: 'prod', revision: build
                    """);
            people.approve(Approvers.ALICE, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            ApprovalRecord record = Approvers.onlyRecord(run);
            assertTrue(String.valueOf(record.getRevision()).startsWith("s3://artifacts/"), record::getRevision);
            assertTrue(String.valueOf(record.getWhat()).startsWith("build web #1"), record::getWhat);
        });
        assertEquals(1, local.aws().codeDeploy().deployments().size());
    }

    /** What runs as the stage can do whatever the stage's roles may: it is approved as exactly as what is deployed. */
    @Test
    void aBuildInAStageIsThatWhichWasApproved() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            local.aws().codeBuild().project(ProjectSpec.simulated("release").variable("SIMULATED_SECONDS", 1));
            stages(prod(guards -> guards.setApprovers(Approvers.ALICE)));
            String commit = "0123456789abcdef0123456789abcdef01234567";
            String how = "[project: 'release', sourceVersion: '" + commit
                    + "', environmentVariables: [TOKEN: 'hunter-2-two']]";
            String ask = "awsApproval stage: 'prod', message: 'Release?', what: ";
            for (String unpinned : List.of(
                    "[project: 'release']",
                    "[project: 'release', sourceVersion: 'main']",
                    "[project: 'release', source: 'workspace']",
                    "[project: 'release', sourceVersion: '" + commit
                            + "', secondarySources: [[identifier: 'a', type: 'S3', location: 'b/a.zip']]]")) {
                refused(
                        jenkins,
                        people.start(people.job("unpinned" + unpinned.hashCode(), ask + unpinned)),
                        "requires an approval of exactly what is built");
            }
            String deployed = ask.replace("what: ", "revision: '" + REVISION + "'");
            int i = 0;
            for (String other : List.of(
                    deployed + "\ncodeBuild([stage: 'prod'] + " + how + ")",
                    ask + how + "\ncodeBuild([stage: 'prod', buildspec: 'evil'] + " + how + ")",
                    ask + how + "\ncodeBuild([stage: 'prod'] + " + how + " + [sourceVersion: 'main'])",
                    ask + how + "\ncodeBuild([stage: 'prod'] + " + how + " + [environmentVariables: [TOKEN: 'other']])",
                    ask + how + "\ncodeBuild stage: 'prod', project: 'other', sourceVersion: '" + commit + "'",
                    ask + how + "\ncodeDeploy stage: 'prod', revision: '" + REVISION + "'")) {
                WorkflowRun run = people.asking(people.start(people.job("other" + i++, other)), 1);
                people.approve(Approvers.ALICE, run, null);
                refused(jenkins, run, "stage prod: requires 1 approval by alice; it has 0");
            }
            WorkflowRun run = people.asking(
                    people.start(people.job(
                            "same", "def how = " + how + "\n" + ask + "how\ncodeBuild([stage: 'prod'] + how)")),
                    1);
            people.approve(Approvers.ALICE, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Content: source @ " + commit, run);
            assertFalse(Jenkins.XSTREAM2.toXML(Approvers.onlyRecord(run)).contains("hunter-2-two"));
            jenkins.assertLogNotContains("hunter-2-two", run);
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    @Test
    void whatIsApprovedOfOneApplicationIsNotThatOfAnother() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            local.aws().codeDeploy().group(GroupSpec.simulated("shop", "prod"));
            stages(prod(guards -> {
                guards.setApprovers(Approvers.ALICE);
                guards.setTargets("shop/*");
            }));
            String shop = DEPLOY + ", application: 'shop'";
            WorkflowRun other = people.asking(people.start(people.job("other", ASK + shop)), 1);
            people.approve(Approvers.ALICE, other, null);
            refused(jenkins, other, "awsApproval stage: 'prod', revision: '" + REVISION + " of shop'");
            String ofShop = ASK.replace(REVISION, REVISION + " of shop");
            WorkflowRun run = people.asking(people.start(people.job("shop", ofShop + shop)), 1);
            people.approve(Approvers.ALICE, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
    }

    @Test
    void eachPlacesPolicyIsSatisfiedByItself() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            stages(prod(guards -> guards.setApprovers(Approvers.ALICE)));
            Folder folder = jenkins.createProject(Folder.class, "team");
            FolderStages more = new FolderStages();
            more.setStages(List.of(prod(guards -> guards.setApprovers(Approvers.BOB))));
            folder.addProperty(more);
            WorkflowJob job = folder.createProject(WorkflowJob.class, "web");
            job.setDefinition(new CpsFlowDefinition(ASK + DEPLOY, true));
            WorkflowRun run = people.asking(people.start(job), 1);
            people.approve(Approvers.ALICE, run, null);
            jenkins.waitForMessage("Still required, because folders add guards to the stage: 1 approval by bob", run);
            assertTrue(Approvers.onlyRecord(run).isWaiting());
            people.asking(run, 1);
            people.approve(Approvers.BOB, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
        assertEquals(1, local.aws().codeDeploy().deployments().size());
    }
}

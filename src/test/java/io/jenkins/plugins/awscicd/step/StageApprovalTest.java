package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Approvals count by the stage's policy, for the very revision, in the very run. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StageApprovalTest {

    private static final String REVISION = "s3://artifacts/web.zip";
    private static final String DEPLOY = "\ncodeDeploy stage: 'prod', revision: '" + REVISION + "'";
    private static final String ASK = "awsApproval stage: 'prod', message: 'Ship it?', revision: '" + REVISION + "'";

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Approvers people(JenkinsRule jenkins) throws Exception {
        local.configure();
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        local.aws().codeDeploy().group(group);
        AwsCicdConfiguration.get().setStages(List.of(StageStepTest.stage("prod", "prod", guards -> {
            guards.setApprovers(Approvers.ALICE + ", " + Approvers.BOB + ", " + Approvers.STARTER);
            guards.setApprovals(2);
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
        sessions.then(jenkins -> {
            Approvers people = Approvers.again(jenkins);
            WorkflowRun run = (WorkflowRun) jenkins.jenkins
                    .getItemByFullName("delivery", org.jenkinsci.plugins.workflow.job.WorkflowJob.class)
                    .getBuildByNumber(1);
            people.asking(run, 1);
            people.approve(Approvers.BOB, run, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
        assertEquals(1, local.aws().codeDeploy().deployments().size());
    }

    @Test
    void nothingElseCounts() throws Throwable {
        sessions.then(jenkins -> {
            Approvers people = people(jenkins);
            WorkflowRun none = people.start(people.job("none", DEPLOY));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(none));
            jenkins.assertLogContains("stage prod: needs 2 approvals of alice, bob, starter; not of who started", none);
            jenkins.assertLogContains("awsApproval stage: 'prod', revision: '" + REVISION + "'", none);

            WorkflowRun other = people.asking(ASK.replace("web.zip", "other.zip") + DEPLOY);
            people.approve(Approvers.ALICE, other, null);
            people.asking(other, 1);
            people.approve(Approvers.BOB, other, null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(other));
            jenkins.assertLogContains("what was approved is another revision: s3://artifacts/other.zip", other);

            WorkflowRun looser = people.start(people.job("looser", ASK + ", approvers: 'carol'" + DEPLOY));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(looser));
            jenkins.assertLogContains("awsApproval approvers: carol cannot approve for stage prod", looser);
        });
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }
}

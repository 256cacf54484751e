package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.htmlunit.HttpMethod;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What an author of a Jenkinsfile does for people to approve what they do not mean to. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class ForgedQuestionTest {

    private static final String REVISION = "s3://artifacts/web.zip";
    private static final String ASK = "awsApproval stage: 'prod', message: 'Ship it?', revision: '" + REVISION + "'";

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    private Approvers people(JenkinsRule jenkins) throws Exception {
        local.configure();
        for (String name : new String[] {"prod", "canary"}) {
            GroupSpec group = GroupSpec.simulated("web", name);
            group.simulation().events(Duration.ofMillis(50));
            local.aws().codeDeploy().group(group);
        }
        local.aws().s3().createBucket("artifacts", true).put("artifacts", "web.zip", new byte[] {1});
        AwsCicdConfiguration.get().setStages(List.of(StageStepTest.stage("prod", "prod", guards -> {
            guards.setApprovers(Approvers.ALICE);
            guards.setTargets("web/canary");
        })));
        return Approvers.in(jenkins);
    }

    /** Inputs are found by an id that any script may choose. */
    @Test
    void nobodyApprovesByAnsweringAnInputOfTheSameId() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            WorkflowRun run = people.asking(people.start(people.job("bait", """
                    parallel ask: { %s }, bait: {
                        def id = input id: 'Which', message: 'Which id?', parameters: [string(name: 'ID')]
                        input id: id, message: 'Run the smoke tests again?'
                    }""".formatted(ASK))), 2);
            ApprovalRecord record = Approvers.onlyRecord(run);
            people.send(
                    HttpMethod.POST,
                    Approvers.STARTER,
                    run.getUrl() + "input/Which/proceed",
                    new NameValuePair("json", "{parameter: [{name: 'ID', value: '" + record.getId() + "'}]}"));
            jenkins.waitForMessage("Failed in branch bait", run);
            jenkins.assertLogNotContains("Run the smoke tests again?", run);
            assertTrue(record.isWaiting());
            people.approve(Approvers.ALICE, people.asking(run, 1), null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("id: '" + record.getId() + "' is the id of an approval", run);
            assertTrue(record.isApproved());
        });
    }

    @Test
    void theButtonsSayWhatTheyDo() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            WorkflowRun run = people.asking(ASK + ", ok: 'Reject', cancel: 'Approve'");
            String page = people.send(HttpMethod.GET, Approvers.ALICE, run.getUrl() + "input/")
                    .getContentAsString();
            assertTrue(page.contains("Approve: Reject"), page);
            assertTrue(page.contains("Reject: Approve"), page);
            run.doKill();
            jenkins.waitForCompletion(run);
        });
    }

    /** A restart brings nothing new, but it is one of what people were asked about. */
    @Test
    void whatWasApprovedElsewhereRestartsNothing() throws Throwable {
        sessions.last(jenkins -> {
            Approvers people = people(jenkins);
            String restart = "\ncodeDeploy stage: 'prod', deploymentMode: 'RESTART'";
            WorkflowRun run = people.asking(
                    ASK.replace("revision: ", "what: [deploymentGroup: 'canary', revision: ") + "]" + restart);
            people.approve(Approvers.ALICE, run, null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("stage prod: requires 1 approval by alice; it has 0", run);
            assertEquals(List.of(), local.aws().codeDeploy().deployments());
            WorkflowRun own =
                    people.asking(people.start(people.job("own", ASK + restart + ", deploymentGroup: 'prod'")), 1);
            people.approve(Approvers.ALICE, own, null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(own));
            jenkins.assertLogContains("There is no revision in the deployment group that could be restarted", own);
        });
    }
}

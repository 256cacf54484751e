package io.jenkins.plugins.awscicd.step.cloudformation;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.STARTER;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.inputs;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.freestyle.CloudFormationBuilder;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** A deployment asks people about its change set, and executes what they have seen. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class ApprovedDeployTest {

    /** To change the queue's name is to replace it. */
    private static final String TEMPLATE = """
            Parameters:
              Name: {Type: String, Default: orders}
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Ref Name, VisibilityTimeout: 30}
            Outputs:
              Name: {Value: !Ref Name}
            """;

    private static final String SCRIPT = "def text = '''" + TEMPLATE + "'''\n"
            + "def done = cloudFormationDeploy stage: 'prod', stack: 'web', template: [body: text], parameters: [Name: 'returns'],"
            + " approve: true\n"
            + "echo \"is ${done.status} with ${done.outputs.Name}\"";

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private CloudFormationClient client() {
        return Clients.of(local.aws()).cloudFormation();
    }

    private String status() {
        return local.aws().cloudFormation().stack("web").status().toString();
    }

    /** A stack, and a stage that it belongs to, whose changes somebody else has to approve. */
    private WorkflowRun asking(JenkinsRule jenkins) throws Exception {
        local.configure();
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stack/web");
        guards.setApprovers(ALICE + "," + STARTER);
        guards.setForbidSelfApproval(true);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        AwsCicdConfiguration.get().save();
        try (CloudFormationClient client = client()) {
            client.createStack(it -> it.stackName("web").templateBody(TEMPLATE));
        }
        while (!status().equals("CREATE_COMPLETE")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return Approvers.in(jenkins).asking(SCRIPT);
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("delivery", WorkflowJob.class);
        assertNotNull(job);
        return job.getBuildByNumber(1);
    }

    @Test
    void aSecondPersonApprovesAReplacement() throws Throwable {
        sessions.last(jenkins -> {
            WorkflowRun run = asking(jenkins);
            Approvers approvers = Approvers.again(jenkins);
            ApprovalRecord record = records(run).get(0);
            String revision = record.getRevision();
            assertTrue(revision.startsWith("arn:aws:cloudformation:"), revision);
            assertEquals(revision, record.getDelivery().getContent());
            assertTrue(
                    record.getDetails().stream()
                            .anyMatch(line -> line.matches(".*! replace +Queue +AWS::SQS::Queue.*")),
                    record.getDetails()::toString);
            String page = jenkins.createWebClient()
                    .withBasicCredentials(ALICE)
                    .goTo(run.getUrl() + "input")
                    .asNormalizedText();
            assertTrue(page.contains("Change stack web?"), page);
            assertTrue(page.contains("orders → returns"), page);
            assertEquals(400, approvers.approve(STARTER, run, "mine").getStatusCode());
            assertEquals("CREATE_COMPLETE", status());
            assertEquals(302, approvers.approve(ALICE, run, "seen").getStatusCode());
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is UPDATE_COMPLETE with returns", run);
            jenkins.assertLogContains("Approved by alice", run);
            assertEquals(0, inputs(run).size());
        });
        assertEquals(1, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    @Test
    void whatIsRejectedIsPutAway() throws Throwable {
        sessions.last(jenkins -> {
            WorkflowRun run = asking(jenkins);
            Approvers.again(jenkins).reject(ALICE, run, "not today");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("not today", run);
            Approvers.waitUntil(run, () -> local.aws().calls().count("CloudFormation.DeleteChangeSet") == 1);
        });
        assertEquals(0, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    @Test
    void anAbortClosesTheQuestionAndDeletesTheChangeSet() throws Throwable {
        sessions.last(jenkins -> {
            WorkflowRun run = asking(jenkins);
            run.getExecutor().doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            Approvers.waitUntil(run, () -> local.aws().calls().count("CloudFormation.DeleteChangeSet") == 1);
            Approvers.waitUntil(run, () -> inputs(run).isEmpty());
            Approvers.waitUntil(run, () -> !records(run).get(0).isWaiting());
        });
        assertEquals(0, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    @Test
    void itWaitsThroughARestart() throws Throwable {
        sessions.then(this::asking);
        sessions.last(jenkins -> {
            WorkflowRun run = Approvers.again(jenkins).asking(run(jenkins), 1);
            Approvers.again(jenkins).approve(ALICE, run, "seen");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is UPDATE_COMPLETE with returns", run);
            assertEquals(1, records(run).size());
            assertEquals(2, JenkinsRule.getLog(run).split("Waiting", -1).length, "the question is told once");
        });
        assertEquals(1, local.aws().calls().count("CloudFormation.CreateChangeSet"));
        assertEquals(1, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    @Test
    void whatHasBecomeObsoleteIsAskedAnew() throws Throwable {
        sessions.last(jenkins -> {
            WorkflowRun run = asking(jenkins);
            try (CloudFormationClient client = client()) {
                client.updateStack(it -> it.stackName("web").templateBody(TEMPLATE.replace("30}", "60}")));
            }
            while (!status().equals("UPDATE_COMPLETE")) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            Approvers approvers = Approvers.again(jenkins);
            approvers.approve(ALICE, run, "the first");
            Approvers.waitUntil(
                    run, () -> records(run).size() == 2 && inputs(run).size() == 1);
            assertEquals(0, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
            approvers.approve(ALICE, run, "the second");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("The stack has changed in the meantime: creating the change set again", run);
            jenkins.assertLogContains("is UPDATE_COMPLETE with returns", run);
        });
    }

    @Test
    void nobodyCanBeAskedInAFreestyleBuild() throws Throwable {
        sessions.last(jenkins -> {
            local.configure();
            CloudFormationDeployStep step = new CloudFormationDeployStep();
            step.setStack("web");
            step.setTemplate(Map.of("body", TEMPLATE));
            step.setApprove(true);
            FreeStyleProject project = jenkins.createFreeStyleProject();
            project.getBuildersList().add(new CloudFormationBuilder(step));
            FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, project);
            jenkins.assertLogContains("approve: nobody can be asked outside of a Pipeline; leave it out", build);
        });
    }
}

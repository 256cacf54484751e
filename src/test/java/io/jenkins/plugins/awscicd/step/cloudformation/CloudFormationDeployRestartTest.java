package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Jenkins restarts in each phase of a step; while people are asked: {@link ApprovedDeployTest}. */
class CloudFormationDeployRestartTest extends RestartedRuns {

    private static final String TEXT = "def text = '''" + CloudFormationDeployStepTest.TEMPLATE + "'''\n";

    private static final String LARGE =
            "def done = cloudFormationDeploy stack: 'web', template: [body: text], parameters: [Size: 'large']\n"
                    + "echo \"is ${done.status} with ${done.outputs.Size}\"";

    private static final String CREATE = TEXT + LARGE;
    private static final String UPDATE =
            TEXT + "cloudFormationDeploy stack: 'web', template: [body: text]\necho 'made'\n" + LARGE;

    private WorkflowRun begin(JenkinsRule jenkins, String script) throws Exception {
        local.configure();
        return start(jenkins, "delivery", script);
    }

    private long calls(String operation) {
        return local.aws().calls().count("CloudFormation." + operation);
    }

    @Test
    void whileItIsExecuted() throws Throwable {
        local.aws().cloudFormation().simulation("web").takes("Reader", LONG);
        sessions.then(jenkins -> jenkins.waitForMessage("Creating stack web", begin(jenkins, CREATE)));
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is CREATE_COMPLETE with large", run);
            assertEquals(2, JenkinsRule.getLog(run).split("Creating stack web", -1).length, "the start is told once");
        });
        assertEquals(1, calls("CreateChangeSet"));
        assertEquals(1, calls("ExecuteChangeSet"));
    }

    @Test
    void whileItsChangeSetIsMade() throws Throwable {
        Fault busy = local.aws().faults().on("CloudFormation.DescribeChangeSet").throttle();
        sessions.then(jenkins -> {
            begin(jenkins, CREATE);
            LocalAwsExtension.await(() -> calls("DescribeChangeSet") > 0);
        });
        local.aws().faults().lift(busy);
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is CREATE_COMPLETE with large", run);
        });
        assertEquals(1, calls("CreateChangeSet"));
        assertEquals(1, calls("ExecuteChangeSet"));
    }

    @Test
    void whileItWaitsForItsTurn() throws Throwable {
        local.aws().cloudFormation().simulation("web").takes("Reader", LONG);
        sessions.then(jenkins -> {
            jenkins.waitForMessage("Creating stack web", begin(jenkins, CREATE));
            jenkins.waitForMessage(
                    "Waiting behind delivery #1, whose turn it is at stack web",
                    start(jenkins, "second", CREATE.replace("'large'", "'huge'")));
            assertEquals(1, calls("CreateChangeSet"));
        });
        sessions.last(jenkins -> {
            WorkflowRun first = run(jenkins, "delivery");
            WorkflowRun second = run(jenkins, "second");
            local.aws().cloudFormation().simulation("web").takes("Reader", LocalAwsExtension.SOON);
            comeToTheEnd(jenkins, first);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
            jenkins.assertLogContains("is CREATE_COMPLETE with large", first);
            jenkins.assertLogContains("is UPDATE_COMPLETE with huge", second);
        });
        assertEquals(2, calls("CreateChangeSet"));
        assertEquals(2, calls("ExecuteChangeSet"));
    }

    @Test
    void whileItIsRolledBack() throws Throwable {
        String queue = UPDATE.replace(LARGE, LARGE.replace("[body: text]", "[body: text.replace('30}', '60}')]"));
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins, queue);
            jenkins.waitForMessage("made", run);
            local.aws()
                    .cloudFormation()
                    .simulation("web")
                    .takes("Queue", LONG)
                    .failing(Action.UPDATE, "Reader", "Memory is full");
            jenkins.waitForMessage("Rolling back", run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Cause: Reader (AWS::Lambda::Function): Memory is full", run);
            jenkins.assertLogContains("stack web is in UPDATE_ROLLBACK_COMPLETE", run);
        });
        assertEquals(2, calls("ExecuteChangeSet"));
    }

    @Test
    void aStackSetWhileItsStacksAreMade() throws Throwable {
        Fault busy = local.aws()
                .faults()
                .on("CloudFormation.DescribeStackSetOperation")
                .throttle();
        sessions.then(jenkins -> {
            begin(
                    jenkins,
                    TEXT + "def done = cloudFormationStackSet stackSet: 'all', template: [body: text],"
                            + " accounts: ['123456789012', '210987654321'], regions: ['eu-west-1']\n"
                            + "echo \"is ${done.status} in ${done.instances.size()}\"");
            LocalAwsExtension.await(() -> calls("CreateStackInstances") > 0 && calls("DescribeStackSetOperation") > 0);
        });
        local.aws().faults().lift(busy);
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is SUCCEEDED in 2", run);
        });
        assertEquals(1, calls("CreateStackSet"));
        assertEquals(1, calls("CreateStackInstances"));
    }
}

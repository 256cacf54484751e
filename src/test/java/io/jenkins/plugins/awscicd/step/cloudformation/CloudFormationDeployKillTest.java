package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.step.ControllerKillTest;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed, as kill -9 does it, and started again. Local AWS lives on in the test. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class CloudFormationDeployKillTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().withDebugServer(false).javaOptions(ControllerKillTest.JAVA_OPTIONS);

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    /** AWS has carried out the call, and its answer never arrives: neither the change set's id nor that it is executed is kept. */
    @ParameterizedTest
    @ValueSource(strings = {"CreateChangeSet", "ExecuteChangeSet"})
    void killedAfterACallThatIsNotAnsweredItIsDoneOnce(String operation) throws Throwable {
        LocalAws aws = local.aws();
        aws.faults()
                .on("CloudFormation." + operation)
                .stall(Duration.ofSeconds(90))
                .afterExecution()
                .times(1);
        jenkins.startJenkins();
        jenkins.runRemotely(CloudFormationDeployKillTest::start, aws.endpoint().toString());
        String begun = operation.equals("CreateChangeSet") ? "CREATE_CHANGESET" : "CREATE_STACK";
        LocalAwsExtension.await(
                () -> aws.cloudFormation().has("web") && types(aws).contains(begun));

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        String log = jenkins.runRemotely(CloudFormationDeployKillTest::finish);

        assertEquals(List.of("CREATE_CHANGESET", "CREATE_STACK"), types(aws), log);
        assertTrue(log.contains("is CREATE_COMPLETE with large"), log);
    }

    private static List<String> types(LocalAws aws) {
        Stack stack = aws.cloudFormation().stack("web");
        return stack.operations().stream().map(it -> it.type()).toList();
    }

    private static void start(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        WorkflowJob job = rule.createProject(WorkflowJob.class, "delivery");
        job.setDefinition(new CpsFlowDefinition(
                "def text = '''" + CloudFormationDeployStepTest.TEMPLATE + "'''\n"
                        + "def done = cloudFormationDeploy stack: 'web', template: [body: text], parameters: [Size: 'large']\n"
                        + "echo \"is ${done.status} with ${done.outputs.Size}\"",
                true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static String finish(JenkinsRule rule) throws Throwable {
        WorkflowJob job = rule.jenkins.getItemByFullName("delivery", WorkflowJob.class);
        assertNotNull(job);
        WorkflowRun run = job.getBuildByNumber(1);
        rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
        return JenkinsRule.getLog(run);
    }
}

package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@Timeout(value = 4, unit = TimeUnit.MINUTES)
@OwnJenkins
class CloudFormationDeployRestartTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void goesOnAfterARestart() throws Throwable {
        local.aws().cloudFormation().simulation("web").takes("Reader", Duration.ofSeconds(25));
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
            job.setDefinition(new CpsFlowDefinition(
                    "def text = '''" + CloudFormationDeployStepTest.TEMPLATE + "'''\n"
                            + "def done = cloudFormationDeploy stack: 'web', template: [body: text], parameters: [Size: 'large']\n"
                            + "echo \"is ${done.status} with ${done.outputs.Size}\"",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Creating stack web", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("delivery", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is CREATE_COMPLETE with large", run);
            assertEquals(2, JenkinsRule.getLog(run).split("Creating stack web", -1).length, "the start is told once");
        });
        assertEquals(1, local.aws().calls().count("CloudFormation.CreateChangeSet"));
        assertEquals(1, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }
}

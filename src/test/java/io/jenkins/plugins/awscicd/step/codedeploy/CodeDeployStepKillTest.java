package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
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
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed, as kill -9 does it, and started again. Local AWS lives on in the test. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class CodeDeployStepKillTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().javaOptions("-Daws.accessKeyId=AKIDEXAMPLE", "-Daws.secretAccessKey=example");

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void killedBetweenCreateDeploymentAndTheSavedIdThereIsOneDeployment() throws Throwable {
        LocalAws aws = local.aws();
        aws.codeDeploy().group(GroupSpec.simulated("web", "prod"));
        // AWS has created the deployment, and its answer never arrives.
        aws.faults()
                .on("CodeDeploy.CreateDeployment")
                .stall(Duration.ofSeconds(60))
                .afterExecution()
                .times(1);
        jenkins.startJenkins();
        jenkins.runRemotely(CodeDeployStepKillTest::start, aws.endpoint().toString());
        LocalAwsExtension.await(() -> aws.codeDeploy().deployments().size() == 1);

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        String log = jenkins.runRemotely(CodeDeployStepKillTest::finish);

        assertEquals(1, aws.codeDeploy().deployments().size(), log);
        assertTrue(log.contains("[CodeDeploy] web to prod succeeded in "), log);
    }

    private static void start(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        WorkflowJob job = rule.createProject(WorkflowJob.class, "delivery");
        job.setDefinition(new CpsFlowDefinition(
                "codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/web.zip'", true));
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

package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
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
class BeanstalkDeployKillTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().javaOptions("-Daws.accessKeyId=AKIDEXAMPLE", "-Daws.secretAccessKey=example");

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    /** AWS has carried out the call, and its answer never arrives. */
    @ParameterizedTest
    @ValueSource(strings = {"CreateApplicationVersion", "UpdateEnvironment"})
    void killedAfterACallThatIsNotAnsweredThereIsOneVersionAndOneUpdate(String operation) throws Throwable {
        LocalAws aws = local.aws();
        BeanstalkRuns.bundles(local);
        aws.beanstalk()
                .environment(EnvironmentSpec.simulated("web", "web-prod")
                        .instances(1)
                        .version("v0")
                        .basicHealth());
        aws.faults()
                .on("ElasticBeanstalk." + operation)
                .stall(Duration.ofSeconds(60))
                .afterExecution()
                .times(1);
        jenkins.startJenkins();
        jenkins.runRemotely(BeanstalkDeployKillTest::start, aws.endpoint().toString());
        LocalAwsExtension.await(() -> operation.equals("UpdateEnvironment")
                ? updates(aws) == 1
                : aws.beanstalk().versionLabels("web").contains("v1"));

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        String log = jenkins.runRemotely(BeanstalkDeployKillTest::finish);

        assertEquals(List.of("v1", "v0"), aws.beanstalk().versionLabels("web"), log);
        assertEquals(1, updates(aws), log);
        assertEquals("v1", aws.beanstalk().environment("web-prod").versionLabel());
        assertTrue(log.contains("[Beanstalk] web-prod runs v1"), log);
    }

    private static long updates(LocalAws aws) {
        return aws.beanstalk().events("web-prod").stream()
                .filter(event -> event.message().equals("Environment update is starting."))
                .count();
    }

    private static void start(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        WorkflowJob job = rule.createProject(WorkflowJob.class, "delivery");
        job.setDefinition(new CpsFlowDefinition(BeanstalkRuns.STEP, true));
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

package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.RealJenkinsFixture;

/**
 * The controller's process is killed, as kill -9 does it, and started again: once for all tests, each of which has a run of its own. Local
 * AWS lives on in the test.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
public class ControllerKillTest {

    /** Of a process of a minute, in which what is compiled well comes too late. */
    public static final String[] JAVA_OPTIONS = {
        "-Daws.accessKeyId=AKIDEXAMPLE", "-Daws.secretAccessKey=example", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"
    };

    private static final RealJenkinsFixture JENKINS =
            new RealJenkinsFixture().withDebugServer(false).javaOptions(JAVA_OPTIONS);

    private static LocalAws aws;

    @BeforeAll
    static void killTheControllerThatRunsThemAll() throws Throwable {
        aws = LocalAwsExtension.start();
        aws.codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 3));
        aws.codeBuild()
                .project(ProjectSpec.simulated("logs")
                        .variable("SIMULATED_SECONDS", 30)
                        .variable("SIMULATED_LOG_LINES", 3000));
        aws.codeDeploy().group(GroupSpec.simulated("web", "prod"));
        BeanstalkRuns.bundles(aws);
        for (String application : List.of("web", "shop")) {
            aws.beanstalk()
                    .environment(EnvironmentSpec.simulated(application, application + "-prod")
                            .instances(1)
                            .version("v0")
                            .basicHealth());
        }
        JENKINS.setUp(ControllerKillTest.class.getName(), "kill");
        JENKINS.startJenkins();
        JENKINS.runRemotely(ControllerKillTest::configure, aws.endpoint().toString());
        JENKINS.runRemotely(ControllerKillTest::start, "logs", "codeBuild project: 'logs'");
        LocalAwsExtension.await(() -> aws.calls().count("Logs.GetLogEvents") >= 5);
        noAnswer("ElasticBeanstalk.UpdateEnvironment");
        JENKINS.runRemotely(
                ControllerKillTest::start,
                "shop",
                BeanstalkRuns.STEP.replace("'web'", "'shop'").replace("web-prod", "shop-prod"));
        LocalAwsExtension.await(() -> updates("shop-prod") == 1);
        noAnswer("CodeBuild.StartBuild");
        noAnswer("CodeDeploy.CreateDeployment");
        noAnswer("ElasticBeanstalk.CreateApplicationVersion");
        JENKINS.runRemotely(ControllerKillTest::start, "build", "codeBuild project: 'web'");
        JENKINS.runRemotely(
                ControllerKillTest::start,
                "deploy",
                "codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/web.zip'");
        JENKINS.runRemotely(ControllerKillTest::start, "web", BeanstalkRuns.STEP);
        LocalAwsExtension.await(() -> builds("web").size() == 1
                && aws.codeDeploy().deployments().size() == 1
                && aws.beanstalk().versionLabels("web").contains("v1"));
        JENKINS.stopJenkinsForcibly();
        JENKINS.startJenkins();
    }

    @AfterAll
    static void end() throws Exception {
        try {
            JENKINS.tearDown();
        } finally {
            aws.close();
        }
    }

    /** AWS carries out the next call of that operation, and its answer never arrives. */
    private static void noAnswer(String operation) {
        aws.faults()
                .on(operation)
                .stall(Duration.ofSeconds(60))
                .afterExecution()
                .times(1);
    }

    private static List<Build> builds(String project) {
        return aws.codeBuild().builds().stream()
                .filter(build -> build.id().startsWith(project + ":"))
                .toList();
    }

    private static long updates(String environment) {
        return aws.beanstalk().events(environment).stream()
                .filter(event -> event.message().equals("Environment update is starting."))
                .count();
    }

    @Test
    void killedBetweenStartBuildAndTheSavedIdThereIsOneBuild() throws Throwable {
        String log = JENKINS.runRemotely(ControllerKillTest::finish, "build");

        assertEquals(1, builds("web").size(), log);
        assertTrue(log.contains("[CodeBuild] web #1 succeeded in "), log);
    }

    @Test
    void killedWhileTheLogComesAtMostOneBatchIsRepeatedAndNoneIsLost() throws Throwable {
        String log = JENKINS.runRemotely(ControllerKillTest::finish, "logs");

        List<Integer> lines = Pattern.compile("(?m)^line (\\d+)")
                .matcher(log)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, 3000).boxed().toList(),
                new ArrayList<>(new TreeSet<>(lines)),
                "no line is lost");
        int repeated = lines.size() - 3000;
        assertTrue(repeated <= 1000, repeated + " lines are repeated");
        assertEquals(1, builds("logs").size());
    }

    @Test
    void killedBetweenCreateDeploymentAndTheSavedIdThereIsOneDeployment() throws Throwable {
        String log = JENKINS.runRemotely(ControllerKillTest::finish, "deploy");

        assertEquals(1, aws.codeDeploy().deployments().size(), log);
        assertTrue(log.contains("[CodeDeploy] web to prod succeeded in "), log);
    }

    @ParameterizedTest
    @CsvSource({"CreateApplicationVersion, web", "UpdateEnvironment, shop"})
    void killedAfterACallThatIsNotAnsweredThereIsOneVersionAndOneUpdate(String operation, String application)
            throws Throwable {
        String log = JENKINS.runRemotely(ControllerKillTest::finish, application);

        String environment = application + "-prod";
        assertEquals(List.of("v1", "v0"), aws.beanstalk().versionLabels(application), log);
        assertEquals(1, updates(environment), operation + "\n" + log);
        assertEquals("v1", aws.beanstalk().environment(environment).versionLabel());
        assertTrue(log.contains("[Beanstalk] " + environment + " runs v1"), log);
    }

    private static void configure(JenkinsRule rule, String endpoint) {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
    }

    private static void start(JenkinsRule rule, String name, String script) throws Throwable {
        WorkflowJob job = rule.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static String finish(JenkinsRule rule, String name) throws Throwable {
        WorkflowJob job = rule.jenkins.getItemByFullName(name, WorkflowJob.class);
        assertNotNull(job);
        WorkflowRun run = job.getBuildByNumber(1);
        rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
        return JenkinsRule.getLog(run);
    }
}

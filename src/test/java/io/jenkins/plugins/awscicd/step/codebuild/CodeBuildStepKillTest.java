package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed, as kill -9 does it, and started again. Local AWS lives on in the test. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class CodeBuildStepKillTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().javaOptions("-Daws.accessKeyId=AKIDEXAMPLE", "-Daws.secretAccessKey=example");

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void killedBetweenStartBuildAndTheSavedIdThereIsOneBuild() throws Throwable {
        LocalAws aws = local.aws();
        aws.codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 3));
        // AWS has started the build, and its answer never arrives.
        aws.faults()
                .on("CodeBuild.StartBuild")
                .stall(Duration.ofSeconds(60))
                .afterExecution()
                .times(1);
        jenkins.startJenkins();
        jenkins.runRemotely(CodeBuildStepKillTest::start, aws.endpoint().toString());
        LocalAwsExtension.await(() -> aws.codeBuild().builds().size() == 1);

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        String log = jenkins.runRemotely(CodeBuildStepKillTest::finish);

        assertEquals(1, aws.codeBuild().builds().size(), log);
        assertTrue(log.contains("[CodeBuild] web #1 succeeded in "), log);
    }

    @Test
    void killedWhileTheLogComesAtMostOneBatchIsRepeatedAndNoneIsLost() throws Throwable {
        LocalAws aws = local.aws();
        aws.codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", 30)
                        .variable("SIMULATED_LOG_LINES", 3000));
        jenkins.startJenkins();
        jenkins.runRemotely(CodeBuildStepKillTest::start, aws.endpoint().toString());
        LocalAwsExtension.await(() -> aws.calls().count("Logs.GetLogEvents") >= 5);

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        String log = jenkins.runRemotely(CodeBuildStepKillTest::finish);

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
        assertEquals(1, aws.codeBuild().builds().size());
    }

    private static void start(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        WorkflowJob job = rule.createProject(WorkflowJob.class, "delivery");
        job.setDefinition(new CpsFlowDefinition("codeBuild project: 'web'", true));
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

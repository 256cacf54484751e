package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Many steps at once. */
@WithJenkins
class BeanstalkParallelTest extends BeanstalkRuns {

    private static final int STEPS = 20;
    private static final String BEGUN = "[Beanstalk] Environment update is starting.";

    @Test
    void twentyEnvironmentsAreWatchedWithOneCallEachTime() throws Exception {
        for (int i = 0; i < STEPS; i++) {
            EnvironmentSpec spec =
                    EnvironmentSpec.simulated("web", "web-" + i).version("v0").instances(1);
            spec.simulation().command(Duration.ofSeconds(20));
            local.aws().beanstalk().environment(spec);
        }
        WorkflowRun run = start(job("""
                def branches = [:]
                for (int i = 0; i < 20; i++) {
                  def name = "web-${i}"
                  branches[name] = {
                    beanstalkDeploy application: 'web', environment: name, bundle: 's3://artifacts/1.zip', versionLabel: 'v1'
                  }
                }
                parallel branches
                """));
        LocalAwsExtension.await(() -> count(run, BEGUN) == STEPS);
        long atFirst = calls("DescribeEnvironments");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        long looks = calls("DescribeEnvironments") - atFirst;
        assertTrue(looks < 2 * STEPS, looks + " calls while " + STEPS + " updates took their 20 seconds");
        assertEquals(1, count(run, "[Beanstalk] Made version v1"), "one version for all");
        assertEquals(STEPS, calls("UpdateEnvironment"));
        for (int i = 0; i < STEPS; i++) {
            assertEquals("v1", local.aws().beanstalk().environment("web-" + i).versionLabel());
        }
    }

    private static int count(WorkflowRun run, String line) {
        try {
            return JenkinsRule.getLog(run).split(Pattern.quote(line), -1).length - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

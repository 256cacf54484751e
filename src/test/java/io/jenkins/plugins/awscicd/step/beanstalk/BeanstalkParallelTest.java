package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.harness.FasterConnections;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Many steps at once. */
@WithSharedJenkins
class BeanstalkParallelTest extends BeanstalkRuns {

    private static final int STEPS = 20;
    private static final String BEGUN = "[Beanstalk] Environment update is starting.";
    private static final String LOOK = "ElasticBeanstalk.DescribeEnvironments";

    @Test
    void twentyEnvironmentsAreWatchedWithOneCallEachTime() throws Exception {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < STEPS; i++) {
            EnvironmentSpec spec = EnvironmentSpec.simulated("web", "web-" + i)
                    .version("v0")
                    .instances(1)
                    .basicHealth();
            spec.simulation().command(Duration.ofMinutes(5));
            local.aws().beanstalk().environment(spec);
            ids.add(local.aws().beanstalk().environment("web-" + i).id());
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
        LocalAwsExtension.await(() -> count(run, BEGUN) == STEPS); // all of them are watched by now
        int before = local.aws().calls().of(LOOK).size();

        LocalAwsExtension.await(() -> local.aws().calls().count(LOOK) >= before + 10);
        List<Call> first = local.aws().calls().of(LOOK).subList(before, before + 10);
        local.advance(Duration.ofMinutes(5));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        List<Call> looks = local.aws().calls().of(LOOK);
        looks = looks.subList(before, looks.size());
        assertEquals(ids, environments(looks.get(0)), "all of them in one call");
        Set<String> watched = ids;
        for (Call look : looks) {
            Set<String> asked = environments(look);
            assertTrue(watched.containsAll(asked), "only those whose step has ended are missing: " + asked);
            watched = asked;
        }
        Duration span =
                Duration.between(first.get(0).time(), first.get(9).time()).multipliedBy(FasterConnections.FACTOR);
        assertTrue(first.size() <= 2 + span.toSeconds(), first.size() + " calls in " + span);
        assertEquals(1, count(run, "[Beanstalk] Created version v1"), "one version for all");
        assertEquals(STEPS, calls("UpdateEnvironment"));
        for (int i = 0; i < STEPS; i++) {
            assertEquals("v1", local.aws().beanstalk().environment("web-" + i).versionLabel());
        }
    }

    private static Set<String> environments(Call look) {
        return new TreeSet<>(List.of(look.resource().split(",")));
    }

    private static int count(WorkflowRun run, String line) {
        try {
            return JenkinsRule.getLog(run).split(Pattern.quote(line), -1).length - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

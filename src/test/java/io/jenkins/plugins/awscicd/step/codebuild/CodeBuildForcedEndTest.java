package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** Steps that do not end by themselves in the time that they are given. */
@WithJenkins
class CodeBuildForcedEndTest extends PipelineRuns {

    /** Credentials that are looked for until a test says so. */
    @TestExtension
    public static final class Slow extends CredentialsProvider {

        private static volatile CountDownLatch asked;
        private static volatile CountDownLatch answer;

        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication authentication, List<DomainRequirement> requirements) {
            CountDownLatch waiting = answer;
            if (waiting != null) {
                asked.countDown();
                try {
                    assertTrue(waiting.await(60, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return List.of();
        }
    }

    @AfterEach
    void answer() {
        Slow.answer = null;
    }

    @Test
    void aStepThatTimeoutHasAskedToEndIsOverBeforeItIsEndedByForce() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 3600));
        local.aws().faults().on("CodeBuild.StopBuild").error(503);
        WorkflowRun run =
                run(Result.ABORTED, "timeout(time: 3, unit: 'SECONDS') { codeBuild project: 'web' }\necho 'went on'");

        String id = local.aws().codeBuild().builds().get(0).id();
        jenkins.assertLogNotContains("extreme prejudice", run);
        jenkins.assertLogNotContains("went on", run);
        String log = JenkinsRule.getLog(run);
        String last = log.lines()
                .filter(line -> line.startsWith("[CodeBuild] "))
                .reduce((before, after) -> after)
                .orElse("");
        assertEquals("[CodeBuild] Not waited for any longer: " + id + " is in BUILD, and goes on in AWS", last);
        assertFalse(local.aws().codeBuild().build(id).complete());
    }

    @Test
    void aRunThatIsKilledWhileItsStepConnectsStartsNothing() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Slow.asked = asked;
        Slow.answer = answer;
        WorkflowRun killed = start(job("codeBuild project: 'web'"));
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        killed.doKill();
        jenkins.waitForCompletion(killed);
        Slow.answer = null;
        answer.countDown();

        WorkflowRun next = run(Result.SUCCESS, "def build = codeBuild project: 'web'\necho \"number ${build.number}\"");
        jenkins.assertLogContains("number 1", next);
        assertEquals(1, local.aws().codeBuild().builds().size());
    }
}

package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.ExpiredTimeout;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Steps that do not end by themselves in the time that they are given. */
@WithSharedJenkins
class CodeBuildForcedEndTest extends PipelineRuns {

    /** Credentials that are not to be had until a test says so. */
    private static final class SlowKeys extends AWSCredentialsImpl {

        private static final long serialVersionUID = 1L;

        private static volatile CountDownLatch asked;
        private static volatile CountDownLatch answer;

        SlowKeys() {
            super(CredentialsScope.GLOBAL, "aws", "AKIDEXAMPLE", "secret of the test", "for local AWS");
        }

        @Override
        public String getAccessKey() {
            CountDownLatch waiting = answer;
            if (waiting != null) {
                asked.countDown();
                try {
                    assertTrue(waiting.await(60, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.getAccessKey();
        }

        @Override
        public CredentialsDescriptor getDescriptor() {
            return ExtensionList.lookupSingleton(AWSCredentialsImpl.DescriptorImpl.class);
        }
    }

    @AfterEach
    void answer() {
        SlowKeys.answer = null;
    }

    @Test
    void aStepThatTimeoutHasAskedToEndIsOverBeforeItIsEndedByForce() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 3600));
        local.aws().faults().on("CodeBuild.StopBuild").error(503);
        WorkflowRun run = start(job(ExpiredTimeout.LONG + " { codeBuild project: 'web' }\necho 'went on'"));
        jenkins.waitForMessage("[CodeBuild] PRE_BUILD", run);
        ExpiredTimeout.in(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        String id = local.aws().codeBuild().builds().get(0).id();
        jenkins.assertLogNotContains("extreme prejudice", run);
        jenkins.assertLogNotContains("went on", run);
        String log = JenkinsRule.getLog(run);
        String last = log.lines()
                .filter(line -> line.startsWith("[CodeBuild] "))
                .reduce((before, after) -> after)
                .orElse("");
        assertEquals("[CodeBuild] No longer waiting: " + id + " is in BUILD, and continues in AWS", last);
        assertFalse(local.aws().codeBuild().build(id).complete());
    }

    /** A run whose build is at work for as long as a test takes. */
    private WorkflowRun building(String script) throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        WorkflowRun run = start(job(script));
        jenkins.waitForMessage("PROVISIONING", run);
        return run;
    }

    @Test
    void aRunThatIsKilledLeavesNoBuildRunning() throws Exception {
        WorkflowRun killed = building("codeBuild project: 'web'");
        killed.doKill();
        jenkins.waitForCompletion(killed);
        LocalAwsExtension.await(() -> local.aws().codeBuild().builds().get(0).status() == Status.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, is being stopped in AWS: its step was ended by force and does not wait for that",
        "leave, continues in AWS: its step was ended by force and does not stop it"
    })
    void aRunThatIsKilledSaysWhatBecomesOfItsBuild(String onAbort, String what) throws Exception {
        WorkflowRun killed = building("codeBuild project: 'web', onAbort: '" + onAbort + "'");
        killed.doKill();
        jenkins.waitForCompletion(killed);
        jenkins.assertLogContains(
                "[AWS CI/CD] " + local.aws().codeBuild().builds().get(0).id() + " " + what, killed);
    }

    /** As by the link that Jenkins shows once an abort takes its time; here without an abort before. */
    @Test
    void aStepThatIsTerminatedLeavesNoBuildRunningAfterItsRun() throws Exception {
        WorkflowRun run = building("try { codeBuild project: 'web' } catch (e) { echo 'went on' }");
        run.doTerm();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        LocalAwsExtension.await(() -> local.aws().codeBuild().builds().get(0).status() == Status.STOPPED);
    }

    @Test
    void aRunThatIsKilledWhileItsStepConnectsStartsNothing() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        List<Credentials> credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.clear();
        credentials.add(new SlowKeys());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        SlowKeys.asked = asked;
        SlowKeys.answer = answer;
        WorkflowRun killed = start(job("codeBuild project: 'web'"));
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        killed.doKill();
        jenkins.waitForCompletion(killed);
        SlowKeys.answer = null;
        answer.countDown();

        WorkflowRun next = run(Result.SUCCESS, "def build = codeBuild project: 'web'\necho \"number ${build.number}\"");
        jenkins.assertLogContains("number 1", next);
        assertEquals(1, local.aws().codeBuild().builds().size());
    }
}

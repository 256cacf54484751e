package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.ExpiredTimeout;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;

/** Steps that find themselves under another name, or without what they began with. */
class CodeBuildMovedJobTest extends RestartedRuns {

    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private void buildOfSeconds(int seconds) {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", seconds)
                        .variable("SIMULATED_LOG_LINES", 300));
    }

    private static void assertWholeLog(WorkflowRun run) throws Exception {
        List<Integer> lines = Pattern.compile("(?m)^line (\\d+)")
                .matcher(JenkinsRule.getLog(run))
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        assertEquals(IntStream.rangeClosed(1, 300).boxed().toList(), lines);
    }

    private static List<String> journals(WorkflowRun run) {
        return List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd")));
    }

    @Test
    void aJobThatIsRenamedKeepsItsJournal() throws Throwable {
        buildOfSeconds(300);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "delivery", "codeBuild project: 'web'");
            jenkins.waitForMessage("PROVISIONING", run);
            local.advance(Duration.ofSeconds(20));
            jenkins.waitForMessage("line 000010", run);
            run.getParent().renameTo("renamed");
            local.advance(Duration.ofSeconds(100));
            jenkins.waitForMessage("line 000100", run);
            assertEquals(1, journals(run).size());
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "renamed");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertWholeLog(run);
            assertEquals(List.of(), journals(run));
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    /** What the console shows of it is another matter: Pipeline keeps logs by the names of their files. */
    @Test
    void aNewJobOfTheOldNameEndsNoStepOfTheRenamedOne() throws Throwable {
        buildOfSeconds(300);
        sessions.last(jenkins -> {
            local.configure();
            WorkflowRun run = start(
                    jenkins,
                    "delivery",
                    "def build = codeBuild project: 'web'\ncurrentBuild.description = build.status");
            jenkins.waitForMessage("PROVISIONING", run);
            local.advance(Duration.ofSeconds(20));
            jenkins.waitForMessage("line 000010", run);
            run.getParent().renameTo("renamed");
            WorkflowRun other = start(jenkins, "delivery", "echo 'another job'");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
            assertTrue(run.isBuilding(), "ended by the job that has its old name");
            assertEquals(List.of(), journals(other));
            local.advance(LONG);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertEquals("SUCCEEDED", run.getDescription());
            assertEquals(List.of(), journals(run));
        });
    }

    @Test
    void credentialsThatAreThereLateAfterARestartAreWaitedFor() throws Throwable {
        buildOfSeconds(300);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "delivery", "codeBuild project: 'web'");
            jenkins.waitForMessage("PROVISIONING", run);
            local.advance(Duration.ofSeconds(20));
            jenkins.waitForMessage("line 000010", run);
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            SystemCredentialsProvider.getInstance().save();
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.waitForMessage("[CodeBuild] Not connected to AWS yet, retrying for 10 minutes: ", run);
            local.configure();
            local.advance(LONG);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertWholeLog(run);
        });
    }

    /**
     * {@code timeout} waits no longer for a step that is not connected: its build is stopped when it is, all the same.
     */
    @Test
    void aBuildIsStoppedThoughItsStepWasOverBeforeItWasConnected() throws Throwable {
        buildOfSeconds(3600);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "delivery", ExpiredTimeout.LONG + " { codeBuild project: 'web' }");
            jenkins.waitForMessage("[CodeBuild] Started web #1", run);
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            SystemCredentialsProvider.getInstance().save();
        });
        String id = local.aws().codeBuild().builds().get(0).id();
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.waitForMessage("[CodeBuild] Not connected to AWS yet, retrying for 10 minutes: ", run);
            ExpiredTimeout.in(run);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("No longer waiting: not connected to AWS, where " + id + " continues", run);
            local.configure();
            LocalAwsExtension.await(() -> local.aws().codeBuild().build(id).complete());
            assertEquals(List.of(), journals(run));
        });
    }

    @Test
    void credentialsThatAreNotThereFromTheStartEndTheStep() throws Throwable {
        buildOfSeconds(10);
        sessions.last(jenkins -> {
            local.configure();
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            WorkflowRun run = start(jenkins, "delivery", "codeBuild project: 'web'");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogNotContains("Not connected to AWS yet", run);
        });
    }
}

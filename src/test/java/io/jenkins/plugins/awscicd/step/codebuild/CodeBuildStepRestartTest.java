package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;

class CodeBuildStepRestartTest extends RestartedRuns {

    @Test
    void goesOnAfterARestartWithTheLogComplete() throws Throwable {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", LONG.toSeconds())
                        .variable("SIMULATED_LOG_LINES", 500));
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(
                    jenkins,
                    "delivery",
                    "def build = codeBuild project: 'web'\necho \"ended with status ${build.status}\"");
            jenkins.waitForMessage("PROVISIONING", run);
            local.advance(LONG.dividedBy(20));
            jenkins.waitForMessage("line 000020", run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("ended with status SUCCEEDED", run);
            String log = JenkinsRule.getLog(run);
            List<Integer> lines = Pattern.compile("(?m)^line (\\d+)")
                    .matcher(log)
                    .results()
                    .map(match -> Integer.valueOf(match.group(1)))
                    .toList();
            assertEquals(IntStream.rangeClosed(1, 500).boxed().toList(), lines);
            assertEquals(1, log.split("Started web #1", -1).length - 1, "the start is told once");
            assertEquals(1, log.split("PROVISIONING  ", -1).length - 1, "a phase is told once");
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    private static String page(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        HtmlPage page = jenkins.createWebClient().getPage(run, "aws");
        return ((DomNode) page.getFirstByXPath("//section")).asNormalizedText();
    }

    /** A build of the batch fails before the restart, and is tried again; what was told before is not told again. */
    @Test
    void aBatchGoesOnOverARestartAndIsTriedAgainOnce() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").batches().buildspec("""
                version: 0.2
                batch:
                  build-graph:
                    - identifier: unit
                      env: {variables: {SIMULATED_SECONDS: 5, SIMULATED_LOG_LINES: 20}}
                    - identifier: pack
                      env: {variables: {SIMULATED_SECONDS: 240, SIMULATED_STATUS: 'FAILED,SUCCEEDED'}}
                      depend-on: [unit]
                """));
        AtomicReference<String> shown = new AtomicReference<>();
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "delivery", """
                    def batch = codeBuild project: 'web', batch: true, retryFailed: 2
                    echo "ended with ${batch.status} after ${batch.retries} retries, pack ${batch.members[2].attempts}"
                    echo "unit took ${batch.members[1].seconds > 0}"
                    """);
            jenkins.waitForMessage("pack | PROVISIONING", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.waitForMessage("Retrying the failed builds of web batch #1, 1 of 2: pack", run);
            jenkins.waitForMessage("pack | Started web #4", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("ended with SUCCEEDED after 1 retries, pack 2", run);
            jenkins.assertLogContains("unit took true", run);
            String log = JenkinsRule.getLog(run);
            for (String once : List.of(
                    "Started web batch #1",
                    "Builds of the batch",
                    "unit | line 000020",
                    "pack | Started web #3",
                    "pack | Started web #4",
                    "pack | web #3 ended with status FAILED",
                    "Retrying the failed builds")) {
                assertEquals(1, log.split(Pattern.quote(once), -1).length - 1, once);
            }
            shown.set(page(jenkins, run));
            assertTrue(shown.get().contains("PROVISIONING"), shown.get());
        });
        sessions.last(jenkins -> assertEquals(shown.get(), page(jenkins, run(jenkins, "delivery"))));
        assertEquals(1, local.aws().codeBuild().batches().all().size());
        assertEquals(4, local.aws().codeBuild().builds().size());
    }

    @Test
    void goesOnAfterARestartWithABuildThatWasStartedElsewhere() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", LONG.toSeconds()));
        String id;
        try (CodeBuildClient client = Clients.of(local.aws()).codeBuild()) {
            id = client.startBuild(it -> it.projectName("web")).build().id();
        }
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "attached", "codeBuild build: '" + id + "'");
            jenkins.waitForMessage("Following web #1", run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "attached");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    /** Whichever side of their being recorded the restart comes on. */
    @Test
    void testResultsAreRecordedOnceOverARestart() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 5));
        local.aws().codeBuild().reports().generating(Duration.ofSeconds(20));
        sessions.then(jenkins -> {
            local.configure();
            start(jenkins, "delivery", "codeBuild project: 'web', testResults: 'fail'");
            LocalAwsExtension.await(() -> !local.aws().codeBuild().builds().isEmpty());
            local.aws()
                    .codeBuild()
                    .report(
                            local.aws().codeBuild().builds().get(0).id(),
                            "unit",
                            List.of(
                                    new TestCase("SumTest", "adds", "SUCCEEDED", 1, null),
                                    new TestCase("SumTest", "overflows", "FAILED", 1, "4, not 5")));
            LocalAwsExtension.await(() -> local.aws().calls().count("CodeBuild.BatchGetReports") > 0);
        });
        sessions.then(jenkins -> jenkins.waitForMessage("Recording test results", run(jenkins, "delivery")));
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("web #1 succeeded, but its tests did not: 1 of 2 tests failed", run);
            assertEquals(2, run.getAction(TestResultAction.class).getTotalCount());
        });
    }

    @Test
    void abortAfterARestartStopsTheBuild() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage("PROVISIONING", start(jenkins, "delivery", "codeBuild project: 'web'"));
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            stopAgain(jenkins, run);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
        List<Build> builds = local.aws().codeBuild().builds();
        assertEquals(1, builds.size());
        assertEquals(Status.STOPPED, builds.get(0).status());
    }

    /** As an abort does that comes before the run has an executor again: nobody asks its step to stop. */
    @Test
    void aRunThatIsKilledAfterARestartLeavesNoBuildRunning() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage("PROVISIONING", start(jenkins, "delivery", "codeBuild project: 'web'"));
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            long looks = local.aws().calls().count("CodeBuild.BatchGetBuilds");
            LocalAwsExtension.await(() -> local.aws().calls().count("CodeBuild.BatchGetBuilds") > looks);
            run.doKill();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            LocalAwsExtension.await(
                    () -> local.aws().codeBuild().builds().get(0).status() == Status.STOPPED);
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    /** Pipeline goes on with no step of it then. */
    @Test
    void aRunThatIsKilledBeforeItsProgramIsThereSaysWhatMayStillRun() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage("PROVISIONING", start(jenkins, "delivery", "codeBuild project: 'web'"));
        });
        Build build = local.aws().codeBuild().builds().get(0);
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            run.doKill();
            jenkins.waitForCompletion(run);
            boolean said = JenkinsRule.getLog(run)
                    .contains("[AWS CI/CD] " + build.id() + " may still run in AWS: this run was killed");
            if (!said) { // the program was faster
                LocalAwsExtension.await(() -> build.status() == Status.STOPPED);
            }
        });
    }

    @Test
    void uploadIsMadeAgainAfterARestart() throws Throwable {
        local.aws().s3().createBucket("sources", false);
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        Fault stall = local.aws()
                .faults()
                .on("S3.UploadPart")
                .stall(Duration.ofSeconds(60))
                .times(1);
        sessions.then(jenkins -> {
            local.configure();
            start(jenkins, "delivery", """
                    node {
                      writeFile file: 'app.txt', text: 'app'
                      codeBuild project: 'web', source: 'workspace', bucket: 'sources'
                    }
                    """);
            LocalAwsExtension.await(() -> stall.hits() > 0);
        });
        sessions.last(jenkins -> jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "delivery"))));
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    @Test
    void endOfTheBuildDuringTheRestartIsNotMissed() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 3));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage("Started web #1", start(jenkins, "delivery", "codeBuild project: 'web'"));
        });
        Build build = local.aws().codeBuild().builds().get(0);
        build.awaitComplete(Duration.ofSeconds(30));
        sessions.last(jenkins -> jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "delivery"))));
        assertEquals(1, local.aws().codeBuild().builds().size());
    }
}

package io.jenkins.plugins.awscicd.step.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Simulation;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;

class CodePipelineRestartTest extends RestartedRuns {

    /** AWS's limit for executions of one pipeline that are queued. */
    private static final int MOST_QUEUED = 50;

    private Simulation pipeline(String mode) {
        local.aws().s3().createBucket("artifacts", true);
        local.aws()
                .codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"))
                .pipeline(
                        PipelineSpec.named("web").mode(mode).source("acme/web").simulated("Deploy", "Ship"));
        return local.aws().codePipeline().simulation("web");
    }

    private WorkflowRun begin(JenkinsRule jenkins, String arguments) throws Exception {
        local.configure();
        return start(
                jenkins,
                "delivery",
                "def done = codePipeline pipeline: 'web'" + arguments + "\necho \"is ${done.status}\"");
    }

    private static void succeeds(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = run(jenkins, "delivery");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("is Succeeded", run);
        assertEquals(2, JenkinsRule.getLog(run).split("Started pipeline web", -1).length, "the start is told once");
    }

    /** Executions of somebody else, of which the first holds up the others. */
    private List<String> executions(int count) {
        List<String> ids = new ArrayList<>();
        try (CodePipelineClient client = Clients.of(local.aws()).codePipeline()) {
            for (int i = 0; i < count; i++) {
                ids.add(client.startPipelineExecution(it -> it.name("web")).pipelineExecutionId());
            }
        }
        return ids;
    }

    private void stop(List<String> ids) {
        try (CodePipelineClient client = Clients.of(local.aws()).codePipeline()) {
            ids.forEach(id -> client.stopPipelineExecution(
                    it -> it.pipelineName("web").pipelineExecutionId(id).abandon(true)));
        }
    }

    @Test
    void goesOnAfterARestart() throws Throwable {
        pipeline("SUPERSEDED").takes("Ship", LONG);
        sessions.then(jenkins -> jenkins.waitForMessage("Deploy/Ship (Lambda)", begin(jenkins, "")));
        sessions.last(jenkins -> {
            comeToTheEnd(jenkins, run(jenkins, "delivery"));
            succeeds(jenkins);
        });
        assertEquals(1, local.aws().calls().count("CodePipeline.StartPipelineExecution"));
        assertEquals(1, local.aws().codePipeline().executions("web").size());
    }

    @Test
    void waitsForRoomOverARestart() throws Throwable {
        Simulation simulation = pipeline("QUEUED").takes("Ship", LONG);
        List<String> others = executions(MOST_QUEUED);
        sessions.then(jenkins ->
                jenkins.waitForMessage("Not started yet, waiting for room in the pipeline", begin(jenkins, "")));
        sessions.last(jenkins -> {
            assertEquals(
                    MOST_QUEUED, local.aws().codePipeline().executions("web").size());
            simulation.takes("Ship", LocalAwsExtension.SOON);
            stop(others);
            succeeds(jenkins);
        });
        assertEquals(
                MOST_QUEUED + 1, local.aws().codePipeline().executions("web").size());
    }

    @Test
    void executionThatIsQueuedInAwsIsWaitedForOverARestart() throws Throwable {
        Simulation simulation = pipeline("QUEUED").takes("Ship", LONG);
        List<String> others = executions(1);
        sessions.then(jenkins -> jenkins.waitForMessage("Started pipeline web", begin(jenkins, "")));
        sessions.last(jenkins -> {
            assertEquals(
                    List.of(),
                    local.aws().codePipeline().executions("web").get(1).ran().stream()
                            .filter(it -> it.startsWith("Deploy"))
                            .toList());
            simulation.takes("Ship", LocalAwsExtension.SOON);
            stop(others);
            succeeds(jenkins);
        });
        assertEquals(2, local.aws().codePipeline().executions("web").size());
    }

    @Test
    void aFailedStageIsRetriedOnceThoughJenkinsRestarts() throws Throwable {
        Simulation simulation = pipeline("SUPERSEDED").fails("Ship", 1, "The ship has sunk");
        simulation.takes("Ship", Duration.ofSeconds(10));
        sessions.then(jenkins ->
                jenkins.waitForMessage("Retrying the failed actions of Deploy, 1 of 2", begin(jenkins, ", retry: 2")));
        sessions.last(CodePipelineRestartTest::succeeds);
        assertEquals(
                List.of("Source/Source Succeeded", "Deploy/Ship Failed", "Deploy/Ship Succeeded"),
                local.aws().codePipeline().executions("web").get(0).ran());
        assertEquals(1, local.aws().codePipeline().executions("web").size());
    }
}

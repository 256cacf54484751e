package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code codePipeline} in a rehearsal, on the real engine. */
class CodePipelineRehearsalTest {

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) throws Exception {
        rehearsed = new Rehearsed(workspace);
        rehearsed.aws().s3().createBucket("artifacts", true);
        rehearsed
                .aws()
                .codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"))
                .pipeline(PipelineSpec.named("web").source("acme/web").simulated("Deploy", "Ship"))
                .simulation("web")
                .takes("Ship", Duration.ofMillis(20));
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    @Test
    void aPipelineIsStartedAndFollowed() throws Exception {
        Result result = rehearsed.run("""
                def done = codePipeline pipeline: 'web'
                echo "is ${done.status} ${done.revisions[0].revision}"
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("is Succeeded c0ffee"), rehearsed.console());
    }

    @Test
    void whatItsActionsStartIsReportedIfTheStepSaysSo() throws Exception {
        rehearsed.aws().codeBuild().project(ProjectSpec.simulated("compile").variable("SIMULATED_LOG_LINES", 2));
        rehearsed
                .aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Build")
                        .action("Compile", "Build", "CodeBuild")
                        .set("ProjectName", "compile")
                        .in("Source"));
        Result result = rehearsed.run("codePipeline pipeline: 'web', follow: 'actions'");
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("Build/Compile | line 000002"), rehearsed.console());
        assertTrue(rehearsed.console().contains("Build/Compile | compile #1 succeeded"), rehearsed.console());
    }

    private void approved() {
        rehearsed
                .aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .set("CustomData", "Is it tea?"));
    }

    @Test
    void whoApprovesOnTheCommandLineApprovesInThePipelineAsWell() throws Exception {
        approved();
        Result result = rehearsed.with("--approve", "bob").run("""
                def done = codePipeline pipeline: 'web', approvals: 'ask'
                echo "is ${done.status}"
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("[Approval] Is it tea?"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("[Approval] Approved by bob"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("is Succeeded"), rehearsed.console());
        assertTrue(rehearsed.console().contains("bob in Jenkins"), rehearsed.console());
    }

    @Test
    void whatNobodyApprovesIsRejectedInThePipeline() throws Exception {
        approved();
        Result result = rehearsed.with("--approve", "none").run("codePipeline pipeline: 'web', approvals: 'ask'");
        assertEquals(Result.ABORTED, result, rehearsed.console());
        assertEquals(
                "Failed",
                rehearsed.aws().codePipeline().executions("web").get(0).status());
    }

    @Test
    void anExecutionIsRolledBackAndATransitionDisabled() throws Exception {
        Result result = rehearsed.run("""
                def done = codePipeline pipeline: 'web'
                def back = codePipeline operation: 'rollback', execution: done, pipelineStage: 'Deploy'
                echo "rolled back by ${back.id != done.id}: ${back.status}"
                def shut = codePipeline pipeline: 'web', operation: 'disableTransition', pipelineStage: 'Deploy', reason: 'tea'
                echo "is ${shut.status}"
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("rolled back by true: Succeeded"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("is Disabled"), rehearsed.console());
    }
}

package io.jenkins.plugins.awscicd.step.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How executions of pipelines end, and what a Jenkinsfile makes of it. */
@WithSharedJenkins
class CodePipelineStepTest extends PipelineRuns {

    @BeforeEach
    void pipelines() {
        local.aws().s3().createBucket("artifacts", true);
        for (String name : List.of("web", "web-prod")) {
            local.aws()
                    .codePipeline()
                    .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"))
                    .pipeline(PipelineSpec.named(name)
                            .variable("TEA", "green")
                            .source("acme/web")
                            .simulated("Deploy", "Ship"))
                    .simulation(name)
                    .takes("Ship", Duration.ofMillis(100));
        }
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void startsFollowsAndReturns() throws Exception {
        local.aws().codePipeline().simulation("web").puts("Ship", "Address", "https://example.com");
        WorkflowRun run = run(Result.SUCCESS, """
                def done = codePipeline pipeline: 'web', variables: [TEA: 'hunter22']
                echo "is ${done.status}, ${done.revisions[0].revision}, ${done.outputVariables['Ship.Address']}"
                echo "with ${done.variables.size()} variables and ${done.stages}"
                """);
        assertInOrder(
                run,
                "[CodePipeline] Started pipeline web ",
                "[CodePipeline] Source at c0ffee: Serve tea",
                "[CodePipeline] Deploy/Ship",
                "succeeded after",
                "is Succeeded, c0ffee, https://example.com",
                "with 1 variables and [Source:Succeeded, Deploy:Succeeded]");
        assertEquals("web", ArgumentsAction.getStepArgumentsAsString(stepNode(run, "codePipeline")));
        assertFalse(run.getLog(10_000).stream().anyMatch(line -> line.contains("hunter22")));
        assertEquals(List.of(), List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
    }

    @Test
    void aFailureSaysItsCauseLast() throws Exception {
        local.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        WorkflowRun run = run(Result.FAILURE, "codePipeline pipeline: 'web'");
        assertInOrder(
                run,
                "[CodePipeline] Deploy/Ship (Lambda) failed: The ship has sunk",
                "did not succeed: Deploy/Ship (Lambda) failed: The ship has sunk");
    }

    @Test
    void aFailedStageIsRetried() throws Exception {
        local.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        WorkflowRun run = run(Result.SUCCESS, "codePipeline pipeline: 'web', retry: 1");
        assertInOrder(run, "[CodePipeline] Retrying the failed actions of Deploy, 1 of 1", "succeeded after");
        assertEquals(1, local.aws().codePipeline().executions("web").size());
    }

    @Test
    void anAbortStopsTheExecution() throws Exception {
        local.aws().codePipeline().simulation("web").takes("Ship", Duration.ofMinutes(10));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("codePipeline pipeline: 'web', onAbort: 'abandon'", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Deploy/Ship (Lambda)", run);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(
                "Stopped", local.aws().codePipeline().executions("web").get(0).status());
        assertEquals(
                List.of("Source/Source Succeeded", "Deploy/Ship Abandoned"),
                local.aws().codePipeline().executions("web").get(0).ran());
    }

    @Test
    void wrongArgumentsAreToldAtOnce() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                "codePipeline pipeline: 'arn:aws:codepipeline:eu-west-1:123456789012:web', retry: 99,"
                        + " sourceRevisions: [[action: 'Source', type: 'TAG', value: '1']]");
        assertInOrder(run, "pipeline: ", "use the pipeline's name alone: 'web'");
        jenkins.assertLogContains("retry: ", run);
        jenkins.assertLogContains("sourceRevisions: ", run);
    }

    @Test
    void onlyTheStageStartsItsPipelines() throws Exception {
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("pipeline/web-*");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        jenkins.assertLogContains(
                "pipeline web-prod belongs to stage prod: add stage: 'prod' to the step",
                run(Result.FAILURE, "codePipeline pipeline: 'web-prod'"));
        assertEquals(List.of(), local.aws().codePipeline().executions("web-prod"));
        run(Result.SUCCESS, "codePipeline pipeline: 'web-prod', stage: 'prod'");
        assertEquals(1, local.aws().codePipeline().executions("web-prod").size());
    }

    @Test
    void anExecutionIsRolledBackWatchedAndATransitionClosed() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def done = codePipeline pipeline: 'web'
                def back = codePipeline operation: 'rollback', execution: done, pipelineStage: 'Deploy'
                def seen = codePipeline pipeline: 'web', operation: 'watch', execution: back.id
                def shut = codePipeline pipeline: 'web', operation: 'disableTransition', pipelineStage: 'Deploy',
                    reason: 'No changes over the weekend'
                echo "${back.id != done.id} ${seen.id == back.id} ${shut.status}"
                """);
        assertInOrder(
                run,
                "[CodePipeline] Rolling back to ",
                "[CodePipeline] Watching pipeline web ",
                "Executions of web do not enter Deploy any more: No changes over the weekend",
                "true true Disabled");
        assertEquals(2, local.aws().codePipeline().executions("web").size());
    }

    @Test
    void onlyTheStageDoesAnythingWithItsPipelines() throws Exception {
        local.aws().codePipeline().simulation("web-prod").takes("Ship", Duration.ofMinutes(5));
        run(Result.SUCCESS, "codePipeline pipeline: 'web'");
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("pipeline/web");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        String id = local.aws().codePipeline().executions("web").get(0).id();
        for (String rest : List.of(
                "operation: 'rollback', pipelineStage: 'Deploy', execution: '" + id + "'",
                "operation: 'override', pipelineStage: 'Deploy', condition: 'ON_SUCCESS', execution: '" + id + "'",
                "operation: 'retry', execution: '" + id + "'",
                "operation: 'stop', execution: '" + id + "'",
                "operation: 'watch', approvals: 'ask', execution: '" + id + "'",
                "operation: 'enableTransition', pipelineStage: 'Deploy'",
                "operation: 'disableTransition', pipelineStage: 'Deploy', reason: 'tea'")) {
            jenkins.assertLogContains(
                    "belongs to stage prod", run(Result.FAILURE, "codePipeline pipeline: 'web', " + rest));
        }
        run(Result.SUCCESS, "codePipeline pipeline: 'web', operation: 'watch', execution: '" + id + "'");
        run(
                Result.SUCCESS,
                "codePipeline pipeline: 'web', stage: 'prod', operation: 'disableTransition',"
                        + " pipelineStage: 'Deploy', reason: 'tea'");
        for (String call :
                List.of("RollbackStage", "OverrideStageCondition", "StopPipelineExecution", "EnableStageTransition")) {
            assertEquals(0, local.aws().calls().count("CodePipeline." + call), call);
        }
    }
}

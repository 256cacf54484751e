package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codepipeline.model.StageState;

/** What is done with pipelines and with executions that something else has started. */
class PipelineOperationTest extends SteppedPipelines {

    private StageState stage(String name) {
        return PipelineService.client(bench.session()).getPipelineState(it -> it.name("web")).stageStates().stream()
                .filter(stage -> stage.stageName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void anExecutionThatIsThereIsFollowed(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(3);
        Step step = operation("watch", id).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(id, step.result().getId());
        assertEquals("Watching pipeline web " + id.substring(0, 8), step.lines().get(0));
        assertEquals(1, executions().size());
    }

    @Test
    void oneThatIsNotThereIsSaidToBeSo() {
        pipeline("SUPERSEDED");
        Step step = operation("watch", "3f9c2a10-6d1e-4b7a-9c55-0a1b2c3d4e5f")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        String why = step.kept.outcome().failure().getMessage();
        assertTrue(why.contains("3f9c2a10-6d1e-4b7a-9c55-0a1b2c3d4e5f") && why.contains("was not found"), why);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedOneIsRetriedAndFollowed(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        String id = begun();
        bench.advance(60);
        assertEquals("Failed", executions().get(0).status());
        Step step = operation("retry", id).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, calls("RetryStageExecution"));
        assertEquals(1, executions().size());
    }

    @ParameterizedTest
    @EnumSource
    void aRetryWhoseAnswerIsLostIsFollowed(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        loseAnswerTo("RetryStageExecution");
        Step step = step().with("retry", 1).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        assertFalse(step.lines().toString().contains("Not retried"), step.lines()::toString);
    }

    @Test
    void allActionsAreRetriedIfThatIsAskedFor() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Load")
                        .action("Ship", "Invoke", "Lambda")
                        .runOrder(2));
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        String id = begun();
        bench.advance(60);
        Step step =
                operation("retry", id).with("retryMode", "ALL_ACTIONS").begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(
                List.of(
                        "Source/Source Succeeded",
                        "Deploy/Load Succeeded",
                        "Deploy/Ship Failed",
                        "Deploy/Load Succeeded",
                        "Deploy/Ship Succeeded"),
                executions().get(0).ran());
    }

    @ParameterizedTest
    @EnumSource
    void aStageIsRolledBackAndThatFollowed(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        Step step = operation("rollback", id)
                .with("pipelineStage", "Deploy")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(2, executions().size());
        assertEquals(executions().get(1).id(), step.result().getId());
        assertEquals(List.of("Deploy/Ship Succeeded"), executions().get(1).ran());
        assertTrue(step.lines().get(0).startsWith("Rolling back to " + id.substring(0, 8)), step.lines()::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackWhoseAnswerIsLostIsDoneOnce(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        loseAnswerTo("RollbackStage");
        Step step = operation("rollback", id)
                .with("pipelineStage", "Deploy")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(2, executions().size());
        assertEquals(1, calls("RollbackStage"));
    }

    /** The controller goes down before it has the answer. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 20})
    void aRollbackIsDoneOnceOverARestart(int seconds) {
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        loseAnswerTo("RollbackStage");
        Step step = operation("rollback", id).with("pipelineStage", "Deploy").begin();
        bench.advance(seconds);
        if (!step.kept.isOver()) {
            step.restart(2).untilOver();
        }
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(2, executions().size());
    }

    @ParameterizedTest
    @EnumSource
    void aConditionIsOverriddenAndTheExecutionFollowed(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipelineWithCondition();
        String id = begun();
        bench.advance(30);
        assertEquals("Failed", executions().get(0).status());
        Step step = operation("override", id)
                .with("pipelineStage", "Deploy")
                .with("condition", "BEFORE_ENTRY")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, executions().size());
    }

    @Test
    void whatCannotBeOverriddenIsSaidToBeSo() {
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        Step step = operation("override", id)
                .with("pipelineStage", "Deploy")
                .with("condition", "BEFORE_ENTRY")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertTrue(step.kept.outcome().failure().getMessage().contains("has not failed"));
    }

    @ParameterizedTest
    @CsvSource({"false, Build/Compile Succeeded", "true, Build/Compile Abandoned"})
    void anExecutionIsStopped(boolean abandon, String compiled) {
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(5);
        Step step = operation("stop", id)
                .with("abandon", abandon)
                .with("reason", "no tea today")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals("Stopped", step.result().getStatus());
        assertEquals(
                List.of("Source/Source Succeeded", compiled),
                executions().get(0).ran());
        assertTrue(step.lines().contains("stopped: no tea today"), step.lines()::toString);
    }

    @Test
    void oneThatHasEndedIsLeftAsItIs() {
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        Step step = operation("stop", id).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals("Succeeded", step.result().getStatus());
        assertEquals(0, calls("StopPipelineExecution"));
    }

    @Test
    void theWayIntoAStageIsClosedAndOpened() {
        pipeline("SUPERSEDED");
        Step closed = step().with("operation", "disableTransition")
                .with("pipelineStage", "Deploy")
                .with("reason", "No changes over the weekend")
                .begin()
                .untilOver();
        assertEquals("Disabled", closed.result().getStatus());
        assertEquals(
                "No changes over the weekend",
                stage("Deploy").inboundTransitionState().disabledReason());
        assertEquals(
                List.of("Executions of web do not enter Deploy any more: No changes over the weekend"), closed.lines());
        String id = begun();
        bench.advance(120);
        assertEquals("InProgress", executions().get(0).status());
        Step opened = step().with("operation", "enableTransition")
                .with("pipelineStage", "Deploy")
                .begin()
                .untilOver();
        assertEquals("Enabled", opened.result().getStatus());
        Step step = operation("watch", id).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
    }

    @Test
    void aStageThatIsNotThereIsSaidToBeSo() {
        pipeline("SUPERSEDED");
        Step step = step().with("operation", "enableTransition")
                .with("pipelineStage", "Delpoy")
                .begin()
                .untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertTrue(step.kept.outcome().failure().getMessage().contains("Delpoy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "override", "stop", "enableTransition", "disableTransition", "retry"})
    void aGuardThatRefusesLetsNothingHappen(String operation) {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        String id = begun();
        bench.advance(operation.equals("stop") ? 5 : 60);
        Step step = step().with("operation", operation).guarded((application, target, revision) -> {
            throw new Refused("not " + target);
        });
        PipelineOperation meant = PipelineOperation.of(operation);
        Map<String, String> values =
                Map.of("execution", id, "pipelineStage", "Deploy", "condition", "BEFORE_ENTRY", "reason", "tea");
        meant.wanted().forEach(name -> step.with(name, values.get(name)));
        step.begin().untilOver();
        assertEquals(operation.equals("retry") ? Verdict.End.FAILED : Verdict.End.REFUSED, step.end());
        for (String call : List.of(
                "RollbackStage",
                "OverrideStageCondition",
                "StopPipelineExecution",
                "EnableStageTransition",
                "DisableStageTransition",
                "RetryStageExecution")) {
            assertEquals(0, calls(call), call);
        }
    }

    /** A retry is as good as a deployment: at a time when nothing may be deployed there is none. */
    @Test
    void aGuardIsAskedBeforeEachRetry() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        int[] asked = {0};
        Step step = step().with("retry", 2).guarded((application, target, revision) -> {
            if (++asked[0] > 1) {
                throw new Refused("closed by now");
            }
        });
        step.begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertTrue(step.lines().contains("Not retried: closed by now"), step.lines()::toString);
        assertEquals(0, calls("RetryStageExecution"));
    }

    @Test
    void whoWatchesLeaves() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Compile", Duration.ofMinutes(5));
        String id = begun();
        Step step = operation("watch", id);
        step.kept.leaving(); // as the step has it
        step.begin();
        bench.advance(20);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        bench.advance(2);
        assertTrue(step.kept.isOver());
        assertEquals("InProgress", executions().get(0).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "watch | execution=: | execution: operation: 'watch' needs it; name the execution by its id, or give the"
                        + " result of codePipeline",
                "watch | execution=ID,variables=x | variables: means nothing with operation: 'watch'; leave it out",
                "start | execution=ID | execution: means nothing with operation: 'start'; leave it out, or say which"
                        + " operation",
                "rollback | execution=ID | pipelineStage: operation: 'rollback' needs it; name the stage of the pipeline,"
                        + " such as pipelineStage: 'Deploy'",
                "override | execution=ID,pipelineStage=Deploy | condition: operation: 'override' needs it; say which one,"
                        + " BEFORE_ENTRY or ON_SUCCESS",
                "stop | execution=ID,retry=2 | retry: means nothing with operation: 'stop'; leave it out",
                "stop | execution=ID,approvals=ask | approvals: means nothing with operation: 'stop'; leave it out",
                "disableTransition | pipelineStage=Deploy | reason: operation: 'disableTransition' needs it; say why, such"
                        + " as reason: 'No changes over the weekend'",
                "disableTransition | pipelineStage=Deploy,reason=tea & cake | reason: AWS takes up to 300 letters, digits,"
                        + " blanks and ! @ ( ) . * ? - here",
                "enableTransition | pipelineStage=Deploy,timeoutMinutes=5 | timeoutMinutes: means nothing with operation:"
                        + " 'enableTransition'; leave it out",
                "watch | execution=https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/web/executions/ID/timeline"
                        + " | execution: 'https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/web/executions/3f9c2a10-6d1e-4b7a-9c55-0a1b2c3d4e5f/timeline'"
                        + " is the address of a page; use the execution's id alone: '3f9c2a10-6d1e-4b7a-9c55-0a1b2c3d4e5f'",
                "restart | execution=ID | operation: 'restart' is not known; use one of start, watch, retry, rollback, override,"
                        + " stop, enableTransition, disableTransition"
            })
    void wrongCombinationsAreToldWithWhatToDo(String operation, String arguments, String problem) {
        Map<String, Object> given = new HashMap<>(Map.of("pipeline", "web", "operation", operation));
        for (String argument : arguments.split(",")) {
            String[] parts = argument.split("=", 2);
            String value = parts[1].replace("ID", "3f9c2a10-6d1e-4b7a-9c55-0a1b2c3d4e5f");
            if (parts[0].equals("variables")) {
                given.put(parts[0], Map.of("TEA", value));
            } else if (!value.equals(":")) {
                given.put(parts[0], value);
            }
        }
        List<String> problems = new PipelineRequest(given).problems();
        assertTrue(problems.contains(problem), problems::toString);
    }

    @Test
    void theResultOfAnotherStepStandsForItsExecution() {
        pipeline("SUPERSEDED");
        PipelineResult earlier = step().begin().untilOver().result();
        PipelineRequest request = new PipelineRequest(Map.of("operation", "watch", "execution", earlier));
        assertEquals(List.of(), request.problems());
        assertEquals("web", request.pipeline());
        assertEquals(earlier.getId(), request.execution());
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step's execution of a pipeline: started, told, ended, stopped; over restarts. */
class PipelineStepTest extends SteppedPipelines {

    @Test
    void anExecutionIsToldFromItsStartToItsEnd() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").puts("Ship", "Address", "https://example.com");
        Step step = step().with("variables", Map.of("TEA", "black")).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        PipelineResult result = step.result();
        assertEquals("Succeeded", result.getStatus());
        assertEquals(Map.of("TEA", "black"), result.getVariables());
        assertEquals("https://example.com", result.getOutputVariables().get("Ship.Address"));
        assertEquals(COMMIT, result.getRevisions().get(0).getRevision());
        assertEquals(
                List.of("Source", "Build", "Deploy"),
                List.copyOf(result.getStages().keySet()));
        assertNull(result.getCause());
        List<String> lines = step.lines();
        String name = "web " + result.getId().substring(0, 8);
        assertTrue(lines.contains("Started pipeline " + name), lines::toString);
        assertTrue(lines.contains("Source at 01234567: Serve tea"), lines::toString);
        assertTrue(lines.stream().anyMatch(it -> it.startsWith("Build/Compile (Lambda): ")), lines::toString);
        assertTrue(lines.stream().anyMatch(it -> it.matches("Deploy/Ship +1[0-9] s  Succeeded")), lines::toString);
        assertTrue(lines.get(lines.size() - 1).startsWith(name + " succeeded after "), lines::toString);
        assertTrue(step.kept
                .console
                .links()
                .get(0)
                .contains("/codesuite/codepipeline/pipelines/web/executions/" + result.getId()));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsToldWithItsCauseLast(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("QUEUED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        Step step = step().begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertNull(step.kept.outcome().result());
        String cause = dialect == Dialect.WITHOUT_ERROR_DETAILS
                ? "Deploy/Ship (Lambda) failed"
                : "Deploy/Ship (Lambda) failed: The ship has sunk";
        assertEquals(cause, step.kept.console.lastLine());
        assertTrue(step.kept.outcome().verdict().reason().contains(cause));
    }

    @Test
    void aFailureThatIsNotPropagatedIsAResult() {
        pipeline("PARALLEL");
        bench.aws().codePipeline().simulation("web").fails("Compile", 1, "no tea");
        Step step = step();
        step.kept.unpropagated();
        step.begin().untilOver();
        assertEquals("Failed", step.result().getStatus());
        assertEquals("Failed", step.result().getStages().get("Build"));
        assertEquals("Build/Compile (Lambda) failed: no tea", step.result().getCause());
    }

    @Test
    void aSupersededExecutionIsAnEndOfItsOwn() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Compile", Duration.ofMinutes(2));
        Step first = step().begin();
        bench.advance(10);
        Step second = step().begin();
        bench.advance(10);
        Step third = step().begin();
        second.untilOver();
        assertEquals(Verdict.End.SUPERSEDED, second.end());
        assertEquals(
                "superseded: a newer execution has taken its place before it entered its next stage",
                second.kept.console.lastLine());
        first.untilOver();
        third.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, first.end());
        assertEquals(Verdict.End.SUCCEEDED, third.end());
    }

    @ParameterizedTest
    @EnumSource
    void aFailedStageIsRetriedUnderTheSameId(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 2, "The ship has sunk");
        Step step = step().with("retry", 2).begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, executions().size());
        assertEquals(2, calls("RetryStageExecution"));
        assertTrue(step.lines().contains("Retrying the failed actions of Deploy, 2 of 2"), step.lines()::toString);
    }

    /** The answer is missing, so that nobody knows yet whether there is anything to stop. */
    @ParameterizedTest
    @EnumSource
    void anAbortWhileARetryIsAskedForStopsWhatAwsHasMadeOfIt(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Ship", Duration.ofMinutes(5));
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        loseAnswerTo("RetryStageExecution");
        Step step = step().with("retry", 2).begin();
        bench.advanceUntil(() -> calls("RetryStageExecution") == 1, LONG);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        bench.advance(Duration.ofMinutes(30));
        assertEquals("Stopped", executions().get(0).status());
    }

    /** What is looked at before it is stopped is at rest, as AWS shows it. */
    @Test
    void anAbortStopsWhatAwsHasMadeOfARetryAndDoesNotShowYet() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Ship", Duration.ofMinutes(5));
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        for (String read : List.of("GetPipelineExecution", "ListPipelineExecutions", "ListActionExecutions")) {
            bench.aws().faults().on("CodePipeline." + read).stale(Duration.ofSeconds(20));
        }
        loseAnswerTo("RetryStageExecution");
        Step step = step().with("retry", 2).begin();
        bench.advanceUntil(() -> calls("RetryStageExecution") == 1, LONG);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        bench.advance(Duration.ofMinutes(30));
        assertEquals("Stopped", executions().get(0).status(), step.lines()::toString);
    }

    /** Whoever goes on with the abort does not know whether AWS has agreed to the retry. */
    @Test
    void anAbortThatIsGoneOnWithStopsWhatAwsHasMadeOfARetryAndDoesNotShowYet() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Ship", Duration.ofMinutes(5));
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        for (String read : List.of("GetPipelineExecution", "ListPipelineExecutions", "ListActionExecutions")) {
            bench.aws().faults().on("CodePipeline." + read).stale(Duration.ofSeconds(20));
        }
        Step step = step().with("retry", 2).begin();
        bench.advanceUntil(() -> calls("RetryStageExecution") == 1, LONG);
        step.kept.execution().leave();
        step.kept.resume(bench.scheduler(), new CancellationException("aborted"), null);
        step.untilOver();
        bench.advance(Duration.ofMinutes(30));
        assertEquals("Stopped", executions().get(0).status(), step.lines()::toString);
    }

    @Test
    void nothingIsRetriedAfterAnAbort() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        bench.aws().faults().on("CodePipeline.RetryStageExecution").throttle().times(1);
        Step step = step().with("retry", 2).begin();
        bench.advanceUntil(() -> calls("RetryStageExecution") == 1, LONG);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        bench.advance(Duration.ofMinutes(30));
        assertEquals("Failed", executions().get(0).status());
        assertEquals(1, calls("RetryStageExecution"));
    }

    @Test
    void retriesEndWhereTheyAreUsedUp() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 5, "The ship has sunk");
        Step step = step().with("retry", 1).begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertEquals(1, calls("RetryStageExecution"));
        assertEquals("Deploy/Ship (Lambda) failed: The ship has sunk", step.kept.console.lastLine());
    }

    @ParameterizedTest
    @EnumSource
    void anAutomaticRollbackIsFollowedAndNamed(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Ship")
                        .onFailure("ROLLBACK"));
        step().begin().untilOver();
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        Step step = step();
        step.kept.unpropagated();
        step.begin().untilOver();
        assertEquals(3, executions().size());
        assertEquals(Verdict.End.FAILED, step.end());
        assertEquals(executions().get(2).id(), step.result().getRollbackId());
        assertEquals("Succeeded", step.result().getRollbackStatus());
        assertTrue(step.lines().stream().anyMatch(it -> it.startsWith("AWS rolls back to ")), step.lines()::toString);
    }

    @Test
    void aRollbackThatHasNothingToGoBackToIsNotWaitedForForever() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Ship")
                        .onFailure("ROLLBACK"));
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        Step step = step().begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertTrue(step.kept.console.lastLine().startsWith("AWS has not rolled the stage back within"));
    }

    @Test
    void anAbortFinishesWhatRuns() {
        pipeline("SUPERSEDED");
        Step step = step().begin();
        bench.advance(5);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        assertEquals(Verdict.End.STOPPED, step.end());
        assertEquals("Stopped", executions().get(0).status());
        assertEquals(
                List.of("Source/Source Succeeded", "Build/Compile Succeeded"),
                executions().get(0).ran());
    }

    @Test
    void anAbortThatAbandonsDoesNot() {
        pipeline("SUPERSEDED");
        Step step = step().abandoning().begin();
        bench.advance(5);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        assertEquals(
                List.of("Source/Source Succeeded", "Build/Compile Abandoned"),
                executions().get(0).ran());
    }

    @Test
    void anAbortDoesNotWaitForAnApproval() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .set("CustomData", "Is it tea?"));
        Step step = step().begin();
        bench.advance(20);
        assertTrue(step.lines().contains("Deploy/Approve waits for an approval: Is it tea?"), step.lines()::toString);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        bench.advance(20);
        assertTrue(step.kept.isOver());
        assertEquals("Stopped", executions().get(0).status());
    }

    @Test
    void anAbortThatLeavesIt() {
        pipeline("SUPERSEDED");
        Step step = step();
        step.kept.leaving();
        step.begin();
        bench.advance(5);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        bench.advance(1);
        assertTrue(step.kept.isOver());
        bench.advance(60);
        assertEquals("Succeeded", executions().get(0).status());
    }

    @Test
    void aTimeoutStopsIt() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Compile", Duration.ofMinutes(2));
        Step step = step();
        step.kept.within(Duration.ofMinutes(1));
        step.begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertEquals("Stopped", executions().get(0).status());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 16, 25, 40})
    void aRestartAtAnyTimeStartsNothingTwice(int seconds) {
        pipeline("SUPERSEDED");
        Step step = step().begin();
        bench.advance(seconds);
        if (!step.kept.isOver()) {
            step.restart(3).untilOver();
        }
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, executions().size());
    }

    @Test
    void aStartWhoseAnswerIsLostIsTheSameStart() {
        pipeline("SUPERSEDED");
        bench.aws()
                .faults()
                .on("CodePipeline.StartPipelineExecution")
                .cutConnection()
                .afterExecution()
                .times(2);
        Step step = step().begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, executions().size());
        assertEquals(3, calls("StartPipelineExecution"));
    }

    @Test
    void aFullPipelineIsWaitedFor() {
        pipeline("QUEUED");
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            steps.add(step().begin());
            bench.advance(Duration.ofMillis(200));
        }
        Step last = steps.get(50);
        assertTrue(last.lines().get(0).startsWith("Not started yet, waiting for room in the pipeline"));
        last.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, last.end());
        assertEquals(51, executions().size());
    }

    @Test
    void aGuardThatRefusesStartsNothing() {
        pipeline("SUPERSEDED");
        Step step = step().guarded((application, target, revision) -> {
            throw new Refused("not " + target);
        });
        step.begin().untilOver();
        assertEquals(Verdict.End.REFUSED, step.end());
        assertEquals(0, executions().size());
    }

    /** The controller has gone down when nothing was asked of AWS yet, and so no guard either. */
    @Test
    void aRestartDoesNotGoPastAGuard() {
        pipeline("SUPERSEDED");
        Step step = step().guarded((application, target, revision) -> {
            throw new Refused("not " + target);
        });
        step.kept.resume(bench.scheduler(), null, null);
        step.untilOver();
        assertEquals(Verdict.End.REFUSED, step.end());
        assertEquals(0, executions().size());
    }

    /** What is aborted before anything was asked of AWS is not started to be stopped. */
    @Test
    void anAbortBeforeTheFirstCallStartsNothing() {
        pipeline("SUPERSEDED");
        Step step = step();
        step.kept.resume(bench.scheduler(), new CancellationException("aborted"), null);
        step.untilOver();
        assertEquals(0, executions().size());
    }

    @Test
    void aPipelineThatIsNotThereIsSaidToBeSo() {
        Step step = step().begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertNotNull(step.kept.outcome().failure());
        assertTrue(step.kept.outcome().failure().getMessage().contains("pipeline 'web' in eu-west-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARALLEL", "QUEUED"})
    void oneListIsForAllRunsOfAPipeline(String mode) {
        pipeline(mode);
        int runs = mode.equals("QUEUED") ? 20 : 100;
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            steps.add(step().begin());
            bench.advance(Duration.ofMillis(500));
        }
        steps.forEach(Step::untilOver);
        steps.forEach(step -> assertEquals(Verdict.End.SUCCEEDED, step.end()));
        Map<String, Long> calls = bench.aws().calls().byOperation();
        long watching = calls.entrySet().stream()
                .filter(call -> call.getKey().startsWith("CodePipeline.")
                        && !call.getKey().endsWith("StartPipelineExecution"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (mode.equals("PARALLEL")) {
            assertTrue(watching <= 2L * runs, () -> runs + " runs: " + calls);
        }
        assertEquals(runs, executions().size());
    }

    /** AWS's events name an execution by its id: it is looked at then, and not only when it is due. */
    @Test
    void anEventHasTheExecutionLookedAtAtOnce() {
        pipeline("PARALLEL");
        bench.aws().codePipeline().simulation("web").takes("Ship", Duration.ofMinutes(30));
        Step step = step().begin();
        bench.advanceUntil(() -> step.lines().stream().anyMatch(line -> line.startsWith("Deploy/Ship")), LONG);
        bench.advance(60);
        long before = calls("ListPipelineExecutions");
        for (int event = 0; event < 5; event++) {
            bench.watcher()
                    .nudge("codepipeline", Bench.REGION, executions().get(0).id());
            bench.advance(Duration.ofMillis(700));
        }
        long looks = calls("ListPipelineExecutions") - before;
        assertTrue(looks >= 5, () -> looks + " looks at 5 events");
    }
}

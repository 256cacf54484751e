package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A start without an answer, and what comes then. */
class UnansweredStartTest extends SteppedPipelines {

    private final AtomicReference<RuntimeException> closed = new AtomicReference<>();

    private Step guarded() {
        return step().guarded((application, target, what) -> {
            if (closed.get() != null) {
                throw closed.get();
            }
        });
    }

    /** @param old whether the mark of the start is one of the version before, which has not kept when that was */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void whatWasStartedBeforeARestartIsFound(boolean old, boolean aborts) {
        pipeline("QUEUED");
        loseAnswerTo("StartPipelineExecution");
        var down = bench.aws()
                .faults()
                .on("CodePipeline.StartPipelineExecution")
                .error(503)
                .skip(1);
        Step step = guarded();
        step.begin();
        bench.advanceUntil(() -> executions().size() == 1, LONG);
        step.kept.execution().leave();
        if (old) {
            step.kept.disk.write(Map.of("begun.at", "", "begun.there", ""));
        }
        bench.advance(9);
        step.kept.resume(bench.scheduler(), null, null);
        bench.advance(2);
        if (aborts) {
            step.kept.execution().stop(new CancellationException("aborted"), null);
        } else {
            closed.set(new Refused("closed by now"));
        }
        bench.advance(4);
        bench.aws().faults().lift(down);
        step.untilOver();
        assertTrue(
                step.lines().stream().anyMatch(line -> line.contains("Started pipeline")),
                () -> String.valueOf(step.lines()));
    }

    @Test
    void aGateThatBreaksDoesNotLoseWhatWasStarted() {
        pipeline("QUEUED");
        loseAnswerTo("StartPipelineExecution");
        Step step = guarded();
        step.begin();
        bench.advanceUntil(() -> executions().size() == 1, LONG);
        closed.set(new IllegalStateException("the gate is broken"));
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.kept.outcome().verdict().end());
    }

    @Test
    void nothingIsStartedWhereItCouldNotBeFollowed() {
        pipeline("QUEUED");
        bench.aws()
                .faults()
                .on("CodePipeline.StartPipelineExecution")
                .error(503)
                .times(1);
        bench.aws().faults().on("CodePipeline.ListPipelineExecutions").accessDenied();
        Step step = guarded();
        step.begin();
        bench.advanceUntil(() -> calls("StartPipelineExecution") == 1, LONG);
        closed.set(new Refused("closed by now"));
        step.untilOver();
        assertEquals(0, executions().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6, 11})
    void anAbortStopsWhatIsListedLate(int seconds) {
        bench.aws().codePipeline().speak(Dialect.LISTED_LATE);
        pipeline("QUEUED");
        loseAnswerTo("StartPipelineExecution");
        bench.aws()
                .faults()
                .on("CodePipeline.StartPipelineExecution")
                .error(503)
                .skip(1)
                .times(2);
        Step step = step().begin();
        bench.advanceUntil(() -> executions().size() == 1, LONG);
        bench.advance(seconds);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        assertTrue(calls("StopPipelineExecution") > 0);
    }
}

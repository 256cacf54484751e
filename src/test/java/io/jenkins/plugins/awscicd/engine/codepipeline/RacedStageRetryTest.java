package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;

/** An abort and a retry of a stage that AWS is asked for at once: whichever AWS hears of first, nothing is left that goes on. */
class RacedStageRetryTest extends SteppedPipelines {

    private static final RuntimeException ABORT = new CancellationException("aborted");

    private Step failing() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").takes("Ship", Duration.ofMinutes(5));
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        return step().with("retry", 2);
    }

    private Fault whileRetried(Runnable event) {
        return bench.aws()
                .faults()
                .on("CodePipeline.RetryStageExecution")
                .meanwhile(event)
                .times(1);
    }

    private void ends(Step step, String... hows) {
        bench.advance(Duration.ofHours(1));
        assertTrue(
                List.of(hows).contains(executions().get(0).status()),
                () -> executions().get(0).status() + ": " + step.lines());
    }

    /**
     * The retry is under way when the step is aborted.
     *
     * @param before whether AWS is asked to stop what is at rest before it hears of the retry
     * @param seen whether AWS shows that the execution goes on before it answers
     */
    @ParameterizedTest
    @CsvSource({
        "true, false, false", "true, true, false", "true, false, true", "true, true, true",
        "false, false, false", "false, true, false", "false, false, true", "false, true, true"
    })
    void anAbortWhileTheRetryIsUnderWayStopsWhatAwsMakesOfIt(boolean before, boolean seen, boolean lost) {
        Step step = failing();
        Runnable abort = () -> {
            step.kept.execution().stop(ABORT, null);
            bench.advance(2);
        };
        if (before) {
            whileRetried(abort);
        } else {
            whileRetried(abort).afterExecution();
        }
        if (seen) {
            whileRetried(() -> bench.advance(15)).afterExecution();
        }
        if (lost) {
            loseAnswerTo("RetryStageExecution");
        }
        step.begin().untilOver();
        ends(step, "Stopped");
        assertEquals(ABORT, step.kept.outcome().failure());
    }

    /** Jenkins asks a step to stop only while its run has an executor. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsRetriedOnceTheRunIsOver(boolean aborted) {
        Step step = failing();
        whileRetried(() -> {
            if (aborted) {
                step.kept.execution().leave(ABORT);
            } else {
                step.kept.execution().leave();
            }
        });
        bench.aws().faults().on("CodePipeline.RetryStageExecution").throttle().times(3);
        step.begin();
        ends(step, "Failed");
        assertEquals(1, calls("RetryStageExecution"));
    }

    /** Whoever waits no longer has it stopped all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatIsWaitedForNoLongerIsStopped(boolean lost) {
        Step step = failing();
        whileRetried(() -> {
            step.kept.execution().stop(ABORT, Duration.ofSeconds(1));
            bench.advance(2);
        });
        if (lost) {
            loseAnswerTo("RetryStageExecution");
        }
        step.begin().untilOver();
        ends(step, "Stopped");
    }

    /** A person, or another controller, is a moment faster. */
    @Test
    void aRetryThatSomebodyElseHasMadeIsFollowed() {
        Step step = failing();
        whileRetried(() -> PipelineService.client(bench.session())
                .retryStageExecution(it -> it.pipelineName("web")
                        .stageName("Deploy")
                        .pipelineExecutionId(executions().get(0).id())
                        .retryMode(StageRetryMode.FAILED_ACTIONS)));
        step.begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codebuild.model.RetryBuildBatchType;

/** An abort and a retry of a batch that AWS is asked for at once: whichever AWS hears of first, nothing is left that goes on. */
class RacedRetryTest extends SteppedBatches {

    private static final RuntimeException ABORT = new CancellationException("aborted");

    private Runnable gate = () -> {};

    private KeptStep<BatchSnapshot> step() {
        project("web", GRAPH);
        BuildRequest request = new BuildRequest(Map.of("project", "web", "batch", true, "retryFailed", 2));
        return new KeptStep<>(
                bench,
                (at, token) -> bench.buildBatches()
                        .prepare(
                                at,
                                () -> request,
                                request.retries(),
                                token,
                                LogMode.STREAM,
                                TestRecorder.NONE,
                                ArtifactReceiver.NONE,
                                () -> gate.run(),
                                StepFiles.none()));
    }

    private Fault whileRetried(Runnable event) {
        return bench.aws()
                .faults()
                .on("CodeBuild.RetryBuildBatch")
                .meanwhile(event)
                .times(1);
    }

    private void untilAsked() {
        until(() -> calls("RetryBuildBatch") == 1);
    }

    private void nothingGoesOn(KeptStep<?> step) {
        bench.advance(Duration.ofMinutes(30));
        assertTrue(onlyBatch().complete(), () -> step.console.lines().toString());
        assertEquals(
                List.of(),
                bench.aws().codeBuild().builds().stream()
                        .filter(build -> !build.complete())
                        .toList());
        assertTrue(
                onlyBatch().status().equals("STOPPED") || onlyBatch().retries() == 0,
                () -> onlyBatch().status() + " after a retry: " + step.console.lines());
    }

    /**
     * The retry is under way when the step is aborted.
     *
     * @param before whether AWS is asked to stop what has ended before it hears of the retry
     * @param seen whether AWS shows that the batch goes on before it answers
     */
    @ParameterizedTest
    @CsvSource({
        "true, false, false", "true, true, false", "true, false, true", "true, true, true",
        "false, false, false", "false, true, false", "false, false, true", "false, true, true"
    })
    void anAbortWhileTheRetryIsUnderWayStopsWhatAwsMakesOfIt(boolean before, boolean seen, boolean lost) {
        KeptStep<BatchSnapshot> step = step();
        Runnable abort = () -> {
            step.execution().stop(ABORT, null);
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
            bench.aws()
                    .faults()
                    .on("CodeBuild.RetryBuildBatch")
                    .error(503)
                    .afterExecution()
                    .times(1);
        }
        step.begin();
        until(step::isOver);
        nothingGoesOn(step);
        assertEquals(ABORT, step.outcome().failure());
    }

    /** The answer to the call that stops it is lost, too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbortWhoseAnswerIsLostAsWellStopsIt(boolean shownLate) {
        if (shownLate) {
            bench.aws().codeBuild().dialect(Dialect.BATCH_RETRY_SHOWN_LATE);
        }
        for (String operation : List.of("RetryBuildBatch", "StopBuildBatch")) {
            bench.aws()
                    .faults()
                    .on("CodeBuild." + operation)
                    .error(503)
                    .afterExecution()
                    .times(2);
        }
        KeptStep<BatchSnapshot> step = step();
        step.begin();
        untilAsked();
        step.execution().stop(ABORT, null);
        until(step::isOver);
        nothingGoesOn(step);
    }

    /** Whoever goes on with the abort does not know whether AWS has agreed to the retry. */
    @ParameterizedTest
    @EnumSource(names = {"BATCH_RETRY_SHOWN_LATE", "BATCH_RETRY_STOPPED_LATE", "BATCH_WITHOUT_DOWNLOAD"})
    void anAbortThatIsGoneOnWithStopsWhatAwsHasMadeOfIt(Dialect dialect) {
        bench.aws().codeBuild().dialect(dialect);
        KeptStep<BatchSnapshot> step = step();
        step.begin();
        untilAsked();
        step.execution().leave();
        step.forgetEnd();
        step.resume(bench.scheduler(), ABORT, null);
        until(step::isOver);
        nothingGoesOn(step);
    }

    /** AWS may not know yet that there is something to stop. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 12})
    void anAbortRightAfterTheRetryIsSaidUntilAwsAgrees(int after) {
        bench.aws().codeBuild().dialect(Dialect.BATCH_RETRY_STOPPED_LATE);
        KeptStep<BatchSnapshot> step = step();
        step.begin();
        untilAsked();
        bench.advance(after);
        step.execution().stop(ABORT, null);
        until(step::isOver);
        nothingGoesOn(step);
    }

    /** AWS takes no call at this moment, and the one that has come again is not wanted any more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsRetriedAfterAnAbort(boolean leaving) {
        KeptStep<BatchSnapshot> step = leaving ? step().leaving() : step();
        whileRetried(() -> step.execution().stop(ABORT, null));
        bench.aws().faults().on("CodeBuild.RetryBuildBatch").throttle().times(3);
        step.begin();
        until(step::isOver);
        nothingGoesOn(step);
        assertEquals(1, calls("RetryBuildBatch"));
        assertEquals("FAILED", onlyBatch().status());
    }

    /** Jenkins asks a step to stop only while its run has an executor. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsRetriedOnceTheRunIsOver(boolean aborted) {
        KeptStep<BatchSnapshot> step = step();
        whileRetried(() -> {
            if (aborted) {
                step.execution().leave(ABORT);
            } else {
                step.execution().leave();
            }
        });
        bench.aws().faults().on("CodeBuild.RetryBuildBatch").throttle().times(3);
        step.begin();
        nothingGoesOn(step);
        assertEquals(1, calls("RetryBuildBatch"));
        assertEquals(0, onlyBatch().retries());
    }

    /** Guards may take their time. */
    @Test
    void nothingIsRetriedAfterAnAbortThatComesWhileGuardsAreAsked() {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<KeptStep<BatchSnapshot>> step = new AtomicReference<>();
        gate = () -> {
            if (asked.incrementAndGet() == 2) {
                step.get().execution().stop(ABORT, null);
                bench.advance(3);
            }
        };
        step.set(step());
        step.get().begin();
        until(step.get()::isOver);
        nothingGoesOn(step.get());
        assertEquals(0, calls("RetryBuildBatch"));
    }

    /** Whoever waits no longer has it stopped all the same. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void oneThatIsWaitedForNoLongerIsStopped(boolean lost, boolean shownLate) {
        if (shownLate) {
            bench.aws().codeBuild().dialect(Dialect.BATCH_RETRY_SHOWN_LATE);
        }
        KeptStep<BatchSnapshot> step = step();
        whileRetried(() -> {
            step.execution().stop(ABORT, Duration.ofSeconds(1));
            bench.advance(2);
        });
        if (lost) {
            bench.aws()
                    .faults()
                    .on("CodeBuild.RetryBuildBatch")
                    .error(503)
                    .afterExecution()
                    .times(1);
        }
        step.begin();
        until(step::isOver);
        nothingGoesOn(step);
    }

    /** A person, or another controller, is a moment faster. */
    @Test
    void aRetryThatSomebodyElseHasMadeIsFollowed() {
        KeptStep<BatchSnapshot> step = step();
        whileRetried(() -> BatchService.client(bench.session())
                .retryBuildBatch(it -> it.id(onlyBatch().id()).retryType(RetryBuildBatchType.RETRY_FAILED_BUILDS)));
        step.begin();
        until(step::isOver);
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end(), step.console.lines()::toString);
        assertEquals(1, onlyBatch().retries());
    }

    @Test
    void twoControllersRetryItOnce() {
        project("web", GRAPH);
        BatchRun one = new BatchRun(bench).with("retryFailed", 2).start("web");
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        bench.advance(1);
        BatchRun other = new BatchRun(bench).sharing(one).resume(onlyBatch().id());
        untilOver(one);
        untilOver(other);
        assertEquals(1, onlyBatch().retries());
        assertEquals(Verdict.End.SUCCEEDED, one.verdict().end(), one.console().lines()::toString);
        assertEquals(
                Verdict.End.SUCCEEDED, other.verdict().end(), other.console().lines()::toString);
    }
}

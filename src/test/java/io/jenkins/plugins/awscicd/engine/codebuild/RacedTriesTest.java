package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An abort and a call that starts a build at once: whichever AWS hears of first, nothing is left that goes on. */
class RacedTriesTest extends SteppedBuilds {

    private static final RuntimeException ABORT = new CancellationException("aborted");

    private KeptStep<BuildSnapshot> retrying() {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_STATUS", "FAILED,SUCCEEDED").variable("SIMULATED_SECONDS", 200));
        return new KeptStep<>(
                bench,
                (at, token) -> bench.codeBuild()
                        .prepare(
                                at,
                                () -> new BuildRequest(Map.of("project", "web")),
                                new RetryRequest(2, null),
                                token,
                                LogMode.NONE,
                                TestRecorder.NONE,
                                ArtifactReceiver.NONE,
                                () -> {},
                                StepFiles.none()));
    }

    private Fault whileCalled(String operation, Runnable event) {
        return bench.aws()
                .faults()
                .on("CodeBuild." + operation)
                .meanwhile(event)
                .times(1);
    }

    private void nothingGoesOn(KeptStep<?> step) {
        bench.advance(Duration.ofSeconds(100));
        assertEquals(
                List.of(),
                bench.aws().codeBuild().builds().stream()
                        .filter(build -> !build.complete())
                        .toList(),
                () -> step.console.lines().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "StartBuild, true, false, 0", "StartBuild, true, true, 0", "StartBuild, false, false, 0",
        "StartBuild, false, true, 0", "StartBuild, true, false, 1", "StartBuild, true, true, 1",
        "RetryBuild, true, false, 0", "RetryBuild, true, true, 0", "RetryBuild, false, false, 0",
        "RetryBuild, false, true, 0", "RetryBuild, true, false, 1", "RetryBuild, true, true, 1"
    })
    void anAbortWhileTheCallIsUnderWayStopsWhatAwsMakesOfIt(
            String operation, boolean before, boolean lost, int within) {
        KeptStep<BuildSnapshot> step = retrying();
        Runnable abort = () -> {
            step.execution().stop(ABORT, within == 0 ? null : Duration.ofSeconds(within));
            bench.advance(3);
        };
        if (before) {
            whileCalled(operation, abort);
        } else {
            whileCalled(operation, abort).afterExecution();
        }
        if (lost) {
            bench.aws()
                    .faults()
                    .on("CodeBuild." + operation)
                    .error(503)
                    .afterExecution()
                    .times(1);
        }
        step.begin();
        bench.advanceUntil(step::isOver, Duration.ofMinutes(20));
        nothingGoesOn(step);
        assertEquals(ABORT, step.outcome().failure());
    }

    /** Jenkins asks a step to stop only while its run has an executor. */
    @ParameterizedTest
    @CsvSource({"StartBuild, false", "StartBuild, true", "RetryBuild, false", "RetryBuild, true"})
    void nothingIsStartedOnceTheRunIsOver(String operation, boolean aborted) {
        KeptStep<BuildSnapshot> step = retrying();
        whileCalled(operation, () -> {
            if (aborted) {
                step.execution().leave(ABORT);
            } else {
                step.execution().leave();
            }
        });
        bench.aws().faults().on("CodeBuild." + operation).throttle().times(3);
        step.begin();
        bench.advanceUntil(() -> calls(operation) == 1, Duration.ofMinutes(20));
        nothingGoesOn(step);
        assertEquals(1, calls(operation));
    }

    /** The controller dies with the call under way, and comes back to an abort. */
    @ParameterizedTest
    @ValueSource(strings = {"StartBuild", "RetryBuild"})
    void anAbortThatIsGoneOnWithStopsWhatWasStarted(String operation) {
        KeptStep<BuildSnapshot> step = retrying();
        whileCalled(operation, () -> {
                    step.execution().leave();
                    bench.advance(1);
                })
                .afterExecution();
        step.begin();
        bench.advanceUntil(() -> calls(operation) == 1, Duration.ofMinutes(20));
        step.forgetEnd();
        step.resume(bench.scheduler(), ABORT, null);
        bench.advanceUntil(step::isOver, Duration.ofMinutes(20));
        nothingGoesOn(step);
    }

    /** AWS may have started it, and who may not look for it cannot stop it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whyItCannotBeLookedForIsSaidBesideAnAbort(boolean timeout) {
        bench.aws()
                .faults()
                .on("CodeBuild.StartBuild")
                .error(503)
                .afterExecution()
                .times(1);
        bench.aws().faults().on("CodeBuild.ListBuildsForProject").accessDenied();
        KeptStep<BuildSnapshot> step = retrying();
        if (timeout) {
            step.within(Duration.ofMillis(500));
        } else {
            whileCalled("StartBuild", () -> step.execution().stop(ABORT, null));
        }
        step.begin();
        bench.advanceUntil(step::isOver, Duration.ofMinutes(20));
        assertTrue(
                step.console.lastLine().contains("when looking for the build that may have been started before"),
                () -> step.console.lines() + " and " + step.outcome());
    }

    /** AWS has not said that a list has at once what was started: an answer from before does not have it. */
    @Test
    void whatIsListedLateIsStoppedAllTheSame() {
        KeptStep<BuildSnapshot> step = retrying();
        bench.aws().faults().on("CodeBuild.ListBuildsForProject").stale(Duration.ofSeconds(20));
        CodeBuildService.client(bench.session()).listBuildsForProject(it -> it.projectName("web"));
        bench.aws()
                .faults()
                .on("CodeBuild.StartBuild")
                .error(503)
                .afterExecution()
                .times(1);
        whileCalled("StartBuild", () -> step.execution().stop(ABORT, null));
        step.begin();
        bench.advanceUntil(step::isOver, Duration.ofMinutes(20));
        nothingGoesOn(step);
    }

    @Test
    void whatIsListedLateIsStoppedAfterARestartToo() {
        KeptStep<BuildSnapshot> step = retrying();
        bench.aws().faults().on("CodeBuild.ListBuildsForProject").stale(Duration.ofSeconds(20));
        CodeBuildService.client(bench.session()).listBuildsForProject(it -> it.projectName("web"));
        whileCalled("StartBuild", () -> {
                    step.execution().leave();
                    bench.advance(1);
                })
                .afterExecution();
        step.begin();
        bench.advanceUntil(() -> calls("StartBuild") == 1, Duration.ofMinutes(20));
        step.forgetEnd();
        step.resume(bench.scheduler(), ABORT, null);
        bench.advanceUntil(step::isOver, Duration.ofMinutes(20));
        nothingGoesOn(step);
    }
}

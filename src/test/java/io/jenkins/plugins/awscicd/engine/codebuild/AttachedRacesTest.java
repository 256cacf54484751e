package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that follow a build, aborted at moments of their own. */
class AttachedRacesTest extends SteppedBuilds {

    private static final RuntimeException ABORT = new CancellationException("aborted by a person");

    private Runnable gate = () -> {};

    @BeforeEach
    void project() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 3_000));
    }

    private Build started() {
        CodeBuildService.client(bench.session()).startBuild(it -> it.projectName("web"));
        return bench.aws().codeBuild().builds().get(0);
    }

    private KeptStep<BuildSnapshot> step(String build) {
        return new KeptStep<BuildSnapshot>(
                        bench,
                        (at, token) -> bench.codeBuild()
                                .prepare(
                                        at,
                                        () -> new BuildRequest(Map.of("build", build)),
                                        RetryRequest.NONE,
                                        token,
                                        LogMode.STREAM,
                                        TestRecorder.NONE,
                                        ArtifactReceiver.NONE,
                                        () -> gate.run(),
                                        StepFiles.none()))
                .following(build);
    }

    private void endsAborted(KeptStep<BuildSnapshot> step) {
        bench.advanceUntil(step::isOver, Duration.ofMinutes(30));
        assertSame(ABORT, step.outcome().failure());
        bench.advance(300);
    }

    /** Guards take their time; the abort comes while they are asked. */
    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "1200, true", "1200, false"})
    void anAbortWhileGuardsAreAskedIsCarriedOutOnceTheyAgree(int seconds, boolean atOnce) {
        Build build = started();
        KeptStep<BuildSnapshot> step = step(build.id());
        Runnable slow = () -> {
            gate = () -> {};
            step.execution().stop(ABORT, null);
            bench.advance(seconds);
        };
        if (atOnce) {
            step.asking(slow);
        } else {
            gate = slow;
        }
        step.begin();
        endsAborted(step);
        assertEquals(Status.STOPPED, build.status(), step.console.lines()::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void guardsThatRefuseAfterTheAbortStopNothing(boolean atOnce) {
        Build build = started();
        KeptStep<BuildSnapshot> step = step(build.id());
        Runnable slow = () -> {
            step.execution().stop(ABORT, null);
            bench.advance(2);
            throw new Refused("the stage is closed");
        };
        if (atOnce) {
            step.asking(slow);
        } else {
            gate = slow;
        }
        step.begin();
        endsAborted(step);
        assertEquals(Status.IN_PROGRESS, build.status());
        assertEquals("Not stopped: the stage is closed", step.console.lastLine());
        assertEquals(List.of(0L, 0L), List.of(calls("StopBuild"), calls("BatchGetBuilds")));
    }

    /** Of a step whose time is over, as of one that is aborted. */
    @Test
    void aTimeoutBeforeItIsFoundStopsIt() {
        Build build = started();
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible().times(3);
        KeptStep<BuildSnapshot> step = step(build.id()).within(Duration.ofSeconds(3));
        step.begin();
        bench.advanceUntil(step::isOver, Duration.ofMinutes(30));
        bench.advance(60);
        assertEquals(Status.STOPPED, build.status());
        assertEquals("Not done within 3.0 s", step.outcome().verdict().reason().split(":")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "503", "cut", "expired"})
    void anAbortWhileNobodyAnswersStopsItOnceSomebodyDoes(String fault) {
        Build build = started();
        var on = bench.aws().faults().on("CodeBuild.BatchGetBuilds");
        (switch (fault) {
                    case "throttle" -> on.throttle();
                    case "503" -> on.error(503);
                    case "cut" -> on.cutConnection();
                    default -> on.expiredToken();
                })
                .times(3);
        KeptStep<BuildSnapshot> step = step(build.id());
        step.begin();
        bench.advance(1);
        step.execution().stop(ABORT, null);
        endsAborted(step);
        assertEquals(
                fault.equals("expired") ? build.status() : Status.STOPPED,
                build.status(),
                step.console.lines().toString());
    }

    /** The controller goes down between the abort and each of what it takes to stop it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 10})
    void anAbortThatIsInterruptedByARestartIsCarriedOutAfterIt(int tenths) {
        Build build = started();
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible().times(2);
        KeptStep<BuildSnapshot> step = step(build.id());
        step.begin();
        bench.advance(Duration.ofSeconds(1));
        step.execution().stop(ABORT, null);
        bench.advance(Duration.ofMillis(tenths * 1_000L));
        if (!step.isOver()) {
            step.execution().leave();
            bench.advance(1);
            step.forgetEnd();
            step.resume(bench.scheduler(), ABORT, null);
        }
        endsAborted(step);
        assertEquals(Status.STOPPED, build.status(), step.console.lines()::toString);
    }

    /** One step aborts, another follows on. */
    @Test
    void whoFollowsItBesideHearsThatItWasStopped() {
        Build build = started();
        KeptStep<BuildSnapshot> one = step(build.id());
        KeptStep<BuildSnapshot> other = step(build.id());
        one.begin();
        other.begin();
        bench.advance(10);
        one.execution().stop(ABORT, null);
        endsAborted(one);
        bench.advanceUntil(other::isOver, Duration.ofMinutes(5));
        assertEquals("STOPPED", other.outcome().verdict().end().name());
        assertEquals(1, calls("StopBuild"));
    }
}

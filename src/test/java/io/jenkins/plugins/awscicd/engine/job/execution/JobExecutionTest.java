package io.jenkins.plugins.awscicd.engine.job.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.RetryRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobExecutionTest {

    private static final WorkspaceSource NO_FILES = StepFiles.none();

    private final RuntimeException abort = new RuntimeException("aborted by a person");
    private Bench bench;
    private KeptStep<BuildSnapshot> step;

    @BeforeEach
    void build() {
        bench = Bench.stepped();
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        step = step();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private KeptStep<BuildSnapshot> step() {
        return new KeptStep<>(
                bench,
                (at, token) -> bench.codeBuild()
                        .prepare(
                                at,
                                () -> new BuildRequest(Map.of("project", "web")),
                                RetryRequest.NONE,
                                token,
                                LogMode.of(null),
                                TestRecorder.NONE,
                                ArtifactReceiver.NONE,
                                () -> {},
                                NO_FILES));
    }

    private long starts() {
        return bench.aws().calls().count("CodeBuild.StartBuild");
    }

    private long stops() {
        return bench.aws().calls().count("CodeBuild.StopBuild");
    }

    private String status() {
        return bench.aws().codeBuild().builds().get(0).status().toString();
    }

    private void endsWithin(Duration most) {
        bench.advanceUntil(step::isOver, most);
    }

    /** Ends the process that runs the step, as a crash does. */
    private void crash() {
        step.execution().leave();
    }

    @Test
    void goesOnWithItsJobsResult() {
        step.begin();
        endsWithin(Duration.ofMinutes(15));
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
        assertNotNull(step.outcome().result());
        assertNull(step.outcome().failure());
        String id = step.disk.read().get("id");
        assertEquals(List.of("admit", "started " + id, "ended", "over"), step.received());
        assertEquals(1, starts());
    }

    @Test
    void isNotBegunIfItIsRefused() {
        step.asking(() -> {
            throw new Refused("not today");
        });
        step.begin();
        endsWithin(Duration.ofMinutes(1));
        assertEquals("not today", step.outcome().failure().getMessage());
        assertEquals(0, starts());
    }

    @Test
    void isTooLateWhateverBecomesOfTheJob() {
        step.within(Duration.ofMinutes(1)).unpropagated();
        step.begin();
        endsWithin(Duration.ofMinutes(2));
        assertEquals(Verdict.End.FAILED, step.outcome().verdict().end());
        assertTrue(step.outcome().verdict().reason().startsWith("Not done within 1 min 0 s: "));
        assertEquals("STOPPED", status());
    }

    @Test
    void anAbortStopsTheJob() {
        step.begin();
        bench.advance(30);
        step.execution().stop(abort, null);
        endsWithin(Duration.ofMinutes(1));
        assertSame(abort, step.outcome().failure());
        assertEquals(1, stops());
        assertEquals("STOPPED", status());
    }

    @Test
    void anAbortBeforeThereIsASessionStartsNothing() {
        bench.scheduler().execute(() -> {}); // what connects comes after this
        step.begin();
        step.execution().stop(abort, null);
        endsWithin(Duration.ofMinutes(1));
        bench.advance(60);
        assertSame(abort, step.outcome().failure());
        assertEquals(0, starts());
    }

    /** However long it takes to connect after a restart. */
    @Test
    void anAbortWhileItConnectsStopsTheJobOnceItIsConnected() {
        goOnDisconnected(null);
        step.execution().stop(abort, null);
        bench.advance(Duration.ofMinutes(5));
        assertFalse(step.isOver(), "nobody has stopped its build yet");
        step.connect();
        endsWithin(Duration.ofMinutes(1));
        assertSame(abort, step.outcome().failure());
        assertEquals(1, stops());
        assertEquals("STOPPED", status());
    }

    @Test
    void anAbortBeforeTheRestartStopsTheJobOnceItIsConnected() {
        goOnDisconnected(abort);
        bench.advance(Duration.ofMinutes(5));
        step.connect();
        endsWithin(Duration.ofMinutes(1));
        assertSame(abort, step.outcome().failure());
        assertEquals("STOPPED", status());
    }

    @Test
    void theJobIsStoppedThoughNobodyCouldWaitForTheConnection() {
        goOnDisconnected(null);
        step.execution().stop(abort, Duration.ofSeconds(50));
        bench.advance(51);
        assertSame(abort, step.outcome().failure());
        assertEquals(
                "No longer waiting: not connected to AWS, where " + id() + " continues until it can be stopped",
                step.console.lastLine());
        step.connect();
        bench.advance(60);
        assertEquals("STOPPED", status());
        assertEquals(1, stops());
        assertSame(abort, step.outcome().failure());
    }

    @Test
    void theJobOfARunThatIsEndedByForceAfterItsAbortIsStopped() {
        goOnDisconnected(null);
        step.execution().stop(abort, null);
        bench.advance(1);
        step.execution().leave();
        step.connect();
        bench.advance(60);
        assertFalse(step.isOver(), "nobody waits for it");
        assertEquals("STOPPED", status());
    }

    @Test
    void theJobThatIsToBeLeftIsLeftAtOnce() {
        step.leaving();
        goOnDisconnected(null);
        step.execution().stop(abort, null);
        assertSame(abort, step.outcome().failure());
        assertEquals("Left running in AWS: " + id(), step.console.lastLine());
        step.connect();
        bench.advance(Duration.ofMinutes(1));
        assertEquals(0, stops());
    }

    @Test
    void whatCannotBeConnectedIsGivenUpWithWhatGoesOn() {
        goOnDisconnected(null);
        step.execution().stop(abort, null);
        endsWithin(Duration.ofMinutes(11));
        assertSame(abort, step.outcome().failure());
        assertEquals("Not connected to AWS, where " + id() + " continues", step.console.lastLine());
    }

    private String id() {
        return step.disk.read().get("id");
    }

    /** Starts the build, ends the process and begins another one, in which the step cannot connect. */
    private void goOnDisconnected(Throwable aborted) {
        step.begin();
        bench.advance(30);
        crash();
        step.disconnect();
        step.resume(bench.scheduler(), aborted, null);
        bench.advance(1);
    }
}

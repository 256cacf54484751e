package io.jenkins.plugins.awscicd.engine.job.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.RetryRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever runs a step fails itself, or is slow, at every turn: a step ends all the same, and as its job does. */
class JobFaultsTest {

    private static final WorkspaceSource NO_FILES = StepFiles.none();

    /** Says of each fault that it was one: kept, so that it stays silent. */
    private static final Logger LOG = Logger.getLogger("io.jenkins.plugins.awscicd.engine.job");

    private final RuntimeException abort = new RuntimeException("aborted by a person");

    @AutoClose
    private final Bench bench = Bench.stepped();

    private KeptStep<BuildSnapshot> step;

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @BeforeEach
    void build() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        step = new KeptStep<>(
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

    private long stops() {
        return bench.aws().calls().count("CodeBuild.StopBuild");
    }

    private String status() {
        return bench.aws().codeBuild().builds().get(0).status().toString();
    }

    static Stream<Arguments> listeners() {
        return Stream.of("started", "observed", "ended", "over")
                .flatMap(callback -> Stream.of(
                        Arguments.of(callback, new IllegalStateException("not now")),
                        Arguments.of(callback, new NoClassDefFoundError("no/such/Class"))));
    }

    @ParameterizedTest
    @MethodSource("listeners")
    void theStepEndsAsItsJobDoesWhoeverCannotHearOfIt(String callback, Throwable fault) {
        step.failingIn(callback, fault);
        step.begin();
        bench.advanceUntil(step::isOver, Duration.ofMinutes(15));
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
        assertNotNull(step.outcome().result());
    }

    @ParameterizedTest
    @MethodSource("listeners")
    void anAbortStopsTheJobWhoeverCannotHearOfIt(String callback, Throwable fault) {
        step.failingIn(callback, fault);
        step.begin();
        bench.advance(60);
        step.execution().stop(abort, null);
        bench.advanceUntil(step::isOver, Duration.ofMinutes(5));
        assertSame(abort, step.outcome().failure());
        assertEquals("STOPPED", status());
    }

    @Test
    void theJobIsStoppedThoughNobodyCouldWaitForAThread() {
        step.begin();
        bench.advance(30);
        step.execution().leave();
        step.busyFor(Duration.ofMinutes(5));
        step.resume(bench.scheduler(), null, null);
        step.execution().stop(abort, Duration.ofSeconds(50));
        bench.advance(51);
        assertSame(abort, step.outcome().failure());
        bench.advance(Duration.ofMinutes(6));
        assertEquals("STOPPED", status());
        assertEquals(1, stops());
    }

    @Test
    void theJobOfARunThatIsEndedByForceIsStoppedOnceThereIsAThread() {
        step.begin();
        bench.advance(30);
        step.execution().leave();
        step.busyFor(Duration.ofMinutes(5));
        step.resume(bench.scheduler(), abort, null);
        bench.advance(1);
        step.execution().leave();
        bench.advance(Duration.ofMinutes(6));
        assertFalse(step.isOver(), "nobody waits for it");
        assertEquals("STOPPED", status());
    }

    /** Such as by Jenkins, which does not ask steps when it has no executor for their run yet. */
    @Test
    void theJobOfARunThatIsEndedAsAbortedIsStopped() {
        step.begin();
        bench.advance(30);
        step.execution().leave(abort);
        bench.advance(60);
        assertFalse(step.isOver(), "nobody waits for it");
        assertEquals("STOPPED", status());
    }

    @Test
    void theJobOfARunThatIsEndedAsAbortedWhileItConnectsIsStopped() {
        step.begin();
        bench.advance(30);
        step.execution().leave();
        step.disconnect();
        step.resume(bench.scheduler(), null, null);
        bench.advance(10);
        step.execution().leave(abort);
        bench.advance(60);
        step.connect();
        bench.advance(60);
        assertEquals("STOPPED", status());
    }

    @Test
    void theJobOfARunThatIsEndedAsAbortedIsLeftIfThatIsWhatAnAbortDoes() {
        step.leaving();
        step.begin();
        bench.advance(30);
        step.execution().leave(abort);
        bench.advance(60);
        assertEquals("IN_PROGRESS", status());
    }

    /** Twice, and from somebody who waits for less. */
    @Test
    void whoWaitsForLessIsNotKeptByWhoAbortsAfterHim() {
        step.begin();
        bench.advance(30);
        step.execution().leave();
        step.disconnect();
        step.resume(bench.scheduler(), null, null);
        bench.advance(10);
        step.execution().stop(abort, Duration.ofSeconds(50));
        bench.advance(20);
        step.execution().stop(abort, null);
        bench.advance(31);
        assertTrue(step.isOver(), "it is ended by force ten seconds later");
    }

    /** However much of it was spent on connecting. */
    @Test
    void theTimeOfWhoAbortsCountsFromWhenHeDoes() {
        step.begin();
        bench.advance(30);
        step.execution().leave();
        step.disconnect();
        step.resume(bench.scheduler(), null, null);
        bench.advance(10);
        step.execution().stop(abort, Duration.ofSeconds(50));
        bench.advance(30);
        bench.aws().faults().on("CodeBuild.*").error(503);
        step.connect();
        bench.advance(21);
        assertTrue(step.isOver(), "it is ended by force nine seconds later");
        assertSame(abort, step.outcome().failure());
    }

    static Stream<String> beforeItsStart() {
        return Stream.of("prepare", "afterSave", "started");
    }

    /** A place that was held before a restart is not held by what is over. */
    @ParameterizedTest
    @MethodSource("beforeItsStart")
    void whatCannotGoOnAfterARestartIsInNobodysWay(String callback) {
        bench.aws().beanstalk().version("web", "v1", "artifacts", "1.zip");
        bench.aws().beanstalk().version("web", "v2", "artifacts", "2.zip");
        EnvironmentSpec spec =
                EnvironmentSpec.simulated("web", "web-prod").instances(1).version("v0");
        spec.simulation().command(Duration.ofSeconds(40));
        bench.aws().beanstalk().environment(spec);
        bench.advance(60);
        Duration lifetime = Duration.ofHours(1);
        KeptStep<EnvironmentSnapshot> first = update("v1", 1).within(lifetime);
        first.begin();
        bench.advanceUntil(() -> first.disk.read().containsKey("places"), Duration.ofMinutes(2));
        first.execution().leave();
        first.failingIn(callback, new IllegalStateException("not now"));
        first.resume(bench.scheduler(), null, null);
        KeptStep<EnvironmentSnapshot> second = update("v2", 2);
        second.begin();
        bench.advanceUntil(second::isOver, Duration.ofMinutes(20));
        assertEquals(Verdict.End.SUCCEEDED, second.outcome().verdict().end());
    }

    private KeptStep<EnvironmentSnapshot> update(String version, int order) {
        BeanstalkRequest request =
                new BeanstalkRequest(Map.of("application", "web", "environment", "web-prod", "version", version));
        return new KeptStep<>(
                bench,
                (at, token) -> bench.beanstalk()
                        .prepare(at, request, token, new Turn("web #" + order, order), Gate.OPEN, NO_FILES));
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that something else has started is followed to its end, and left alone. */
class AttachedBuildTest extends SteppedBuilds {

    private static final RuntimeException ABORT = new CancellationException("aborted by a person");

    private static final String UNKNOWN = "web:00000000-0000-0000-0000-000000000000";

    private final KeptTests recorder = new KeptTests(TestResults.RECORD);
    private Runnable gate = () -> {};

    @BeforeEach
    void project() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 30));
    }

    /** As a person would start it. */
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
                                        recorder,
                                        ArtifactReceiver.NONE,
                                        () -> gate.run(),
                                        StepFiles.none()))
                .following(build);
    }

    private KeptStep<BuildSnapshot> begun(String build) {
        KeptStep<BuildSnapshot> step = step(build);
        step.begin();
        return step;
    }

    private void end(KeptStep<BuildSnapshot> step) {
        bench.advanceUntil(step::isOver, Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsFollowedToItsEndAndNothingIsStarted(boolean byArn) {
        Build build = started();
        bench.aws()
                .codeBuild()
                .report(build.id(), "web-unit", List.of(new TestCase("SumTest", "adds", "SUCCEEDED", 1, null)));
        bench.advance(20);
        KeptStep<BuildSnapshot> step = begun(byArn ? build.arn() : build.id());
        end(step);

        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
        BuildResult result = assertInstanceOf(BuildResult.class, step.outcome().result());
        assertEquals(build.id(), result.getId());
        assertEquals("Following web #1", step.console.lines().get(0));
        assertEquals(30, step.console.output().size(), "all of its log");
        assertTrue(
                step.console.lines().contains("web #1 succeeded in 1 min 5 s"),
                step.console.lines().toString());
        assertEquals(1, recorder.paths.size());
        assertEquals(1, calls("StartBuild"));
        assertEquals(0, calls("StopBuild"));
    }

    @Test
    void oneThatHasEndedIsToldAsWell() {
        Build build = started();
        bench.advance(600);
        KeptStep<BuildSnapshot> step = begun(build.id());
        end(step);
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
        assertEquals(30, step.console.output().size());
    }

    @Test
    void aRestartGoesOnWithIt() {
        Build build = started();
        bench.advance(20);
        KeptStep<BuildSnapshot> step = begun(build.id());
        bench.advance(20);
        step.execution().leave(); // as the process does
        step.forgetEnd();
        step.resume(bench.scheduler(), null, null);
        end(step);
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
        assertEquals(1, bench.aws().codeBuild().builds().size());
    }

    @Test
    void theGateIsAsked() {
        Build build = started();
        gate = () -> {
            throw new Refused("the stage is closed");
        };
        KeptStep<BuildSnapshot> step = begun(build.id());
        end(step);
        assertEquals(Verdict.End.REFUSED, step.outcome().verdict().end());
        assertEquals(0, calls("BatchGetBuilds"));
    }

    @Test
    void oneThatAwsDoesNotKnowIsSaidToBeNowhere() {
        KeptStep<BuildSnapshot> step = begun(UNKNOWN);
        end(step);
        assertEquals(
                "build: there is no build " + UNKNOWN
                        + " in eu-west-1 of account 123456789012; check the id, the region and the credentials",
                step.outcome().failure().getMessage());
        assertNull(step.outcome().result());
    }

    @Test
    void oneOfAnotherAccountOrRegionIsSaidToBeThere() {
        KeptStep<BuildSnapshot> step = begun("arn:aws:codebuild:eu-west-1:210987654321:build/" + UNKNOWN);
        end(step);
        assertTrue(
                step.outcome()
                        .failure()
                        .getMessage()
                        .endsWith("; it is in account 210987654321, so name credentials or a role of that account"),
                step.outcome().failure().getMessage());

        KeptStep<BuildSnapshot> elsewhere = begun("arn:aws:codebuild:us-east-1:123456789012:build/" + UNKNOWN);
        end(elsewhere);
        assertTrue(
                elsewhere
                        .outcome()
                        .failure()
                        .getMessage()
                        .endsWith(" is in us-east-1, but the step looks in eu-west-1; add region: 'us-east-1'"),
                elsewhere.outcome().failure().getMessage());
    }

    /** Whoever attaches at once may be sooner than AWS. */
    @Test
    void oneThatIsKnownOnlyAMomentLaterIsFound() {
        Build build = started();
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible().times(3);
        KeptStep<BuildSnapshot> step = begun(build.id());
        end(step);
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
    }

    @Test
    void whatAwsNoLongerKnowsIsSaidToBeGone() {
        Build build = started();
        KeptStep<BuildSnapshot> step = begun(build.id());
        bench.advance(20);
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible();
        end(step);
        assertTrue(
                step.outcome().failure().getMessage().contains("AWS no longer knows it, or never did"),
                step.outcome().failure().getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbortLeavesItUnlessItIsSaidToStopIt(boolean stops) {
        Build build = started();
        KeptStep<BuildSnapshot> step = step(build.id());
        if (!stops) {
            step.leaving();
        }
        step.begin();
        bench.advance(20);
        step.execution().stop(new CancellationException("aborted"), null);
        end(step);
        bench.advance(300);
        assertEquals(stops ? Status.STOPPED : Status.SUCCEEDED, build.status());
        assertEquals(stops ? 1 : 0, calls("StopBuild"));
    }

    private void abort(KeptStep<BuildSnapshot> step) {
        step.execution().stop(ABORT, null);
    }

    private void endsAborted(KeptStep<BuildSnapshot> step) {
        end(step);
        assertSame(ABORT, step.outcome().failure());
        bench.advance(300);
    }

    @Test
    void anAbortBeforeTheStepIsConnectedStopsItOnceItIs() {
        Build build = started();
        bench.scheduler().execute(() -> {}); // what connects comes after this
        KeptStep<BuildSnapshot> step = begun(build.id());
        abort(step);
        endsAborted(step);
        assertEquals(Status.STOPPED, build.status());
        assertEquals(1, calls("StopBuild"));
    }

    @Test
    void itIsLeftByAnAbortBeforeTheStepIsConnected() {
        Build build = started();
        bench.scheduler().execute(() -> {});
        KeptStep<BuildSnapshot> step = step(build.id()).leaving();
        step.begin();
        abort(step);
        endsAborted(step);
        assertEquals(List.of(Status.SUCCEEDED, 0L), List.of(build.status(), calls("StopBuild")));
        assertEquals("Left running in AWS: " + build.id(), step.console.lastLine());
    }

    /** Those who keep others from the stage keep them from stopping what is in it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbortBeforeTheStepIsConnectedStopsNothingThatGuardsRefuse(boolean atOnce) {
        Build build = started();
        Runnable refusing = () -> {
            throw new Refused("the stage is closed");
        };
        KeptStep<BuildSnapshot> step = step(build.id());
        if (atOnce) {
            step.asking(refusing);
        } else {
            gate = refusing;
        }
        bench.scheduler().execute(() -> {});
        step.begin();
        abort(step);
        endsAborted(step);
        assertEquals(List.of(Status.SUCCEEDED, 0L), List.of(build.status(), calls("StopBuild")));
        assertEquals(0, calls("BatchGetBuilds"));
        assertEquals("Not stopped: the stage is closed", step.console.lastLine());
    }

    /** As in {@link #oneThatIsKnownOnlyAMomentLaterIsFound}. */
    @Test
    void anAbortWhileItIsLookedForStopsItOnceItIsFound() {
        Build build = started();
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible().times(3);
        KeptStep<BuildSnapshot> step = begun(build.id());
        bench.advance(2);
        assertEquals(1, calls("BatchGetBuilds"));
        abort(step);
        endsAborted(step);
        assertEquals(Status.STOPPED, build.status());
    }

    @Test
    void itIsNotLookedForAnyLongerWhereItIsToBeLeft() {
        started();
        KeptStep<BuildSnapshot> step = step(UNKNOWN).leaving();
        step.begin();
        bench.advance(2);
        abort(step);
        endsAborted(step);
        assertEquals(1, calls("BatchGetBuilds"));
    }

    @Test
    void anAbortThatWaitsNoLongerSaysWhatBecomesOfIt() {
        Build build = started();
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible().times(3);
        KeptStep<BuildSnapshot> step = begun(build.id());
        bench.advance(2);
        step.execution().stop(ABORT, Duration.ofSeconds(2));
        endsAborted(step);
        assertEquals(
                List.of("No longer waiting: " + build.id() + " was not found yet, and is stopped if it is"),
                step.console.lines());
        assertEquals(Status.STOPPED, build.status());
    }

    @Test
    void anAbortSaysThatThereIsNothingToStop() {
        KeptStep<BuildSnapshot> step = begun(UNKNOWN);
        bench.advance(2);
        abort(step);
        endsAborted(step);
        assertTrue(
                step.console.lastLine().startsWith("Not stopped: build: there is no build " + UNKNOWN),
                step.console.lastLine());
    }

    @Test
    void anAbortBeforeARestartStopsItAfterThat() {
        Build build = started();
        bench.scheduler().execute(() -> {});
        KeptStep<BuildSnapshot> step = begun(build.id());
        step.execution().leave(); // as the process does, before anything is known
        step.forgetEnd();
        step.resume(bench.scheduler(), ABORT, null);
        endsAborted(step);
        assertEquals(Status.STOPPED, build.status());
    }

    /** The run is killed before the step is connected. */
    @Test
    void itIsStoppedThoughNobodyWaitsForThat() {
        Build build = started();
        bench.scheduler().execute(() -> {});
        KeptStep<BuildSnapshot> step = begun(build.id());
        abort(step);
        step.execution().leave();
        bench.advance(300);
        assertEquals(Status.STOPPED, build.status());
    }

    @Test
    void aRetryThatAwsMakesOfItIsFollowed() {
        bench.simulatedProject("shaky", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
        String id = CodeBuildService.client(bench.session())
                .startBuild(it -> it.projectName("shaky"))
                .build()
                .id();
        KeptStep<BuildSnapshot> step = begun(id);
        end(step);
        assertEquals(2, bench.aws().codeBuild().builds().size());
        assertTrue(
                step.outcome().verdict().reason().startsWith("shaky #2 failed: "),
                step.outcome().verdict().reason());
    }
}

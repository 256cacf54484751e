package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that are aborted, stopped or left, at every moment of their lives. */
class BuildStopTest extends SteppedBuilds {

    @Test
    void aBuildThatIsStoppedInAwsEndsAsStopped() {
        bench.simulatedProject("web");
        BuildRun run = run("web");
        bench.advance(20);
        CodeBuildService.client(bench.session()).stopBuild(it -> it.id(run.id()));
        untilOver(run);

        assertEquals("STOPPED", run.last().status());
        assertEquals("BUILD was stopped", run.console().lastLine());
    }

    @Test
    void anAbortStopsTheBuildOnceAndWaitsForItsEnd() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        BuildRun run = run("web");
        bench.advance(20);
        run.job().stop();
        run.job().stop();
        bench.advance(Duration.ofMillis(500));
        assertFalse(run.isOver(), "Over before AWS says so");
        assertTrue(run.job().status().endsWith(", stopping"));
        untilOver(run);

        assertEquals(1, calls("StopBuild"));
        assertEquals("STOPPED", run.last().status());
        assertEquals(Status.STOPPED, onlyBuild().status());
        Duration late = Duration.between(onlyBuild().endTime(), run.overAt());
        assertTrue(late.compareTo(Duration.ofSeconds(3)) <= 0, "Ended " + late + " after AWS");
        assertEquals(
                1,
                run.console().lines().stream()
                        .filter(("Stopping " + run.id())::equals)
                        .count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbortThatComesJustAfterTheEndLeavesItAtThat(boolean refused) {
        if (refused) {
            bench.aws().codeBuild().dialect(Dialect.ENDED_NOT_STOPPED);
        }
        bench.simulatedProject("web");
        BuildRun run = run("web");
        bench.advance(1);
        bench.advanceUntil(() -> onlyBuild().complete(), Duration.ofMinutes(5));
        assertFalse(run.isOver(), "Seen already");
        run.job().stop();
        untilOver(run);

        assertEquals(1, calls("StopBuild"));
        assertNull(run.failure());
        assertEquals("SUCCEEDED", run.last().status());
        assertTrue(run.console().lines().stream().noneMatch(it -> it.contains("continues in AWS")));
    }

    @Test
    void anAbortBeforeTheCallIsMadeStartsNothing() {
        bench.simulatedProject("web");
        BuildRun run = run("web");
        run.job().stop();
        untilOver(run);

        assertInstanceOf(CancellationException.class, run.failure());
        assertEquals(0, calls("StartBuild"));
        assertEquals(List.of(), run.startedIds());
    }

    @Test
    void aRunThatIsKilledWhileItConnectsStartsNothing() {
        bench.simulatedProject("web");
        BuildRun run = new BuildRun(bench);
        RemoteJob<BuildSnapshot> job =
                bench.codeBuild().job(bench.session(), run.console(), run.disk(), LogMode.STREAM, run);
        job.abandon(); // while a session is being opened for it
        boolean[] asked = new boolean[1];
        job.start(wanted -> {
            asked[0] = true;
            return new CompletableFuture<>();
        });
        bench.advance(60);

        assertFalse(asked[0], "The dead run's build is started");
        assertEquals(0, run.ends());
    }

    @Test
    void anAbortWhileTheAnswerIsAwaitedStopsTheBuild() {
        bench.simulatedProject("web");
        bench.loseAnswerTo("CodeBuild.StartBuild");
        BuildRun run = run("web");
        bench.advance(Duration.ofMillis(100));
        assertEquals(1, calls("StartBuild"));
        assertEquals(List.of(), run.startedIds());
        run.job().stop();
        untilOver(run);

        assertEquals(Status.STOPPED, onlyBuild().status());
        assertEquals("STOPPED", run.last().status());
        assertEquals(1, calls("StopBuild"));
    }

    @Test
    void abortsOfStartsThatAreThrottledEndThemAtOnceAndMakeNoCall() {
        bench.simulatedProject("web");
        bench.aws().faults().on("CodeBuild.StartBuild").throttle();
        List<BuildRun> runs = IntStream.range(0, 30).mapToObj(i -> run("web")).toList();
        bench.advance(60); // by now the lane is as slow as it gets
        long calls = calls("StartBuild");
        Moment begin = bench.scheduler().moment();
        runs.forEach(run -> run.job().stop());
        bench.advanceUntil(() -> runs.stream().allMatch(BuildRun::isOver), Duration.ofMinutes(30));

        System.out.printf(
                "30 throttled starts aborted: over after %s, with %d calls%n",
                begin.until(bench.scheduler().moment()), calls("StartBuild") - calls);
        assertTrue(runs.stream().allMatch(run -> run.failure() instanceof CancellationException));
        assertEquals(calls, calls("StartBuild"), "Calls for what nobody wants");
        assertEquals(begin, bench.scheduler().moment(), "The lane was waited for");
    }

    @Test
    void anAbortWhileThereIsNoRoomStartsNothing() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1).variable("SIMULATED_SECONDS", 3600));
        BuildRun first = run("web");
        BuildRun second = run("web");
        bench.advance(30);
        assertEquals(List.of(), second.startedIds());
        second.job().stop();
        bench.advanceUntil(second::isOver, Duration.ofSeconds(10));

        assertInstanceOf(CancellationException.class, second.failure());
        assertEquals(first.id(), onlyBuild().id());
    }

    @Test
    void anAbortThatAwsRefusesIsSaid() {
        bench.simulatedProject("web");
        bench.aws().faults().on("CodeBuild.StopBuild").accessDenied();
        BuildRun run = run("web");
        bench.advance(20);
        run.job().stop();
        untilOver(run);

        AwsCallException failure = assertInstanceOf(AwsCallException.class, run.failure());
        assertEquals(AwsFault.DENIED, failure.fault());
        assertTrue(failure.getMessage().startsWith("codebuild:StopBuild failed for " + run.id()), failure.getMessage());
        assertTrue(
                run.console().lastLine().startsWith("It continues in AWS: "),
                run.console().lastLine());
        assertFalse(onlyBuild().complete());
    }

    @Test
    void aStopThatAwsNeverCarriesOutIsGivenUp() {
        try (Bench slow =
                Bench.stepped(it -> it.timing(new Timing(Duration.ZERO, Duration.ZERO, Duration.ofHours(1))))) {
            slow.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 36_000));
            BuildRun run = new BuildRun(slow).start("web");
            slow.advance(20);
            run.job().stop();
            slow.advanceUntil(run::isOver, Duration.ofMinutes(6));
            assertTrue(
                    run.failure().getMessage().contains("had not done so 5 minutes later"),
                    run.failure().getMessage());
        }
    }

    @Test
    void aStopWithinALimitIsOverThenAndSaysWhatGoesOn() {
        try (Bench slow =
                Bench.stepped(it -> it.timing(new Timing(Duration.ZERO, Duration.ZERO, Duration.ofHours(1))))) {
            slow.simulatedProject(
                    "web", it -> it.variable("SIMULATED_SECONDS", 36_000).variable("SIMULATED_LOG_LINES", 36_000));
            BuildRun run = new BuildRun(slow).start("web");
            slow.advance(20);
            run.job().stop(Duration.ofSeconds(50));
            slow.advance(49);
            assertFalse(run.isOver());
            slow.advance(2);
            assertEquals(1, run.ends());
            assertInstanceOf(CancellationException.class, run.failure());
            String last = "No longer waiting: " + run.id() + " is in BUILD, and continues in AWS";
            assertEquals(last, run.console().lastLine());
            int reported = run.console().raw().size();
            slow.advance(600);
            assertEquals(last, run.console().lastLine());
            assertEquals(reported, run.console().raw().size());
            assertEquals(0, slow.watcher().size());
        }
    }

    @Test
    void aStopWithinALimitThatIsCarriedOutIsToldAsAnyOther() {
        bench.simulatedProject("web");
        BuildRun run = run("web");
        bench.advance(20);
        run.job().stop(Duration.ofSeconds(50));
        untilOver(run);
        bench.advance(120);
        assertEquals(1, run.ends());
        assertEquals("STOPPED", run.last().status());
        assertEquals("BUILD was stopped", run.console().lastLine());
    }

    @Test
    void aStopWithinALimitWhileAwsDoesNotAnswerIsOverThen() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        BuildRun run = run("web");
        bench.advance(20);
        bench.aws().faults().on("*").error(503);
        run.job().stop(Duration.ofSeconds(50));
        bench.advance(51);
        assertEquals(1, run.ends());
        assertEquals(
                "No longer waiting: " + run.id() + " is in BUILD, and continues in AWS",
                run.console().lastLine());
    }

    @Test
    void aBuildThatHasStartedAfterAllIsStoppedThoughNobodyWaits() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        bench.loseAnswerTo("CodeBuild.StartBuild");
        var silence = bench.aws().faults().on("CodeBuild.ListBuildsForProject").error(503);
        BuildRun run = run("web");
        bench.advance(Duration.ofMillis(100));
        run.job().stop(Duration.ofSeconds(50));
        bench.advance(51);
        assertEquals(1, run.ends());
        assertEquals(
                "No longer waiting: AWS was being asked to start it, and may have done so",
                run.console().lastLine());
        silence.times(0);
        bench.advance(60);
        assertEquals(Status.STOPPED, onlyBuild().status());
        assertEquals(1, run.ends());
    }

    @Test
    void aJobThatIsLeftGoesOnInAwsAndTellsNothingMore() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 60));
        BuildRun run = run("web");
        bench.advance(20);
        run.job().abandon();
        bench.advance(Duration.ZERO);
        int reported = run.console().lines().size() + run.console().raw().size();
        bench.aws().calls().reset();
        bench.advance(300);

        assertEquals(0, run.ends());
        assertEquals(
                reported, run.console().lines().size() + run.console().raw().size());
        assertTrue(
                bench.aws().calls().total() <= 1,
                "Calls under way at the most: " + bench.aws().calls().byOperation());
        assertEquals(Status.SUCCEEDED, onlyBuild().status());
        assertEquals(0, bench.watcher().size());
    }

    @Test
    void aJobThatIsLeftBeforeItIsStartedIsNotStarted() {
        bench.simulatedProject("web");
        BuildRun run = run("web");
        run.job().abandon();
        bench.advance(60);
        assertEquals(0, bench.aws().codeBuild().builds().size());
        assertEquals(0, run.ends());
        assertEquals(List.of(), run.startedIds());
    }
}

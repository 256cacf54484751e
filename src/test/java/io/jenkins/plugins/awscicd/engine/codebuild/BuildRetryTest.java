package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** Builds that AWS itself tries again, whenever it names the next one. */
class BuildRetryTest extends SteppedBuilds {

    private void speak(Dialect dialect) {
        if (dialect != null) {
            bench.aws().codeBuild().dialect(dialect);
        }
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(Dialect.class)
    void aRetryByAwsIsFollowedAndTheLastBuildCounts(Dialect dialect) {
        speak(dialect);
        bench.simulatedProject(
                "web",
                it -> it.autoRetryLimit(2)
                        .variable("SIMULATED_STATUS", "FAILED")
                        .variable("SIMULATED_SECONDS", 20)
                        .variable("SIMULATED_LOG_LINES", 5));
        BuildRun run = run("web");
        untilOver(run);

        List<Build> builds = bench.aws().codeBuild().builds();
        assertEquals(3, builds.size());
        assertEquals(builds.get(2).id(), run.last().id());
        assertEquals(List.of(builds.get(0).id()), run.startedIds());
        assertEquals(
                List.of("Started web #1", "AWS retries: web #2", "AWS retries: web #3"),
                run.console().lines().stream()
                        .filter(line -> line.matches("(Started|AWS retries).*"))
                        .toList());
        assertEquals(15, run.console().output().size());
        assertEquals(1, calls("StartBuild"));
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(Dialect.class)
    void aRetryThatAwsStartedAsTheBuildWasBeingStoppedIsStoppedToo(Dialect dialect) {
        speak(dialect);
        bench.simulatedProject("web", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
        BuildRun run = run("web");
        bench.advanceUntil(() -> bench.aws().codeBuild().builds().size() == 2, LONG);
        run.job().stop();
        untilOver(run);

        assertTrue(bench.aws().codeBuild().builds().stream().allMatch(Build::complete));
        assertEquals(Status.STOPPED, bench.aws().codeBuild().builds().get(1).status());
        assertEquals("STOPPED", run.last().status());
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(Dialect.class)
    void aRetryThatIsPickedUpAgainTellsNoBuildTwice(Dialect dialect) {
        speak(dialect);
        bench.simulatedProject(
                "web",
                it -> it.autoRetryLimit(1)
                        .variable("SIMULATED_STATUS", "FAILED")
                        .variable("SIMULATED_SECONDS", 30)
                        .variable("SIMULATED_LOG_LINES", 30));
        BuildRun before = run("web");
        bench.advance(55); // well into the second build
        before.job().abandon();
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        untilOver(after);

        List<String> both = new ArrayList<>(before.console().lines());
        both.addAll(after.console().lines());
        assertEquals(1, both.stream().filter("Started web #1"::equals).count(), both.toString());
        assertEquals(1, both.stream().filter("AWS retries: web #2"::equals).count(), both.toString());
        assertEquals(
                1,
                both.stream()
                        .filter("web #1 ended with status FAILED after 35 s"::equals)
                        .count(),
                both.toString());
        assertEquals(
                60, before.console().output().size() + after.console().output().size());
        assertEquals(2, after.last().number());
    }

    @Test
    void anAbortWhileTheNextBuildIsAwaitedStopsThatOne() {
        speak(Dialect.RETRY_NAMED_LATE);
        bench.simulatedProject("web", it -> it.autoRetryLimit(2).variable("SIMULATED_STATUS", "FAILED"));
        BuildRun run = run("web");
        bench.advanceUntil(() -> bench.aws().codeBuild().builds().get(0).complete(), LONG);
        bench.advance(10);
        assertFalse(run.isOver(), "Over although AWS is to try again");
        assertTrue(
                run.job().status().endsWith(" has failed; waiting for AWS to try again"),
                run.job().status());
        run.job().stop();
        untilOver(run);

        assertEquals(2, bench.aws().codeBuild().builds().size());
        assertEquals(Status.STOPPED, bench.aws().codeBuild().builds().get(1).status());
        assertEquals("STOPPED", run.last().status());
    }

    @Test
    void aRetryThatNeverComesIsNotAwaitedForLong() {
        bench.simulatedProject("web", it -> it.autoRetryLimit(2).variable("SIMULATED_STATUS", "TIMED_OUT"));
        BuildRun run = run("web");
        untilOver(run);

        assertEquals("TIMED_OUT", run.last().status());
        Duration late = Duration.between(onlyBuild().endTime(), run.overAt());
        assertTrue(late.compareTo(Duration.ofSeconds(100)) < 0, "Over " + late + " after the build's end");
        assertEquals("AWS has not tried again within 1 min 30 s", run.console().lastLine());
    }

    @Test
    void aRestartWhileTheNextBuildIsAwaitedGoesOnWithIt() {
        speak(Dialect.RETRY_NAMED_LATE);
        bench.simulatedProject("web", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
        BuildRun before = run("web");
        bench.advanceUntil(() -> bench.aws().codeBuild().builds().get(0).complete(), LONG);
        bench.advance(10);
        before.job().abandon();
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        untilOver(after);

        assertEquals(2, after.last().number());
        assertEquals(
                1,
                after.console().lines().stream()
                        .filter("AWS retries: web #2"::equals)
                        .count());
    }

    @Test
    void aBuildThatIsStoppedIsNotAwaitedAgain() {
        bench.simulatedProject("web", it -> it.autoRetryLimit(2));
        BuildRun run = run("web");
        bench.advance(20);
        run.job().stop();
        bench.advanceUntil(run::isOver, Duration.ofSeconds(10));
        assertEquals("STOPPED", run.last().status());
    }

    @Test
    void anOutageWhileTheNextBuildIsAwaitedChangesNothing() {
        try (Bench other = Bench.stepped()) {
            other.aws().codeBuild().dialect(Dialect.RETRY_NAMED_LATE);
            other.simulatedProject("web", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
            BuildRun run = new BuildRun(other).start("web");
            other.advanceUntil(() -> other.aws().codeBuild().builds().get(0).complete(), LONG);
            other.advance(8);
            var outage = other.aws().faults().on("*").error(503);
            other.advance(40);
            outage.times(0);
            other.advanceUntil(run::isOver, LONG);
            assertEquals(2, run.last().number());
        }
    }
}

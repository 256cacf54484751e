package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This machine's clock is set while builds run, or shows another time than AWS's: nothing is polled, paced or waited for by it. */
class ClockTest extends SteppedBuilds {

    @ParameterizedTest
    @ValueSource(ints = {-30, 30, -60 * 24 * 400})
    void aClockThatIsSetWhileABuildRunsChangesNothing(int minutes) {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 120));
        BuildRun run = run("web");
        bench.advance(20);
        bench.setClock(Duration.ofMinutes(minutes));
        untilOver(run);

        assertEndSeen(run);
        assertTrue(longestPause().compareTo(Duration.ofSeconds(6)) <= 0, "Not polled for " + longestPause());
    }

    @Test
    void aClockThatIsSetToAndFroChangesNothing() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 120));
        BuildRun run = run("web");
        for (int i = 0; i < 30; i++) {
            bench.advance(3);
            bench.setClock(Duration.ofMinutes(i % 2 == 0 ? -45 : 45));
        }
        untilOver(run);

        assertEndSeen(run);
        assertTrue(longestPause().compareTo(Duration.ofSeconds(6)) <= 0, "Not polled for " + longestPause());
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, 30})
    void callsThatWaitForTheirPaceGoOnWhenTheClockIsSet(int minutes) {
        bench.simulatedProject("web");
        bench.aws().faults().on("CodeBuild.StartBuild").throttle().times(6);
        List<BuildRun> runs = List.of(run("web"), run("web"), run("web"));
        bench.advance(1);
        bench.setClock(Duration.ofMinutes(minutes));
        bench.advanceUntil(() -> runs.stream().noneMatch(run -> run.startedIds().isEmpty()), Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, 30})
    void aCallWithoutAnAnswerIsTriedForAsLongAsWasPromised(int minutes) {
        bench.simulatedProject("web");
        bench.aws().faults().on("CodeBuild.StartBuild").error(500);
        BuildRun run = run("web");
        Instant begin = bench.aws().time().now();
        bench.advance(30);
        bench.setClock(Duration.ofMinutes(minutes));
        bench.advanceUntil(run::isOver, Duration.ofMinutes(10));

        Duration tried = Duration.between(begin, bench.aws().time().now());
        assertTrue(
                tried.compareTo(Duration.ofMinutes(3)) >= 0 && tried.compareTo(Duration.ofMinutes(4)) <= 0,
                "Tried for " + tried);
    }

    /** Nobody knows any more what the clock was when the build was started. */
    @ParameterizedTest
    @ValueSource(ints = {-300, -10, 10, 300})
    void aBuildThatWasStartedUnheardIsFoundAfterARestart(int minutes) {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 3000));
        bench.setClock(Duration.ofMinutes(minutes));
        BuildRun crashed = run("web");
        bench.advance(1);
        crashed.job().abandon();
        bench.advance(Duration.ofMinutes(8)); // AWS has forgotten the token by now
        for (int i = 0; i < 120; i++) { // more than a page of others
            CodeBuildService.client(bench.session()).startBuild(start -> start.projectName("web"));
        }
        BuildRun again = new BuildRun(bench).after(crashed).start("web");
        bench.advance(10);

        assertEquals(List.of(crashed.id()), again.startedIds());
    }

    @Test
    void aTokenIsAsOldAsItIsHoweverTheClockIsSet() {
        bench.simulatedProject("web");
        bench.loseAnswerTo("CodeBuild.StartBuild");
        Fault busy = bench.aws().faults().on("CodeBuild.StartBuild").throttle().skip(1);
        BuildRun run = run("web");
        bench.advance(30);
        bench.setClock(Duration.ofMinutes(-30));
        bench.advance(Duration.ofMinutes(6)); // AWS has forgotten the token by now
        busy.times(0);
        untilOver(run);

        assertEquals(run.id(), onlyBuild().id());
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, 30})
    void theLogOfABuildIsReadToItsEndByAClockThatDiffersFromAws(int minutes) {
        bench.setClock(Duration.ofMinutes(minutes));
        bench.simulatedProject("web");
        BuildRun run = run("web");
        bench.advance(20);
        untilOver(run);

        assertEndSeen(run);
        assertTrue(run.console().raw().stream().anyMatch(line -> line.contains("POST_BUILD State: SUCCEEDED")));
    }

    private void assertEndSeen(BuildRun run) {
        assertEquals("SUCCEEDED", run.last().status());
        Duration late =
                Duration.between(onlyBuild().endTime(), bench.aws().time().now());
        assertTrue(late.compareTo(Duration.ofSeconds(20)) <= 0, "Ended " + late + " after AWS");
    }

    private Duration longestPause() {
        List<Call> polls = bench.aws().calls().of("CodeBuild.BatchGetBuilds");
        Duration longest = Duration.ZERO;
        for (int i = 1; i < polls.size(); i++) {
            Duration pause =
                    Duration.between(polls.get(i - 1).time(), polls.get(i).time());
            longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
        return longest;
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step makes of the tries of its build, over restarts and with others at the same project. */
class RetriedStepTest extends SteppedBuilds {

    private static final TestCase PASSED = new TestCase("SumTest", "adds", "SUCCEEDED", 1, null);
    private static final TestCase FAILED = new TestCase("SumTest", "overflows", "FAILED", 1, "4, not 5");
    private static final RetryRequest ONCE = new RetryRequest(1, null);

    private KeptTests recorder = new KeptTests(TestResults.RECORD);
    private Runnable gate = () -> {};

    private void project(String statuses) {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_STATUS", statuses).variable("SIMULATED_SECONDS", 20));
    }

    private KeptStep<BuildSnapshot> step() {
        return new KeptStep<>(
                bench,
                (at, token) -> bench.codeBuild()
                        .prepare(
                                at,
                                () -> new BuildRequest(Map.of("project", "web")),
                                ONCE,
                                token,
                                LogMode.NONE,
                                recorder,
                                ArtifactReceiver.NONE,
                                gate,
                                StepFiles.none()));
    }

    private List<Build> builds() {
        return bench.aws().codeBuild().builds();
    }

    private void untilBuilds(int count) {
        bench.advanceUntil(() -> builds().size() == count, LONG);
    }

    private void end(KeptStep<BuildSnapshot> step) {
        bench.advanceUntil(step::isOver, Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @EnumSource(TestResults.class)
    void theTestsOfAnEarlierTryAreNotThoseOfOneThatWasStopped(TestResults mode) {
        recorder = new KeptTests(mode);
        project("FAILED,SUCCEEDED");
        KeptStep<BuildSnapshot> step = step().unpropagated();
        step.begin();
        untilBuilds(1);
        bench.aws().codeBuild().report(builds().get(0).id(), "web-unit", List.of(FAILED));
        untilBuilds(2);
        CodeBuildService.client(bench.session())
                .stopBuild(it -> it.id(builds().get(1).id()));
        end(step);

        assertEquals(Verdict.End.STOPPED, step.outcome().verdict().end());
        BuildResult result = (BuildResult) step.outcome().result();
        assertEquals("STOPPED", result.getStatus());
        assertNull(result.getTests());
        assertEquals(List.of(), recorder.unstable);
        assertEquals(List.of(), recorder.builds);
    }

    /** Of an earlier try whose reports could not be read, or whose tests failed, nothing is left that decides. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterARestartTheTestsOfTheLastTryAloneDecide(boolean restarted) {
        recorder = new KeptTests(TestResults.FAIL);
        project("FAILED,SUCCEEDED");
        KeptStep<BuildSnapshot> step = step();
        step.begin();
        untilBuilds(1);
        bench.aws().codeBuild().incompleteReport(builds().get(0).id(), "web-unit");
        untilBuilds(2);
        bench.aws().codeBuild().report(builds().get(1).id(), "web-unit", List.of(PASSED));
        end(step);
        if (restarted) {
            step.forgetEnd();
            step.resume(bench.scheduler(), null, null);
            end(step);
        }

        assertEquals(
                Verdict.End.SUCCEEDED,
                step.outcome().verdict().end(),
                String.valueOf(step.outcome().verdict().reason()));
        assertEquals(List.of(builds().get(1).id()), recorder.builds);
    }

    /** Whoever has it abort before anything was asked of AWS again: what the dead process has started meanwhile is found and stopped. */
    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void anAbortRightAfterARestartThatHasLostTheLastMarksLeavesNoTryRunning(int down) {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_STATUS", "FAILED,SUCCEEDED").variable("SIMULATED_SECONDS", 1200));
        BuildRun crashed = new BuildRun(bench).retrying(ONCE).start("web");
        untilBuilds(1);
        bench.advance(2);
        BuildRun copied = new BuildRun(bench).sharing(crashed).retrying(ONCE);
        bench.advanceUntil(() -> builds().size() == 2, Duration.ofMinutes(30));
        crashed.job().abandon();
        bench.advance(down);
        copied.resume(crashed.id());
        copied.job().stop();
        bench.advanceUntil(copied::isOver, LONG);
        bench.advance(120);

        assertEquals(2, builds().size());
        assertTrue(
                builds().stream().allMatch(Build::complete),
                "Left running: " + builds().get(1).status());
        assertEquals(Status.STOPPED, builds().get(1).status());
    }

    /** The token is new then: nobody can have used it. */
    @Test
    void aBuildThatRanOverARestartIsTriedAgainWithoutLookingForATry() {
        project("FAILED,SUCCEEDED");
        BuildRun crashed = new BuildRun(bench).retrying(ONCE).start("web");
        untilBuilds(1);
        bench.advance(5);
        crashed.job().abandon();
        bench.aws().faults().on("CodeBuild.ListBuildsForProject").accessDenied();
        BuildRun run = new BuildRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertTrue(run.last().succeeded(), run.console().lines().toString());
        assertEquals(2, builds().size());
        assertEquals(0, calls("ListBuildsForProject"));
    }

    @Test
    void aRefusalIsSaidOnceOverARestart() {
        recorder = new KeptTests(TestResults.RECORD);
        project("FAILED");
        gate = () -> {
            if (builds().size() == 1) {
                throw new Refused("the stage is closed");
            }
        };
        bench.aws().codeBuild().reports().generating(Duration.ofMinutes(5));
        KeptStep<BuildSnapshot> step = step();
        step.begin();
        untilBuilds(1);
        bench.aws().codeBuild().report(builds().get(0).id(), "web-unit", List.of(FAILED));
        bench.advanceUntil(
                () -> step.console.lines().stream().anyMatch(line -> line.contains("not tried again")),
                Duration.ofMinutes(10));
        List<String> before = new ArrayList<>(step.console.lines());
        step.execution().leave();
        step.resume(bench.scheduler(), null, null);
        end(step);

        List<String> both = new ArrayList<>(before);
        both.addAll(step.console.lines());
        assertEquals(
                1,
                both.stream().filter(line -> line.contains("not tried again")).count(),
                both.toString());
        assertEquals(
                "web #1 failed: BUILD failed: COMMAND_EXECUTION_ERROR: Error while executing command: simulated. Reason:"
                        + " exit status 1; not tried again: the stage is closed",
                step.outcome().verdict().reason());
        assertEquals(List.of(builds().get(0).id()), recorder.builds);
    }

    /** What may still run is named by who cannot ask any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLeftRunningIsTheTryThatRuns(boolean stops) {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_STATUS", "FAILED,SUCCEEDED").variable("SIMULATED_SECONDS", 200));
        KeptStep<BuildSnapshot> step = step();
        if (!stops) {
            step.leaving();
        }
        step.begin();
        bench.advanceUntil(() -> builds().size() == 2, Duration.ofMinutes(10));
        bench.advance(10);
        step.execution().leave();
        step.disconnect();
        step.resume(bench.scheduler(), new IllegalStateException("aborted"), null);
        bench.advanceUntil(step::isOver, Duration.ofHours(1));

        String id = builds().get(1).id();
        assertEquals(
                List.of(
                        stops
                                ? "No longer waiting: not connected to AWS, where " + id
                                        + " continues until it can be stopped"
                                : "Left running in AWS: " + id),
                step.console.lines().stream()
                        .filter(line -> line.contains("Left running") || line.contains(" continues"))
                        .toList());
    }

    /** Each finds its own try when the answers are lost for longer than AWS remembers tokens, over a restart of both. */
    @Test
    void twoControllersFindTheirOwnTries() {
        project("FAILED,SUCCEEDED");
        bench.aws().faults().on("CodeBuild.RetryBuild").cutConnection().afterExecution();
        BuildRun one = new BuildRun(bench).retrying(ONCE).start("web");
        BuildRun two = new BuildRun(bench).retrying(ONCE).start("web");
        untilBuilds(4);
        one.job().abandon();
        two.job().abandon();
        bench.advance(600);
        bench.aws().faults().clear();
        BuildRun oneAgain = new BuildRun(bench).after(one).resume(one.id());
        BuildRun twoAgain = new BuildRun(bench).after(two).resume(two.id());
        untilOver(oneAgain);
        untilOver(twoAgain);

        assertEquals(4, builds().size());
        for (BuildRun run : List.of(oneAgain, twoAgain)) {
            assertEquals(2, run.jobs().size());
            assertEquals(mark(run.jobs().get(0).id()), mark(run.jobs().get(1).id()), "A try has the mark of its build");
        }
    }

    private String mark(String id) {
        return CodeBuildService.client(bench.session())
                .batchGetBuilds(it -> it.ids(id))
                .builds()
                .get(0)
                .environment()
                .environmentVariables()
                .stream()
                .filter(it -> it.name().equals("JENKINS_CODEBUILD_TOKEN"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @ParameterizedTest
    @ValueSource(ints = {-7200, -60, 60, 7200})
    void aClockThatWasSetMeanwhileMakesNoSecondTry(int set) {
        project("FAILED,SUCCEEDED");
        bench.aws().faults().on("CodeBuild.RetryBuild").cutConnection().afterExecution();
        BuildRun crashed = new BuildRun(bench).retrying(ONCE).start("web");
        untilBuilds(2);
        crashed.job().abandon();
        bench.advance(400);
        bench.setClock(Duration.ofSeconds(set));
        bench.aws().faults().clear();
        BuildRun run = new BuildRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertEquals(2, builds().size());
        assertTrue(run.last().succeeded());
    }

    /** The controller is killed every few seconds, and whenever it has an answer it may be lost. */
    @ParameterizedTest
    @CsvSource({
        "1, STREAM",
        "2, STREAM",
        "3, STREAM",
        "5, STREAM",
        "7, STREAM",
        "13, STREAM",
        "1, FAILED",
        "3, FAILED",
        "5, FAILED",
        "13, FAILED",
        "5, LINK"
    })
    void overRestartsEachTryIsMadeOnceAndEachLineIsTold(int seconds, LogMode mode) {
        bench.simulatedProject(
                "web",
                it -> it.variable("SIMULATED_STATUS", "FAILED,FAILED,SUCCEEDED")
                        .variable("SIMULATED_SECONDS", 20)
                        .variable("SIMULATED_LOG_LINES", 5));
        recorder = new KeptTests(TestResults.RECORD);
        RetryRequest twice = new RetryRequest(2, null);
        BuildRun run =
                new BuildRun(bench).retrying(twice).log(mode).tests(recorder).start("web");
        untilBuilds(1);
        bench.advance(1);
        String id = run.id();
        List<String> lines = new ArrayList<>();
        List<String> output = new ArrayList<>();
        int reported = 0;
        for (int i = 0; i < 900 && !run.isOver(); i++) {
            bench.advance(seconds);
            for (Build build : builds().subList(reported, builds().size())) {
                bench.aws().codeBuild().report(build.id(), "web-unit", List.of(PASSED));
                reported++;
            }
            if (run.isOver()) {
                break;
            }
            run.job().abandon();
            lines.addAll(run.console().lines());
            output.addAll(run.console().output());
            run = new BuildRun(bench).after(run).log(mode).tests(recorder).resume(id);
        }
        untilOver(run);
        lines.addAll(run.console().lines());
        output.addAll(run.console().output());

        assertEquals(3, builds().size());
        assertEquals(
                builds().stream().map(Build::id).toList(),
                run.jobs().stream().map(BuildSnapshot::id).toList());
        assertEquals(mode == LogMode.LINK ? 0 : mode == LogMode.FAILED ? 10 : 15, output.size(), output.toString());
        for (String once : List.of(
                "Started web #1",
                "web #1 ended with .*",
                "web #2 is try 2 of 3.*",
                "web #2 ended with .*",
                "web #3 is try 3 of 3.*",
                "web #3 succeeded in .*")) {
            assertEquals(1, lines.stream().filter(line -> line.matches(once)).count(), once + " in " + lines);
        }
        assertEquals(
                3, lines.stream().filter(line -> line.startsWith("BUILD  ")).count(), lines.toString());
        assertEquals(
                List.of(builds().get(2).id()),
                recorder.builds.stream().distinct().toList());
    }

    /** What a try costs: a call to make it, and its reading along with all others. */
    @Test
    void aHundredTriesAtOnce() {
        try (Bench wide = Bench.stepped(it -> it.accountConcurrency(1000))) {
            wide.simulatedProject(
                    "web",
                    it -> it.variable("SIMULATED_STATUS", "FAILED,SUCCEEDED").variable("SIMULATED_SECONDS", 20));
            List<BuildRun> runs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                runs.add(new BuildRun(wide).retrying(ONCE).log(LogMode.NONE).start("web"));
            }
            wide.advanceUntil(() -> runs.stream().allMatch(BuildRun::isOver), LONG);
            assertTrue(runs.stream().allMatch(run -> run.last().succeeded()));
            assertEquals(100, wide.aws().calls().count("CodeBuild.RetryBuild"));
            assertEquals(0, wide.aws().calls().count("CodeBuild.ListBuildsForProject"));
            assertTrue(wide.aws().calls().count("CodeBuild.BatchGetBuilds") < 100, "Looked one by one");
        }
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed build is tried again as often as its step wants, and each try is made once, whatever becomes of answers and the controller. */
class BuildRetriesTest extends SteppedBuilds {

    private static final RetryRequest TWICE = new RetryRequest(2, null);

    private void project(String statuses) {
        project(statuses, it -> it);
    }

    private void project(String statuses, UnaryOperator<ProjectSpec> details) {
        bench.simulatedProject(
                "web",
                it -> details.apply(it.variable("SIMULATED_STATUS", statuses).variable("SIMULATED_SECONDS", 20)));
    }

    private BuildRun begin() {
        return new BuildRun(bench).retrying(TWICE).start("web");
    }

    private List<Build> builds() {
        return bench.aws().codeBuild().builds();
    }

    private void untilBuilds(int count) {
        bench.advanceUntil(() -> builds().size() == count, LONG);
    }

    private void untilAsked() {
        bench.advanceUntil(() -> calls("RetryBuild") > 0, LONG);
    }

    private static List<String> ids(BuildRun run) {
        return run.jobs().stream().map(BuildSnapshot::id).toList();
    }

    private List<String> all() {
        return builds().stream().map(Build::id).toList();
    }

    @Test
    void theLastTryCountsAndAllAreTold() {
        project("FAILED,TIMED_OUT,SUCCEEDED");
        BuildRun run = begin();
        untilOver(run);

        assertTrue(run.last().succeeded());
        assertEquals(all(), ids(run));
        assertEquals(3, builds().size());
        assertEquals(1, calls("StartBuild"));
        assertEquals(2, calls("RetryBuild"));
        assertEquals(0, calls("ListBuildsForProject"));
        assertEquals(
                List.of(
                        "Started web #1",
                        "web #2 is try 2 of 3, as web #1 failed: BUILD failed: COMMAND_EXECUTION_ERROR: Error while executing"
                                + " command: simulated. Reason: exit status 1",
                        "web #3 is try 3 of 3, as web #2 failed: BUILD timed out: BUILD_TIMED_OUT: Build has timed out."),
                run.console().lines().stream()
                        .filter(line -> line.matches("Started .*|.* is try .*"))
                        .toList());
        List<BuildTry> tries = CodeBuild.result(bench.session(), run.jobs(), ReportOutcome.NONE)
                .getTries();
        assertEquals(
                List.of("FAILED", "TIMED_OUT", "SUCCEEDED"),
                tries.stream().map(BuildTry::getStatus).toList());
        assertEquals(all(), tries.stream().map(BuildTry::getId).toList());
        assertNull(tries.get(2).getCause());
        assertEquals(" (try 3 of 3)", run.inWords());
    }

    @Test
    void noMoreTriesAreMadeThanAreWanted() {
        project("FAULT");
        BuildRun run = begin();
        untilOver(run);

        assertEquals(3, builds().size());
        assertEquals("FAULT", run.last().status());
        assertEquals(2, calls("RetryBuild"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "STOPPED"})
    void whatHasNotFailedIsNotTriedAgain(String status) {
        project("SUCCEEDED");
        BuildRun run = begin();
        if (status.equals("STOPPED")) {
            untilBuilds(1);
            CodeBuildService.client(bench.session())
                    .stopBuild(it -> it.id(onlyBuild().id()));
        }
        untilOver(run);
        assertEquals(status, run.last().status());
        assertEquals(0, calls("RetryBuild"));
    }

    /** Two that try the same build again would each get a half of what it makes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereAwsItselfTriesAgainNobodyElseDoes(boolean never) {
        project(never ? "TIMED_OUT" : "FAILED", it -> it.autoRetryLimit(1));
        BuildRun run = begin();
        untilOver(run);

        assertEquals(never ? 1 : 2, builds().size());
        assertEquals(0, calls("RetryBuild"));
    }

    @Test
    void anAnswerThatIsLostMakesNoSecondTry() {
        project("FAILED,SUCCEEDED");
        bench.aws()
                .faults()
                .on("CodeBuild.RetryBuild")
                .cutConnection()
                .afterExecution()
                .times(2);
        BuildRun run = begin();
        untilOver(run);

        assertEquals(2, builds().size());
        assertEquals(3, calls("RetryBuild"));
        assertTrue(run.last().succeeded());
    }

    @Test
    void aThrottledTryIsMadeLater() {
        project("FAILED,SUCCEEDED");
        bench.aws().faults().on("CodeBuild.RetryBuild").throttle().times(3);
        BuildRun run = begin();
        untilOver(run);
        assertEquals(2, builds().size());
        assertTrue(run.last().succeeded());
    }

    /** Before the call, after it, after its answer; a minute later, and when AWS has forgotten the token. */
    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void aRestartBeforeTheCallMakesTheTry(int down) {
        project("FAILED,SUCCEEDED");
        var outage = bench.aws().faults().on("CodeBuild.RetryBuild").error(503);
        BuildRun crashed = begin();
        untilAsked();
        BuildRun run = restarted(crashed, false, down, () -> outage.times(0));

        assertEquals(2, builds().size());
        assertEquals(all(), ids(run));
        assertTrue(run.last().succeeded());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void aRestartBeforeTheAnswerFindsTheTry(int down) {
        project("FAILED,SUCCEEDED");
        bench.aws().faults().on("CodeBuild.RetryBuild").cutConnection().afterExecution();
        BuildRun crashed = begin();
        untilBuilds(2);
        BuildRun run =
                restarted(crashed, false, down, () -> bench.aws().faults().clear());

        assertEquals(2, builds().size(), "Tried again by " + calls("RetryBuild") + " calls");
        assertEquals(all(), ids(run));
    }

    /** What was to be kept of the call was not, nor was the build it was about kept as told. */
    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void aRestartThatHasLostWhatItKeptFindsTheTry(int down) {
        project("FAILED,SUCCEEDED");
        BuildRun crashed = begin();
        untilBuilds(1);
        bench.advance(2);
        BuildRun copied = new BuildRun(bench).sharing(crashed).retrying(TWICE);
        untilBuilds(2);
        crashed.job().abandon();
        bench.advance(down);
        BuildRun run = copied.resume(crashed.id());
        untilOver(run);

        assertEquals(2, builds().size());
        assertEquals(all(), ids(run));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 600})
    void aRestartWhileTheTryIsMadeGoesOnWithIt(int down) {
        project("FAILED,SUCCEEDED", it -> it.variable("SIMULATED_LOG_LINES", 5));
        BuildRun crashed = begin();
        untilBuilds(2);
        bench.advance(8);
        BuildRun run = restarted(crashed, false, down, () -> {});

        assertEquals(2, builds().size());
        assertEquals(1, calls("RetryBuild"));
        assertEquals(all(), ids(run));
        List<String> both = new ArrayList<>(crashed.console().lines());
        both.addAll(run.console().lines());
        assertEquals(
                1,
                both.stream()
                        .filter(line -> line.startsWith("web #2 is try 2 of 3"))
                        .count(),
                both.toString());
        assertEquals(
                1, both.stream().filter(line -> line.startsWith("web #1 ended")).count());
        assertEquals(
                10, crashed.console().output().size() + run.console().output().size());
    }

    private BuildRun restarted(BuildRun crashed, boolean lastWriteLost, int down, Runnable before) {
        crashed.job().abandon();
        bench.advance(down);
        before.run();
        BuildRun run = new BuildRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);
        return run;
    }

    /** Another step's builds, and what AWS or somebody else has started, are not the one that is looked for. */
    @Test
    void aTryIsNotTakenForAnothersBuild() {
        project("FAILED,SUCCEEDED");
        bench.aws().faults().on("CodeBuild.RetryBuild").error(503);
        BuildRun crashed = begin();
        untilAsked();
        crashed.job().abandon();
        BuildRun other = run("web");
        CodeBuildService.client(bench.session()).startBuild(it -> it.projectName("web"));
        bench.advance(600);
        bench.aws().faults().clear();
        BuildRun run = new BuildRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertTrue(other.isOver());
        assertEquals(4, builds().size());
        assertEquals(List.of(all().get(0), all().get(3)), ids(run));
    }

    @Test
    void anAbortBeforeTheTryIsTheEnd() {
        project("FAILED,SUCCEEDED", it -> it.concurrentBuildLimit(1));
        BuildRun run = begin();
        untilBuilds(1);
        BuildRun next = new BuildRun(bench).start("web"); // takes the place as soon as it is free
        untilBuilds(2);
        bench.advanceUntil(() -> calls("RetryBuild") > 0, LONG);
        run.job().stop();
        bench.advanceUntil(run::isOver, Duration.ofSeconds(10));

        assertEquals("FAILED", run.last().status());
        assertEquals(1, run.ends());
        untilOver(next);
        bench.advance(600);
        assertEquals(2, builds().size());
    }

    /** AWS has made the try, and its answer is missing. */
    private BuildRun whoseTryIsThereBeforeItIsKnown() {
        project("FAILED,SUCCEEDED", it -> it.variable("SIMULATED_SECONDS", 300));
        bench.loseAnswerTo("CodeBuild.RetryBuild");
        BuildRun run = begin();
        bench.advanceUntil(() -> builds().size() == 2, Duration.ofMinutes(10));
        return run;
    }

    @Test
    void anAbortWhileTheTryIsBeingMadeStopsIt() {
        BuildRun run = whoseTryIsThereBeforeItIsKnown();
        run.job().stop();
        bench.advanceUntil(run::isOver, LONG);

        assertEquals(Status.STOPPED, builds().get(1).status());
        assertEquals("STOPPED", run.last().status());
        assertEquals(2, builds().size());
    }

    @Test
    void anAbortThatDoesNotWaitStopsTheTryAllTheSame() {
        BuildRun run = whoseTryIsThereBeforeItIsKnown();
        run.job().stop(Duration.ZERO);
        bench.advanceUntil(run::isOver, Duration.ofSeconds(1));
        assertEquals("FAILED", run.last().status());
        assertEquals("No longer waiting: AWS may still try again", run.console().lastLine());
        bench.advance(120);
        assertEquals(Status.STOPPED, builds().get(1).status());
    }

    @Test
    void anAbortAfterARestartStopsTheTryThatIsLookedFor() {
        project("FAILED,SUCCEEDED", it -> it.variable("SIMULATED_SECONDS", 1200));
        bench.aws().faults().on("CodeBuild.RetryBuild").cutConnection().afterExecution();
        BuildRun crashed = begin();
        bench.advanceUntil(() -> builds().size() == 2, Duration.ofMinutes(30));
        crashed.job().abandon();
        bench.advance(600);
        bench.aws().faults().clear();
        BuildRun run = new BuildRun(bench).after(crashed).resume(crashed.id());
        run.job().stop();
        untilOver(run);

        assertEquals(2, builds().size());
        assertEquals(Status.STOPPED, builds().get(1).status());
        assertEquals("STOPPED", run.last().status());
    }

    @Test
    void theGateIsAskedBeforeEachTry() {
        project("FAILED");
        AtomicInteger asked = new AtomicInteger();
        BuildRun run = new BuildRun(bench)
                .behind(() -> {
                    if (asked.incrementAndGet() > 2) {
                        throw new Refused("the stage is closed");
                    }
                })
                .retrying(TWICE)
                .start("web");
        untilOver(run);

        assertEquals(3, asked.get());
        assertEquals(2, builds().size());
        assertEquals("FAILED", run.last().status());
        assertEquals(
                "web #2 is not tried again: the stage is closed", run.console().lastLine());
        assertEquals(" (try 2 of 3); not tried again: the stage is closed", run.inWords());
    }

    @Test
    void aTryWaitsForRoomAsTheBuildDoes() {
        project("FAILED,SUCCEEDED", it -> it.concurrentBuildLimit(1));
        BuildRun run = new BuildRun(bench).retrying(new RetryRequest(1, 10L)).start("web");
        untilBuilds(1);
        BuildRun next = new BuildRun(bench).start("web");
        untilOver(run);
        assertTrue(next.isOver());
        assertTrue(
                run.last().succeeded(),
                "tried again when there was room: " + run.console().lines());
        assertEquals(3, builds().size());
    }

    @Test
    void aTryThatFindsNoRoomInTimeIsNotMade() {
        project("FAILED,SUCCEEDED", it -> it.concurrentBuildLimit(1));
        BuildRun run = new BuildRun(bench).retrying(new RetryRequest(1, 10L)).start("web");
        untilBuilds(1);
        new BuildRun(bench)
                .start(new BuildRequest(Map.of(
                        "project",
                        "web",
                        "environmentVariables",
                        Map.of("SIMULATED_SECONDS", "3600", "SIMULATED_STATUS", "SUCCEEDED"))));
        bench.advanceUntil(run::isOver, Duration.ofMinutes(30));

        assertEquals("FAILED", run.last().status());
        assertEquals(2, builds().size());
        assertTrue(
                run.console().lastLine().contains("not tried again: ")
                        && run.console().lastLine().contains("no free capacity for the build within 10 min"),
                run.console().lastLine());
    }

    @Test
    void aPermissionThatIsMissingIsNamedAndTheFailedBuildCounts() {
        project("FAILED");
        bench.aws().faults().on("CodeBuild.RetryBuild").accessDenied();
        BuildRun run = begin();
        untilOver(run);

        assertEquals("FAILED", run.last().status());
        assertTrue(
                run.console().lastLine().startsWith("web #1 is not tried again: codebuild:RetryBuild failed for web:"),
                run.console().lastLine());
        assertTrue(run.console().lastLine().contains("IAM action codebuild:RetryBuild"));
        assertNull(run.failure());
    }

    @Test
    void testsOfTheLastTryAloneAreRecorded() {
        project("FAILED,SUCCEEDED");
        KeptTests recorder = new KeptTests(TestResults.RECORD);
        BuildRun run = new BuildRun(bench).tests(recorder).retrying(TWICE).start("web");
        untilBuilds(1);
        report(builds().get(0));
        untilBuilds(2);
        report(builds().get(1));
        untilOver(run);
        assertEquals(1, recorder.paths.size());
    }

    @Test
    void testsOfATryThatTurnsOutToBeTheLastAreRecorded() {
        project("FAILED");
        bench.aws().faults().on("CodeBuild.RetryBuild").accessDenied();
        KeptTests recorder = new KeptTests(TestResults.RECORD);
        BuildRun run = new BuildRun(bench).tests(recorder).retrying(TWICE).start("web");
        untilBuilds(1);
        report(builds().get(0));
        untilOver(run);
        assertEquals(1, recorder.paths.size());
        assertFalse(run.observed().reports().facts().isEmpty());
    }

    private void report(Build build) {
        bench.aws()
                .codeBuild()
                .report(build.id(), "web-unit", List.of(new TestCase("SumTest", "adds", "SUCCEEDED", 1, null)));
    }

    @Test
    void whatAwsNoLongerKnowsIsNotTriedAgain() {
        project("FAILED");
        BuildRun run = begin();
        untilBuilds(1);
        bench.aws().codeBuild().deleteProject("web");
        untilOver(run);
        assertEquals("FAILED", run.last().status());
        assertTrue(
                run.console().lastLine().startsWith("web #1 is not tried again: codebuild:RetryBuild failed for web:"),
                run.console().lastLine());
    }

    @Test
    void stoppedAtOnceOrNotTheTryIsStopped() {
        bench.aws().codeBuild().dialect(Dialect.STOPPED_AT_ONCE);
        bench.aws().codeBuild().dialect(Dialect.ENDED_NOT_STOPPED);
        project("FAILED,SUCCEEDED");
        BuildRun run = begin();
        untilBuilds(2);
        bench.advance(3);
        run.job().stop();
        untilOver(run);
        assertEquals("STOPPED", run.last().status());
        assertEquals(2, builds().size());
    }
}

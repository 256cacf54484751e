package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.job.Listeners;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds from their start to the last line of their story, on local AWS and stepped time. */
class CodeBuildTest extends SteppedBuilds {

    @Test
    void aBuildThatSucceedsIsToldFromStartToEnd() {
        bench.simulatedProject(
                "web",
                it -> it.variable("SIMULATED_LOG_LINES", 20)
                        .variable("SIMULATED_EXPORTED_VARIABLES", "VERSION=1.2,STAGE=test"));
        BuildRun run = run("web");
        untilOver(run);

        assertEquals(List.of(onlyBuild().id()), run.startedIds());
        assertTrue(run.last().succeeded());
        assertEquals("Started web #1", run.console().lines().get(0));
        assertEquals(
                "https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/web/build/"
                        + run.id().replace(":", "%3A") + "/?region=eu-west-1",
                run.console().links().get(0));
        assertEquals("web #1 succeeded in 1 min 5 s", run.console().lastLine());
        Duration late = Duration.between(onlyBuild().endTime(), run.overAt());
        assertTrue(late.compareTo(Duration.ofSeconds(6)) <= 0, "Ended " + late + " after AWS");
        assertEquals(
                IntStream.rangeClosed(1, 20).mapToObj("line %06d\n"::formatted).toList(),
                run.console().output());
        assertEquals(0, run.console().unflushed());

        BuildResult result = CodeBuild.result(bench.session(), run.jobs(), ReportOutcome.NONE);
        assertEquals("SUCCEEDED", result.getStatus());
        assertEquals(run.id(), result.getId());
        assertEquals(1, result.getNumber());
        assertEquals(Map.of("VERSION", "1.2", "STAGE", "test"), result.getExportedVariables());
        assertEquals(60.0, result.getPhases().get("BUILD"));
        assertNull(result.getCause());
    }

    @Test
    void phasesAreToldOnceWithTheirDurations() {
        bench.simulatedProject("web");
        BuildRun run = run("web");
        untilOver(run);

        List<String> phases = run.console().lines().stream()
                .filter(line -> line.matches("[A-Z_]+ +\\d.*"))
                .toList();
        assertEquals(
                List.of(
                        "QUEUED               1.0 s",
                        "PROVISIONING         4.0 s",
                        "DOWNLOAD_SOURCE      0.0 s",
                        "INSTALL              0.0 s",
                        "PRE_BUILD            0.0 s",
                        "BUILD            1 min 0 s",
                        "POST_BUILD           0.0 s",
                        "UPLOAD_ARTIFACTS     0.0 s",
                        "FINALIZING           0.0 s"),
                phases);
    }

    @Test
    void theLogComesWhileTheBuildRuns() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 60));
        BuildRun run = run("web");
        bench.advance(40);
        int sofar = run.console().output().size();
        assertTrue(sofar >= 20 && sofar <= 36, sofar + " lines after 35 of 60 s");
        assertFalse(run.isOver());
        assertTrue(run.job().status().endsWith(" is in BUILD"), run.job().status());
        untilOver(run);
    }

    @Test
    void noMinutePassesWithoutAWordWhileABuildSaysNothing() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 200));
        BuildRun run = new BuildRun(bench);
        run.usually(Duration.ofMinutes(3));
        run.start("web");
        bench.advance(Duration.ofSeconds(200));

        assertLinesMatch(
                List.of(
                        "BUILD for 1 min [012] s; web #1 for 1 min [567] s, about 1 min 5[345] s left",
                        "BUILD for 2 min [012] s; web #1 for 2 min [567] s, about 5[345] s left",
                        "BUILD for 3 min [012] s; web #1 for 3 min [567] s, longer than the usual 3 min 0 s"),
                running(run)); // to a second: so exactly AWS's answers tell its time
    }

    @Test
    void aBuildThatSpeaksIsNotSpokenFor() {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_SECONDS", 200).variable("SIMULATED_LOG_LINES", 100));
        BuildRun run = run("web");
        untilOver(run);

        assertEquals(List.of(), running(run));
    }

    @Test
    void aStartThatAwsDelaysIsNotSilentEither() {
        bench.simulatedProject("web");
        bench.aws().faults().on("CodeBuild.StartBuild").throttle().times(1000);
        BuildRun run = run("web");
        bench.advance(Duration.ofSeconds(121));

        assertEquals(
                List.of("Not started yet, after 1 min 0 s", "Not started yet, after 2 min 0 s"),
                run.console().lines());
    }

    private static List<String> running(BuildRun run) {
        return run.console().lines().stream()
                .filter(line -> line.matches("[A-Z_]+ for .*"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 'BUILD failed: COMMAND_EXECUTION_ERROR: Error while executing command: simulated. Reason: exit status 1'",
        "FAULT, 'BUILD failed inside AWS: INTERNAL_SERVER_ERROR: Build failed due to an internal error.'",
        "TIMED_OUT, 'BUILD timed out: BUILD_TIMED_OUT: Build has timed out.'"
    })
    void theCauseOfAFailureIsTheLastLine(String status, String cause) {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_STATUS", status).variable("SIMULATED_LOG_LINES", 10));
        BuildRun run = run("web");
        untilOver(run);

        assertEquals(status, run.last().status());
        assertNull(run.failure());
        assertEquals(cause, run.console().lastLine());
        assertTrue(run.console().lines().contains("web #1 ended with status " + status + " after 1 min 5 s"));
        assertEquals(10, run.console().output().size());
        assertEquals(
                cause,
                CodeBuild.result(bench.session(), run.jobs(), ReportOutcome.NONE)
                        .getCause());
    }

    @Test
    void aLogThatMayNotBeReadFailsNoBuild() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 5));
        bench.aws().faults().on("Logs.GetLogEvents").accessDenied();
        BuildRun run = run("web");
        untilOver(run);

        assertTrue(run.last().succeeded());
        assertEquals("web #1 succeeded in 1 min 5 s", run.console().lastLine());
        List<String> warnings = run.console().lines().stream()
                .filter(line -> line.startsWith("The log could not be read: "))
                .toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("IAM action logs:GetLogEvents"), warnings.get(0));
        assertEquals(1, bench.aws().calls().count("Logs.GetLogEvents"));
    }

    @Test
    void aLogThatCannotBeReadForAWhileIsSaidAndReadToItsEnd() {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_LOG_LINES", 5).variable("SIMULATED_SECONDS", 3000));
        BuildRun run = run("web");
        bench.advance(20);
        Fault outage = bench.aws().faults().on("Logs.GetLogEvents").error(503);
        bench.advance(Duration.ofMinutes(30));
        outage.times(0);
        bench.advanceUntil(run::isOver, Duration.ofMinutes(60));

        List<String> lines = run.console().lines();
        assertEquals(
                1,
                lines.stream()
                        .filter(line -> line.startsWith("The log cannot be read at the moment, retrying: "))
                        .count(),
                lines.toString());
        assertEquals(
                1, lines.stream().filter("The log can be read again"::equals).count());
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("The log could not be read")));
        assertEquals(5, run.console().output().size());
    }

    @Test
    void withLinkTheLogIsOnlyPointedTo() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 5));
        BuildRun run = new BuildRun(bench).log(LogMode.LINK).start("web");
        untilOver(run);
        assertEquals(List.of(), run.console().raw());
        assertEquals(1, run.console().lines().stream().filter("Log"::equals).count());
        assertTrue(
                run.console().links().get(1).contains("log-events/"),
                run.console().links().get(1));
        assertEquals(0, bench.aws().calls().count("Logs.GetLogEvents"));
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, 0", "FAILED, 5"})
    void withFailedTheLogIsReadAtTheEndOfAFailedBuildAlone(String status, int lines) {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_LOG_LINES", 5).variable("SIMULATED_STATUS", status));
        BuildRun run = new BuildRun(bench).log(LogMode.FAILED).start("web");
        bench.advance(Duration.ofSeconds(60));
        assertEquals(List.of(), run.console().raw());
        untilOver(run);
        assertEquals(lines, run.console().output().size());
        assertEquals(lines == 0, bench.aws().calls().count("Logs.GetLogEvents") == 0);
    }

    @Test
    void withNoneNothingIsSaidOfTheLog() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 5));
        BuildRun run = new BuildRun(bench).log(LogMode.NONE).start("web");
        untilOver(run);
        assertEquals(List.of(), run.console().raw());
        assertEquals(1, run.console().links().size());
        assertEquals(0, bench.aws().calls().count("Logs.GetLogEvents"));
    }

    @Test
    void aProjectWithoutCloudWatchLogsHasNoLogToTell() {
        bench.simulatedProject("web", it -> {
            it.node().putObject("logsConfig").putObject("cloudWatchLogs").put("status", "DISABLED");
            return it;
        });
        BuildRun run = run("web");
        untilOver(run);
        assertEquals(0, bench.aws().calls().count("Logs.GetLogEvents"));
        assertEquals("web #1 succeeded in 1 min 5 s", run.console().lastLine());
        assertNull(CodeBuild.result(bench.session(), run.jobs(), ReportOutcome.NONE)
                .getLogUrl());
    }

    @Test
    void aConsoleThatBreaksChangesNothingAboutTheBuild() {
        Logger.getLogger(Listeners.class.getName()).setLevel(Level.OFF);
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 60));
        BuildRun run = new BuildRun(bench);
        run.console().breakDown();
        run.start("web");
        untilOver(run);
        assertTrue(run.last().succeeded());
        assertEquals(0, bench.watcher().size());
        assertEquals(List.of(), run.console().lines());
    }
}

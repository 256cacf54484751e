package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.CallThreads;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Builds that run commands, on the machine's clock and the engine's own threads. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class RealBuildTest {

    @AutoClose
    private final Bench bench = Bench.real(it -> it.timing(Timing.NONE));

    @TempDir
    Path workspace;

    private BuildRun run(String buildspec) {
        bench.aws().codeBuild().project(ProjectSpec.named("web").buildspec(buildspec));
        return new BuildRun(bench).start("web");
    }

    @Test
    void aWorkspaceIsUploadedAndBuilt() throws Exception {
        bench.aws().s3().createBucket("builds", false);
        bench.aws()
                .codeBuild()
                .project(ProjectSpec.named("web")
                        .source("S3", "builds/web/source.zip")
                        .artifacts("builds", "web.zip"));
        Files.writeString(workspace.resolve("buildspec.yml"), """
                version: 0.2
                env:
                  exported-variables: [VERSION]
                phases:
                  build:
                    commands:
                      - export VERSION=$(./version.sh)
                      - seq 1 5000
                      - echo "stage=$STAGE" > out.txt
                artifacts:
                  files: [out.txt]
                """);
        assertTrue(Files.writeString(workspace.resolve("version.sh"), "#!/bin/sh\necho 1.2.3\n")
                .toFile()
                .setExecutable(true));
        Files.writeString(workspace.resolve("left-out.txt"), "");

        BuildRequest request = new BuildRequest(Map.of(
                "project", "web",
                "source", "workspace",
                "excludes", "left-out.txt",
                "environmentVariables", Map.of("STAGE", "test")));
        assertEquals(List.of(), request.problems());
        BuildRun run = new BuildRun(bench);
        BuildRequest uploaded = bench.codeBuild()
                .upload(bench.session(), request, Workspace.local(workspace), Uploads.of("job"), run.console());
        run.start(uploaded);
        run.await();

        assertNull(run.failure());
        assertEquals(
                "SUCCEEDED",
                run.last().status(),
                () -> String.join("", run.console().raw()));
        BuildResult result = CodeBuild.result(bench.session(), run.jobs(), ReportOutcome.NONE);
        assertEquals(Map.of("VERSION", "1.2.3"), result.getExportedVariables());
        assertEquals(1, result.getArtifacts().size());
        assertTrue(run.console()
                .lines()
                .contains("Artifact " + result.getArtifacts().get(0).getLocation()));
        assertEquals(
                IntStream.rangeClosed(1, 5000).mapToObj(i -> i + "\n").toList(),
                run.console().output().stream()
                        .filter(line -> line.matches("\\d+\n"))
                        .toList());
        assertEquals(1, run.ends());
    }

    private BuildRun logged(String s3) throws Exception {
        bench.aws().s3().createBucket("logs", false);
        ProjectSpec web = ProjectSpec.named("web").buildspec("""
                version: 0.2
                phases:
                  build:
                    commands: ["echo tea-$((1+1))"]
                """);
        web.node().putObject("logsConfig").putObject("cloudWatchLogs").put("status", "DISABLED");
        web.node()
                .withObject("/logsConfig")
                .putObject("s3Logs")
                .put("status", s3)
                .put("location", "logs/web");
        bench.aws().codeBuild().project(web);
        BuildRun run = new BuildRun(bench).start("web");
        run.await();
        assertEquals("SUCCEEDED", run.last().status());
        return run;
    }

    @Test
    void aLogInS3AloneIsReadAtTheEnd() throws Exception {
        BuildRun run = logged("ENABLED");
        assertTrue(
                run.console().output().contains("tea-2\n"),
                () -> run.console().output().toString());
    }

    @Test
    void aLogInS3WhoseConnectionBreaksIsReadAgain() throws Exception {
        bench.aws().faults().on("S3.GetObject").cutAnswer().times(1);
        BuildRun run = logged("ENABLED");
        assertEquals(
                1,
                run.console().output().stream().filter("tea-2\n"::equals).count(),
                () -> run.console().lines() + " and " + run.console().output());
        assertEquals(2, bench.aws().calls().count("S3.GetObject"));
    }

    @Test
    void aBuildWithoutAnyLogSaysSo() throws Exception {
        BuildRun run = logged("DISABLED");
        assertTrue(
                run.console().lines().contains("The build has no log, neither in CloudWatch Logs nor in S3"),
                () -> run.console().lines().toString());
    }

    @Test
    void aCommandThatFailsIsTheLastThingSaid() throws Exception {
        BuildRun run = run("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - echo before
                      - sh -c 'exit 3'
                """);
        run.await();
        assertEquals("FAILED", run.last().status());
        assertTrue(run.console().output().contains("before\n"));
        assertTrue(
                run.console().lastLine().startsWith("BUILD failed: COMMAND_EXECUTION_ERROR: "),
                run.console().lastLine());
        assertTrue(
                run.console().lastLine().contains("exit status 3"),
                run.console().lastLine());
    }

    @Test
    void anAbortEndsWhatRuns() throws Exception {
        Path alive = workspace.resolve("alive");
        BuildRun run = run("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - touch %s
                      - sleep 300
                """.formatted(alive));
        for (int i = 0; i < 400 && !Files.exists(alive); i++) {
            CountDownLatch moment = new CountDownLatch(1);
            bench.scheduler().schedule(Duration.ofMillis(50), moment::countDown);
            Bench.await(moment);
        }
        run.job().stop();
        run.await();
        assertEquals("STOPPED", run.last().status());
        Build build = bench.aws().codeBuild().builds().get(0);
        assertEquals(Status.STOPPED, build.status());
        assertEquals(1, bench.aws().calls().count("CodeBuild.StopBuild"));
        assertEquals("BUILD was stopped", run.console().lastLine());
    }

    @Test
    void manyJobsAtOnceAreToldCompletelyByAFewThreads() throws Exception {
        bench.simulatedProject("many", it -> it.variable("SIMULATED_SECONDS", 4).variable("SIMULATED_LOG_LINES", 2000));
        bench.aws().faults().on("*").error(503).probability(0.03);
        bench.aws().faults().on("*").throttle().probability(0.03);
        List<BuildRun> runs = IntStream.range(0, 12)
                .mapToObj(i -> new BuildRun(bench).start("many"))
                .toList();
        for (BuildRun run : runs) {
            run.await();
        }
        List<String> lines = IntStream.rangeClosed(1, 2000)
                .mapToObj("line %06d\n"::formatted)
                .toList();
        for (BuildRun run : runs) {
            assertNull(run.failure());
            assertEquals("SUCCEEDED", run.last().status());
            assertEquals(lines, run.console().output());
            assertEquals(1, run.ends());
            assertEquals(1, run.startedIds().size());
        }
        assertEquals(12, bench.aws().codeBuild().builds().size());
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("engine under test"))
                .collect(Collectors.toCollection(TreeSet::new));
        long calling = threads.stream().filter(name -> name.contains(" call ")).count();
        assertTrue(calling <= CallThreads.MOST, threads.toString());
        assertTrue(threads.size() - calling <= 3, threads.toString());
    }
}

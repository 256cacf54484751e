package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches from their start to the last line of their story, on local AWS and stepped time. */
class BuildBatchesTest extends SteppedBatches {

    private static final String FAILURE =
            "pack failed: BUILD failed: COMMAND_EXECUTION_ERROR: Error while executing command: simulated. Reason: exit status 1";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGraphIsToldAsATreeAndFailsByTheBuildThatFailed(boolean download) {
        if (!download) {
            bench.aws().codeBuild().dialect(Dialect.BATCH_WITHOUT_DOWNLOAD);
        }
        BatchRun run = run(GRAPH);
        untilOver(run);

        List<String> lines = run.console().lines();
        assertEquals("Started web batch #1", lines.get(0));
        assertEquals(
                "https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/web/batch/"
                        + run.id().replace(":", "%3A") + "/?region=eu-west-1",
                run.console().links().get(0));
        List<String> plan = new ArrayList<>(List.of(
                "Builds of the batch:",
                "  unit",
                "  lint (its failure is ignored)",
                "    pack after unit, lint",
                "      site after pack"));
        List<String> outcome = new ArrayList<>(List.of(
                "  unit             SUCCEEDED   1 min 5 s",
                "  lint             FAILED           25 s  failure ignored",
                "    pack           FAILED      1 min 5 s",
                "      site         STOPPED                not built",
                "web batch #1 ended with status FAILED after 2 min 15 s",
                FAILURE));
        if (download) {
            plan.add(1, "  DOWNLOAD_SOURCE");
            outcome.add(0, "  DOWNLOAD_SOURCE  SUCCEEDED       5.0 s");
        } else {
            outcome.replaceAll(line -> line.replaceFirst("^(  unit|  lint|    pack|      site) {7}", "$1"));
        }
        int tree = lines.indexOf("Builds of the batch:");
        assertEquals(plan, lines.subList(tree, tree + plan.size()));
        assertEquals(outcome, lines.subList(lines.size() - outcome.size(), lines.size()));
        assertEquals(1, lines(run, "pack \\| BUILD +1 min 0 s  FAILED"));
        assertEquals(1, lines(run, "unit \\| web #\\d succeeded in 1 min 5 s"));
        assertEquals(0, lines(run, "site \\| .*"));
        assertEquals(0, run.console().unflushed());
        assertEquals(Verdict.End.FAILED, run.verdict().end());
        assertEquals("web batch #1 failed: " + FAILURE, run.verdict().reason());
        assertEquals(0, calls("RetryBuildBatch"));
        assertEquals(0, bench.watcher().size());
    }

    @Test
    void whatItsBuildsHaveExportedIsInTheResultAndInWhatPeopleSee() throws Exception {
        BatchRun run = run("""
                        version: 0.2
                        batch:
                          build-list:
                            - identifier: one
                              env: {variables: {SIMULATED_EXPORTED_VARIABLES: 'VERSION=1'}}
                            - identifier: two
                              env: {variables: {SIMULATED_EXPORTED_VARIABLES: 'VERSION=2', SIMULATED_SECONDS: 5}}
                        """);
        untilOver(run);

        assertEquals("web batch #1 succeeded in 1 min 10 s", run.console().lastLine());
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
        BatchResult result = run.result();
        assertEquals(run.id(), result.getId());
        assertEquals("SUCCEEDED", result.getStatus());
        assertNull(result.getCause());
        assertEquals(
                List.of("DOWNLOAD_SOURCE", "one", "two"),
                result.getMembers().stream()
                        .map(BatchMemberResult::getIdentifier)
                        .toList());
        assertEquals(Map.of("VERSION", "2"), result.member("two").getExportedVariables());
        assertEquals(10.0, result.member("two").getSeconds());
        assertEquals(1, result.member("two").getAttempts());
        assertTrue(result.member("one").getConsoleUrl().contains("/build/web%3A"));
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        new ObjectOutputStream(kept).writeObject(result);
        BatchResult again =
                (BatchResult) new ObjectInputStream(new ByteArrayInputStream(kept.toByteArray())).readObject();
        assertEquals(result.member("one").getBuildId(), again.member("one").getBuildId());

        Progress progress = run.seen().progress(bench.session());
        assertEquals(Progress.State.SUCCEEDED, progress.state());
        assertEquals(
                List.of("DOWNLOAD_SOURCE 5", "one 65", "two 10"),
                progress.phases().stream()
                        .map(phase -> phase.name() + " " + phase.took().toSeconds())
                        .toList());
        assertEquals(
                List.of("DOWNLOAD_SOURCE 0", "one 0", "two 0"),
                progress.phases().stream()
                        .map(phase -> phase.name() + " " + phase.depth())
                        .toList());
        assertEquals(
                result.member("two").getConsoleUrl(), progress.phases().get(2).url());
        assertEquals("SUBMITTED", progress.phases().get(2).parts().get(0).name());
    }

    @Test
    void logsOfAllBuildsAreToldWithTheirNamesOrOfThoseThatFailedAlone() {
        String spec = """
                version: 0.2
                batch:
                  build-list:
                    - identifier: good
                    - identifier: bad
                      env: {variables: {SIMULATED_STATUS: FAILED}}
                """;
        for (LogMode mode : LogMode.values()) {
            String name = "web-" + mode.name().toLowerCase(java.util.Locale.ROOT);
            bench.aws()
                    .codeBuild()
                    .project(ProjectSpec.simulated(name)
                            .batches()
                            .buildspec(spec)
                            .variable("SIMULATED_LOG_LINES", 30));
            BatchRun run = new BatchRun(bench).log(mode).start(name);
            untilOver(run);
            List<String> output = run.console().raw();
            assertEquals(
                    mode == LogMode.STREAM ? 30 : 0,
                    output.stream()
                            .filter(line -> line.startsWith("good | line "))
                            .count(),
                    mode.name());
            assertEquals(
                    mode == LogMode.STREAM || mode == LogMode.FAILED ? 30 : 0,
                    output.stream()
                            .filter(line -> line.startsWith("bad | line "))
                            .count(),
                    mode.name());
            assertEquals(mode == LogMode.LINK ? 3 : 0, lines(run, "\\w+ \\| Log"), mode.name());
        }
    }

    @Test
    void aBuildspecThatIsNoneOfABatchFailsItWithWhatIsWrong() {
        BatchRun run = run("{version: 0.2, phases: {build: {commands: [ls]}}}");
        untilOver(run);
        assertEquals(
                "DOWNLOAD_BATCHSPEC failed because of its configuration: CLIENT_ERROR: YAML_FILE_ERROR: The buildspec has no batch section",
                run.console().lastLine());
    }

    @Test
    void aProjectWithoutBatchesSaysSo() {
        bench.simulatedProject("single");
        BatchRun run = new BatchRun(bench).start("single");
        untilOver(run);
        assertTrue(
                run.failure()
                        .getMessage()
                        .startsWith("codebuild:StartBuildBatch failed for project 'single' in eu-west-1"),
                run.failure().getMessage());
    }

    @Test
    void whatIsOverriddenIsOfTheBatch() {
        project("web", GRAPH);
        BatchRun run = new BatchRun(bench)
                .with("environmentVariables", Map.of("SIMULATED_STATUS", "SUCCEEDED", "A", "1"))
                .with("timeoutMinutes", 7)
                .with("batchConfig", Map.of("timeoutInMins", 33, "maximumBuildsAllowed", 9))
                .start("web");
        until(() -> run.seen() != null);
        var batch = onlyBatch().toJson();
        assertEquals(7, batch.path("buildTimeoutInMinutes").asInt());
        assertEquals(33, batch.at("/buildBatchConfig/timeoutInMins").asInt());
        assertEquals(
                9,
                batch.at("/buildBatchConfig/restrictions/maximumBuildsAllowed").asInt());
        assertTrue(batch.at("/environment/environmentVariables").toString().contains("\"A\""));
        run.stop();
        untilOver(run);
    }

    @Test
    void manyBatchesAreAskedForTogetherAndTheirBuildsWithAllOthers() {
        String list = "{version: 0.2, batch: {build-fanout: {parallelism: 3}}}";
        project("web", list);
        List<BatchRun> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            runs.add(new BatchRun(bench).start("web"));
        }
        until(() -> runs.stream().allMatch(BatchRun::isOver));
        long together = calls("BatchGetBuildBatches");
        long builds = calls("BatchGetBuilds");
        bench.aws().calls().reset();
        BatchRun alone = new BatchRun(bench).start("web");
        untilOver(alone);
        assertTrue(together < 3 * calls("BatchGetBuildBatches"), together + " calls for 12");
        assertTrue(builds < 4 * calls("BatchGetBuilds"), builds + " calls for the builds of 12");
    }

    @Test
    void expiredCredentialsAreRenewedMidway() {
        BatchRun run = run(GRAPH);
        bench.advance(20);
        bench.aws().faults().on("CodeBuild.*").expiredToken().times(4);
        untilOver(run);
        assertNull(run.failure());
        assertEquals(FAILURE, run.console().lastLine());
    }

    @Test
    void anOutageIsOutlived() {
        BatchRun run = run(GRAPH);
        bench.advance(40);
        var outage = bench.aws().faults().on("*").error(503);
        bench.advance(120);
        outage.times(0);
        untilOver(run);
        assertNull(run.failure());
        assertEquals(FAILURE, run.console().lastLine());
        assertEquals(1, lines(run, "pack \\| web #4 ended.*"));
    }

    @Test
    void twoAccountsDoNotSeeEachOther() {
        BatchRun run = run(GRAPH);
        BatchRun other = new BatchRun(bench, bench.session(Bench.BOB, "us-east-1"), bench.buildBatches()).start("web");
        untilOver(other);
        assertTrue(
                other.failure().getMessage().contains("us-east-1"),
                other.failure().getMessage());
        untilOver(run);
        assertEquals(
                Duration.ofSeconds(135),
                Duration.between(run.last().start(), run.last().end()));
    }
}

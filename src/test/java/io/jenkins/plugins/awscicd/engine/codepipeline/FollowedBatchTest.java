package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of builds that an action has started, reported with it whatever happens on the way. */
class FollowedBatchTest extends SteppedPipelines {

    private static final int LINES = 20;

    private Step following(String status) {
        bench.aws().faults().spare("AKIACODEPIPELINE0000"); // as whom pipelines of local AWS call its other services
        bench.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("compile")
                        .batches()
                        .variable("SIMULATED_SECONDS", 60)
                        .variable("SIMULATED_STATUS", status)
                        .variable("SIMULATED_LOG_LINES", LINES)
                        .buildspec("""
                                version: 0.2
                                batch:
                                  build-graph:
                                    - identifier: one
                                    - identifier: two
                                      depend-on: [one]
                                """));
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("batches")
                        .source("acme/web")
                        .stage("Build")
                        .action("Compile", "Build", "CodeBuild")
                        .set("ProjectName", "compile")
                        .set("BatchEnabled", "true")
                        .in("Source"));
        return step().with("pipeline", "batches").with("follow", "actions");
    }

    private static long count(List<String> lines, String begin) {
        return lines.stream().filter(line -> line.startsWith(begin)).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 16, 18, 20, 25, 45, 70, 80, 82, 84, 90, 110, 140, 150, 152, 155, 160})
    void aRestartReportsEachLineOnce(int seconds) {
        Step step = following("SUCCEEDED").begin();
        bench.advance(seconds);
        List<String> lines = new ArrayList<>(step.lines());
        List<String> raw = new ArrayList<>(step.kept.console.raw());
        if (!step.kept.isOver()) {
            step.restart(20);
            step.untilOver();
            lines.addAll(step.lines());
            raw.addAll(step.kept.console.raw());
        }
        assertEquals(Verdict.End.SUCCEEDED, step.end(), lines::toString);
        for (String once : List.of(
                "Build/Compile | Started compile batch #1",
                "Build/Compile | Builds of the batch:",
                "Build/Compile |     two after one",
                "Build/Compile | one | Started compile",
                "Build/Compile | two | Started compile",
                "Build/Compile |     two ",
                "Build/Compile | compile batch #1 succeeded")) {
            assertEquals(once.endsWith("two ") ? 2 : 1, count(lines, once), () -> once + " in " + lines);
        }
        for (String build : List.of("one", "two")) {
            assertEquals(LINES, count(raw, "Build/Compile | " + build + " | line "), raw::toString);
        }
    }

    @Test
    void aStageThatIsRetriedHasAnotherBatchThatIsReportedAsWell() {
        Step step = following("FAILED,SUCCEEDED").with("retry", 2).begin().untilOver();
        assertEquals(1, count(step.lines(), "Build/Compile | Started compile batch #1"));
        assertEquals(1, count(step.lines(), "Build/Compile | compile batch #1 ended with status FAILED"));
        assertEquals(1, count(step.lines(), "Build/Compile | Started compile batch #2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BatchGetBuildBatches", "BatchGetBuilds"})
    void whatMayNotBeSeenIsNoFailure(String operation) {
        bench.aws().faults().on("CodeBuild." + operation).accessDenied();
        Step step = following("SUCCEEDED").begin().untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        assertEquals(1, count(step.lines(), "batches "), step.lines()::toString);
    }

    @Test
    void oneThatIsKnownOnlyAMomentLaterIsReported() {
        bench.aws()
                .faults()
                .on("CodeBuild.BatchGetBuildBatches")
                .notYetVisible()
                .times(2);
        Step step = following("SUCCEEDED").begin().untilOver();
        assertEquals(1, count(step.lines(), "Build/Compile | compile batch #1 succeeded"), step.lines()::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 60, 100})
    void anAbortEndsItAsThePipelineEnds(int seconds) {
        Step step = following("SUCCEEDED").begin();
        bench.advance(seconds);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        step.untilOver();
        bench.advance(Duration.ofMinutes(10));
        assertEquals(0, bench.watcher().size());
        assertEquals(0, bench.aws().calls().count("CodeBuild.StopBuildBatch"));
    }
}

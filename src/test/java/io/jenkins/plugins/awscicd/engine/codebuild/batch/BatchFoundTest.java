package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;

/** A batch that was started without our hearing of it, in a project with years of batches, which AWS lists by their ids. */
class BatchFoundTest extends SteppedBatches {

    @Test
    void aBatchIsFoundWhereverAwsListsIt() {
        bench.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .batches()
                        .buildspec("version: 0.2")
                        .variable("SIMULATED_SECONDS", 1));
        CodeBuildClient others = BatchService.client(bench.session());
        for (int i = 0; i < 450; i++) {
            others.startBuildBatch(it -> it.projectName("web"));
            bench.advance(10);
        }
        bench.advance(Duration.ofHours(3));
        bench.aws().faults().on("CodeBuild.StartBuildBatch").cutConnection().afterExecution();
        BatchRun crashed = new BatchRun(bench).start("web");
        until(() -> bench.aws().codeBuild().batches().all().size() == 451);
        crashed.job().abandon();
        bench.advance(600);
        bench.aws().faults().clear();
        BatchRun run = new BatchRun(bench).after(crashed).start("web");
        untilOver(run);

        assertEquals(451, bench.aws().codeBuild().batches().all().size(), "Batches in AWS");
        assertEquals(bench.aws().codeBuild().batches().all().get(450).id(), run.id());
    }

    /** At each moment after the retry was asked for, with its answer or without it, over a restart or not. */
    @ParameterizedTest
    @CsvSource({
        "0, false, false",
        "5, false, false",
        "0, true, false",
        "5, true, false",
        "0, true, true",
        "5, true, true",
        "15, true, true"
    })
    void anAbortStopsARetryThatAwsDoesNotShowYet(int seconds, boolean restarted, boolean lost) {
        bench.aws().codeBuild().dialect(Dialect.BATCH_RETRY_SHOWN_LATE);
        project("web", GRAPH);
        if (lost) {
            bench.aws().faults().on("CodeBuild.RetryBuildBatch").cutConnection().afterExecution();
        }
        BatchRun run = new BatchRun(bench).with("retryFailed", 2).start("web");
        until(() -> calls("RetryBuildBatch") == 1);
        bench.advance(seconds);
        if (restarted) {
            run.job().abandon();
            bench.aws().faults().clear();
            run = new BatchRun(bench).after(run).resume(run.id());
        }
        run.stop();
        untilOver(run);
        bench.advance(Duration.ofMinutes(3));

        assertEquals("STOPPED", bench.aws().codeBuild().batches().all().get(0).status());
        assertEquals(
                List.of(),
                bench.aws().codeBuild().builds().stream()
                        .filter(build -> !build.complete())
                        .toList());
    }

    @Test
    void aRetryThatAwsShowsLateIsMadeAndToldOnce() {
        bench.aws().codeBuild().dialect(Dialect.BATCH_RETRY_SHOWN_LATE);
        project("web", GRAPH);
        bench.aws().faults().on("CodeBuild.RetryBuildBatch").cutConnection().afterExecution();
        BatchRun crashed = new BatchRun(bench).with("retryFailed", 2).start("web");
        until(() -> calls("RetryBuildBatch") == 1);
        crashed.job().abandon();
        bench.aws().faults().clear();
        bench.advance(3);
        BatchRun run = new BatchRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertEquals("SUCCEEDED", run.last().status());
        assertEquals(1, run.result().getRetries());
        assertEquals(1, lines(crashed, "Retrying .*") + lines(run, "Retrying .*"));
    }

    @Test
    void aRefusalIsToldOnceOverARestart() {
        project("web", GRAPH);
        bench.aws().faults().on("CodeBuild.RetryBuildBatch").accessDenied();
        BatchRun crashed = new BatchRun(bench).with("retryFailed", 2).start("web");
        until(() -> lines(crashed, "Not retried: .*") == 1);
        crashed.job().abandon();
        BatchRun run = new BatchRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertEquals("FAILED", run.last().status());
        assertEquals(0, lines(run, "Not retried: .*"));
    }
}

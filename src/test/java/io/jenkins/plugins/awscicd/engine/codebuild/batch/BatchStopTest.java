package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that are stopped, and those of which it is not known whether they were started. */
class BatchStopTest extends SteppedBatches {

    @ParameterizedTest
    @CsvSource({"2, false", "20, false", "60, false", "100, false", "2, true", "20, true", "60, true", "100, true"})
    void aBatchIsStoppedWithAllItsBuilds(int after, boolean later) {
        if (later) {
            bench.aws().codeBuild().dialect(Dialect.BATCH_STOPS_WITH_ITS_BUILDS);
        }
        BatchRun run = run(GRAPH);
        bench.advance(after);
        run.stop();
        untilOver(run);
        assertNull(run.failure());
        assertEquals(1, calls("StopBuildBatch"));
        assertEquals(Verdict.End.STOPPED, run.verdict().end());
        assertEquals("STOPPED", onlyBatch().status());
        assertEquals(1, lines(run, "Stopping " + run.id()));
        bench.advance(10);
        assertEquals(
                List.of(),
                bench.aws().codeBuild().builds().stream()
                        .filter(build -> !build.complete())
                        .toList());
        Duration took = Duration.between(run.last().start().plusSeconds(after), run.overAt());
        assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, "Stopped after " + took);
    }

    @Test
    void aStopThatComesWithTheEndChangesNothing() {
        BatchRun run = run("{version: 0.2, batch: {build-fanout: {parallelism: 1}}}");
        until(() -> onlyBatchIsComplete());
        run.stop();
        untilOver(run);
        assertEquals("SUCCEEDED", run.last().status());
    }

    private boolean onlyBatchIsComplete() {
        return bench.aws().codeBuild().batches().all().stream().anyMatch(batch -> batch.complete());
    }

    @Test
    void whatWasLeftGoesOn() {
        BatchRun run = run(GRAPH);
        bench.advance(30);
        run.job().abandon();
        bench.advance(Duration.ofMinutes(5));
        assertTrue(onlyBatch().complete());
        assertEquals(0, calls("StopBuildBatch"));
        assertEquals("FAILED", onlyBatch().status());
        assertEquals(0, bench.watcher().size());
    }

    @Test
    void anAnswerThatIsLostStartsOneBatch() {
        bench.aws()
                .faults()
                .on("CodeBuild.StartBuildBatch")
                .error(503)
                .afterExecution()
                .times(2);
        BatchRun run = run(GRAPH);
        untilOver(run);
        assertEquals(3, calls("StartBuildBatch"));
        assertEquals(onlyBatch().id(), run.id());
    }

    /** The second controller has the same token, and no id. */
    @ParameterizedTest
    @CsvSource({"1", "200", "400", "3000"})
    void aControllerThatWasKilledBeforeItHadTheAnswerFindsItsBatch(int later) {
        BatchRun first = run(GRAPH);
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        first.job().abandon();
        bench.advance(later);
        BatchRun second = new BatchRun(bench).sharing(first).start("web");
        untilOver(second);
        assertEquals(onlyBatch().id(), second.id());
        assertEquals(
                "web batch #1 ended with status FAILED after 2 min 15 s",
                second.console().lines().get(second.console().lines().size() - 2));
    }

    @Test
    void oneThatIsNotWantedAnyMoreIsFoundAndStopped() {
        BatchRun first = run(GRAPH);
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        first.job().abandon();
        BatchRun second = new BatchRun(bench).sharing(first);
        second.start("web");
        second.stop();
        untilOver(second);
        assertEquals("STOPPED", onlyBatch().status());
    }

    @Test
    void whatIsRefusedIsNotStarted() {
        project("web", GRAPH);
        BatchRun run = new BatchRun(bench)
                .behind(() -> {
                    throw new Refused("prod is closed");
                })
                .start("web");
        untilOver(run);
        assertEquals("prod is closed", run.failure().getMessage());
        assertEquals(0, calls("StartBuildBatch"));
    }

    @Test
    void oneThatWasAbortedBeforeItsStartIsNotStarted() {
        project("web", GRAPH);
        bench.aws().faults().on("CodeBuild.StartBuildBatch").throttle().times(100);
        BatchRun run = new BatchRun(bench).start("web");
        bench.advance(5);
        run.stop();
        untilOver(run);
        assertTrue(run.failure() instanceof CancellationException, String.valueOf(run.failure()));
        assertEquals(List.of(), bench.aws().codeBuild().batches().all());
    }

    @Test
    void twoControllersTellOfBatchesOfTheirOwn() {
        Watcher watcher = new Watcher(bench.scheduler(), () -> 1.0);
        BuildBatches elsewhere =
                new BuildBatches(bench.scheduler(), watcher, new CodeBuild(bench.scheduler(), watcher));
        BatchRun here = run(GRAPH);
        BatchRun there = new BatchRun(bench, bench.session(), elsewhere).start("web");
        bench.advance(50);
        there.stop();
        untilOver(there);
        untilOver(here);
        assertEquals("STOPPED", there.last().status());
        assertEquals("FAILED", here.last().status());
        assertEquals(0, lines(here, ".*batch #2.*"));
    }
}

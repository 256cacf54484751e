package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failed builds of a batch that are tried again, exactly as often as was asked for. */
class BatchRetryTest extends SteppedBatches {

    private BatchRun retrying(int retries) {
        project("web", GRAPH);
        return new BatchRun(bench).with("retryFailed", retries).start("web");
    }

    private long retriedInAws() {
        return onlyBatch().toJson().path("phases").findValuesAsText("phaseStatus").stream()
                .filter("RETRY"::equals)
                .count();
    }

    @Test
    void whatHasFailedIsTriedAgainUnderTheSameIdAndToldWithWhatWasBefore() {
        BatchRun run = retrying(3);
        untilOver(run);

        assertNull(run.failure());
        assertEquals(List.of(run.id()), run.startedIds());
        assertEquals(1, calls("StartBuildBatch"));
        assertEquals(1, calls("RetryBuildBatch"));
        assertEquals(1, retriedInAws());
        assertEquals(1, lines(run, "Retrying the failed builds of web batch #1, 1 of 3: lint, pack, site"));
        assertEquals(1, lines(run, "pack \\| web #4 ended with status FAILED .*"));
        assertEquals(1, lines(run, "pack \\| web #\\d succeeded in 1 min 5 s"));
        assertEquals(1, lines(run, "    pack +SUCCEEDED +1 min 5 s  before: web #4 FAILED"));
        assertEquals(1, lines(run, "Started web batch #1"));
        assertEquals(1, lines(run, "Builds of the batch:"));
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
        BatchResult result = run.result();
        assertEquals(1, result.getRetries());
        assertEquals(2, result.member("pack").getAttempts());
        assertEquals(1, result.member("unit").getAttempts());
        assertEquals("SUCCEEDED", result.member("site").getStatus());
    }

    @Test
    void itIsNotTriedAgainMoreOftenThanWasAskedFor() {
        project("web", """
                version: 0.2
                batch:
                  build-list:
                    - identifier: never
                      env: {variables: {SIMULATED_STATUS: FAILED, SIMULATED_SECONDS: 5}}
                """);
        BatchRun run = new BatchRun(bench).with("retryFailed", 2).start("web");
        untilOver(run);
        assertEquals(2, calls("RetryBuildBatch"));
        assertEquals(2, retriedInAws());
        assertEquals(2, lines(run, "Retrying .*"));
        assertEquals(Verdict.End.FAILED, run.verdict().end());
        assertEquals(3, run.result().member("never").getAttempts());
        assertEquals(1, lines(run, "web batch #1 ended with status FAILED.*"));
    }

    /** Its buildspec is none of a batch, so that there is no build of which it could be said. */
    @Test
    void aBatchWithoutFailedBuildsIsTriedAgainAsAWhole() {
        project("web", "{version: 0.2, phases: {build: {commands: [ls]}}}");
        BatchRun run = new BatchRun(bench).with("retryFailed", 1).start("web");
        untilOver(run);
        assertEquals(1, calls("RetryBuildBatch"));
        assertEquals(
                1, lines(run, "Retrying web batch #1, 1 of 1"), run.console().lines()::toString);
        assertEquals(Verdict.End.FAILED, run.verdict().end());
    }

    @Test
    void aSuccessIsNotTriedAgain() {
        project("web", "{version: 0.2, batch: {build-fanout: {parallelism: 2}}}");
        BatchRun run = new BatchRun(bench).with("retryFailed", 2).start("web");
        untilOver(run);
        assertEquals(0, calls("RetryBuildBatch"));
    }

    /** Of which AWS has the call, and the controller no answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatIsLostTriesItAgainOnce(boolean late) {
        BatchRun run = retrying(3);
        if (late) {
            bench.aws()
                    .faults()
                    .on("CodeBuild.RetryBuildBatch")
                    .error(503)
                    .afterExecution()
                    .times(2);
        } else {
            bench.aws().faults().on("CodeBuild.RetryBuildBatch").error(503).times(2);
        }
        untilOver(run);
        assertEquals(1, retriedInAws());
        assertEquals(0, lines(run, "Not retried.*"));
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
    }

    @Test
    void whatMayNotBeRetriedIsSaidAndTheFailureStands() {
        BatchRun run = retrying(2);
        bench.aws().faults().on("CodeBuild.RetryBuildBatch").accessDenied();
        untilOver(run);
        assertEquals(1, lines(run, "Not retried: codebuild:RetryBuildBatch failed for project 'web' in eu-west-1.*"));
        assertEquals(Verdict.End.FAILED, run.verdict().end());
        assertTrue(run.console().lastLine().startsWith("pack failed: "));
    }

    @Test
    void guardsAreAskedBeforeEachCallAndMayRefuseTheRetry() {
        project("web", GRAPH);
        AtomicInteger asked = new AtomicInteger();
        BatchRun run = new BatchRun(bench)
                .with("retryFailed", 2)
                .behind(() -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new Refused("prod is closed");
                    }
                })
                .start("web");
        untilOver(run);
        assertEquals(2, asked.get());
        assertEquals(0, calls("RetryBuildBatch"));
        assertEquals(1, lines(run, "Not retried: prod is closed"));
        assertEquals(Verdict.End.FAILED, run.verdict().end());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbortWhileItIsAskedForStopsWhatAwsHasMadeOfIt(boolean shownLate) {
        if (shownLate) {
            bench.aws().codeBuild().dialect(Dialect.BATCH_RETRY_SHOWN_LATE);
        }
        BatchRun run = retrying(2);
        bench.aws()
                .faults()
                .on("CodeBuild.RetryBuildBatch")
                .error(503)
                .afterExecution()
                .times(1);
        until(() -> calls("RetryBuildBatch") == 1);
        run.stop();
        untilOver(run);
        bench.advance(Duration.ofMinutes(10));
        assertTrue(onlyBatch().complete());
        assertTrue(
                onlyBatch().status().equals("STOPPED") || retriedInAws() == 0,
                onlyBatch().status() + " after " + retriedInAws() + " retries");
        assertEquals(
                List.of(),
                bench.aws().codeBuild().builds().stream()
                        .filter(build -> !build.complete())
                        .toList());
    }

    /** The controller is killed every few seconds, and at each moment of the retry. */
    @ParameterizedTest
    @ValueSource(ints = {3, 7, 11, 30})
    void overRestartsItIsDoneOnceAndToldOnce(int seconds) {
        project("web", GRAPH);
        BatchRun run = new BatchRun(bench).with("retryFailed", 2).start("web");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 600 && !run.isOver(); i++) {
            bench.advance(seconds);
            if (run.isOver() || run.startedIds().isEmpty() && i == 0) {
                continue;
            }
            String id = run.job() == null || run.startedIds().isEmpty()
                    ? onlyBatch().id()
                    : run.id();
            run.job().abandon();
            lines.addAll(run.console().lines());
            run = new BatchRun(bench).after(run).resume(id);
        }
        untilOver(run);
        lines.addAll(run.console().lines());

        assertEquals(1, retriedInAws());
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
        assertEquals(2, run.result().member("pack").getAttempts());
        assertEquals(65.0, run.result().member("unit").getSeconds());
        for (String once : List.of(
                "Started web batch #1",
                "Builds of the batch:",
                "unit | Started web #2",
                "pack | Started web #4",
                "web batch #1 succeeded in \\d.*")) {
            assertEquals(
                    1,
                    lines.stream()
                            .filter(line -> line.equals(once) || line.matches(once))
                            .count(),
                    once);
        }
    }
}

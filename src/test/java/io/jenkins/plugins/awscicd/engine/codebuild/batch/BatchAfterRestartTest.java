package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of a batch is the same after a restart. */
class BatchAfterRestartTest extends SteppedBatches {

    private Progress progress(BatchRun run) {
        return run.seen().progress(bench.session());
    }

    private static Progress.Phase phase(Progress progress, String name) {
        return progress.phases().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private BatchRun restarted(BatchRun run) {
        run.job().abandon();
        return new BatchRun(bench).after(run).resume(run.id());
    }

    /** Of it there are no more looks, as nothing of it is told. */
    @ParameterizedTest
    @ValueSource(strings = {"DOWNLOAD_SOURCE", "lint"})
    void aBuildThatHasEndedBeforeIsShownAsItWas(String build) {
        BatchRun run = run(GRAPH);
        until(() -> run.seen() != null
                && run.seen().members().stream()
                        .anyMatch(it ->
                                it.identifier().equals(build) && it.current().ended()));
        bench.advance(8);
        Progress.Phase before = phase(progress(run), build);
        assertTrue(before.took() != null && before.url() != null, before::toString);

        BatchRun after = restarted(run);
        bench.advance(20);
        assertEquals(before, phase(progress(after), build));
    }

    /** Where it cannot be read, the batch is watched all the same, and it is read at its end. */
    @Test
    void oneThatCannotBeReadKeepsNobodyFromTheOthers() {
        BatchRun run = run(GRAPH);
        bench.advance(40);
        bench.aws().faults().on("CodeBuild.BatchGetBuilds").throttle().times(3);
        BatchRun after = restarted(run);
        untilOver(after);
        assertEquals(25.0, after.result().member("lint").getSeconds());
    }

    /** Also what was before the attempt that counts has its name, which is none of AWS's ids. */
    @Test
    void attemptsThatHaveEndedBeforeAreCalledTheSame() {
        project("web", GRAPH);
        BatchRun run = new BatchRun(bench).with("retryFailed", 1).start("web");
        until(() -> calls("RetryBuildBatch") == 1);
        bench.advance(20);
        BatchRun after = restarted(run);
        untilOver(after);
        assertEquals(
                1,
                lines(after, "    pack +SUCCEEDED +1 min 5 s  before: web #4 FAILED"),
                () -> after.console().lines().toString());
    }

    @Test
    void ofABatchThatEndedWhileTheControllerWasDownAllIsShown() {
        BatchRun run = run(GRAPH);
        bench.advance(40);
        run.job().abandon();
        bench.advance(600);
        BatchRun after = new BatchRun(bench).after(run).resume(run.id());
        untilOver(after);
        assertEquals(
                List.of("DOWNLOAD_SOURCE 5", "unit 65", "lint 25", "pack 65"),
                progress(after).phases().stream()
                        .map(it -> it.name() + " "
                                + (it.took() == null ? null : it.took().toSeconds()))
                        .toList());
    }
}

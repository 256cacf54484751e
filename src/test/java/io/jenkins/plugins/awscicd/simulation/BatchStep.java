package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BatchSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code codeBuild} step with a batch of two builds, of which the second comes after the first and may fail. */
final class BatchStep extends Step<BatchSnapshot> {

    private static final String FIRST = "one | ";

    BatchStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
    }

    @Override
    List<Instant> begun(Ledger ledger) {
        return ledger.batches(run).stream().map(Batch::startTime).toList();
    }

    @Override
    int timesTooOften(Ledger ledger) {
        return ledger.batches(run).stream()
                .mapToInt(batch -> Math.max(0, batch.retries() - retries()))
                .sum();
    }

    /** The batch, and the builds that it has at once: that which downloads the source, and two more. */
    @Override
    int jobs() {
        return 4;
    }

    private int retries() {
        return asked.number("retries", 0);
    }

    @Override
    boolean isGuarded() {
        return false;
    }

    @Override
    boolean isThere(Ledger ledger) {
        List<Batch> batches = ledger.batches(run);
        return !batches.isEmpty() && batches.get(batches.size() - 1).status().equals("SUCCEEDED");
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        return ledger.batches(run).stream()
                        .anyMatch(one -> one.endTime() == null || one.endTime().isAfter(at))
                || ledger.builds(run).stream()
                        .anyMatch(one -> one.endTime() == null || one.endTime().isAfter(at));
    }

    /** Whether the build that never fails was stopped by somebody else, and tried again: both have a log. */
    boolean isFirstTriedAgain() {
        return lines().stream().anyMatch(line -> line.startsWith(FIRST) && line.contains(" ended with status "));
    }

    /** Those of the build that never fails. */
    @Override
    List<String> log() {
        return output().stream()
                .filter(line -> line.startsWith(FIRST))
                .map(line -> line.substring(FIRST.length()))
                .toList();
    }

    @Override
    PreparedJob<BatchSnapshot> prepare(Controller on, Connected<BatchSnapshot> at) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("RUN", Integer.toString(run));
        variables.put("SIMULATED_SECONDS", asked.text("seconds", "60"));
        variables.put("SIMULATED_LOG_LINES", asked.text("lines", "0"));
        BuildRequest request = new BuildRequest(Map.of(
                "project",
                asked.text("project"),
                "batch",
                true,
                "retryFailed",
                retries(),
                "environmentVariables",
                variables,
                "buildspec",
                """
                {version: 0.2, batch: {build-graph: [{identifier: one},
                {identifier: two, depend-on: [one], env: {variables: {SIMULATED_STATUS: '%s'}}}]}}
                """.formatted(asked.text("second", "SUCCEEDED"))));
        return on.buildBatches()
                .prepare(
                        at,
                        () -> request,
                        request.retries(),
                        token,
                        LogMode.STREAM,
                        TestRecorder.NONE,
                        ArtifactReceiver.NONE,
                        () -> {},
                        files());
    }
}

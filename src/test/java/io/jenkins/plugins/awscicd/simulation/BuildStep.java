package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.RetryRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code codeBuild} step. */
final class BuildStep extends Step<BuildSnapshot> {

    private final TestRecords tests;

    BuildStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        tests = new TestRecords(asked);
    }

    @Override
    List<Instant> begun(Ledger ledger) {
        return ledger.builds(run).stream()
                .filter(build -> build.attempt() == 0)
                .map(Build::startTime)
                .toList();
    }

    /** How often a failed build is tried again. */
    int retries() {
        return asked.number("retry", 0);
    }

    @Override
    boolean isGuarded() {
        return false;
    }

    @Override
    boolean isThere(Ledger ledger) {
        List<Build> builds = ledger.builds(run);
        return !builds.isEmpty()
                && builds.get(builds.size() - 1).status() == Status.SUCCEEDED
                && !(asked.text("tests", "").equals("fail")
                        && stoppedAt() == null
                        && (tests.failed() > 0 || areUnknown()));
    }

    /** Whether the step says that nobody could read its tests, and that may be so. */
    private boolean areUnknown() {
        return failed() && why().contains("but its tests did not") && !areToBeRead();
    }

    /** Whether AWS lets the tests be read as soon as the step wants them. */
    boolean areToBeRead() {
        return tests.areReady()
                && world().stormy("CodeBuild.BatchGetReports").isZero()
                && world().stormy("CodeBuild.DescribeTestCases").isZero()
                && world().stormy("S3.GetObject").isZero()
                && world().stormy("S3.ListObjectsV2").isZero();
    }

    /** Of the last build: the tries before it are not recorded. */
    @Override
    List<String> wrong(Ledger ledger) {
        List<Build> builds = ledger.builds(run);
        boolean good = succeeded() && stoppedAt() == null && !asked.has("timeout") && !builds.isEmpty();
        return good ? tests.wrong(builds.get(builds.size() - 1).id(), areToBeRead()) : tests.tooMany();
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        return ledger.builds(run).stream()
                .anyMatch(one -> one.endTime() == null || one.endTime().isAfter(at));
    }

    @Override
    PreparedJob<BuildSnapshot> prepare(Controller on, Connected<BuildSnapshot> at) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Places.RUN, Integer.toString(run));
        variables.put("SIMULATED_SECONDS", asked.text("seconds", "60"));
        variables.put("SIMULATED_STATUS", asked.text("status", "SUCCEEDED"));
        variables.put("SIMULATED_LOG_LINES", asked.text("lines", "0"));
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("project", asked.text("project"));
        given.put("environmentVariables", variables);
        if (retries() > 0) {
            given.put("retryBuild", retries());
        }
        BuildRequest request = new BuildRequest(given);
        return on.codeBuild()
                .prepare(
                        at,
                        () -> request,
                        RetryRequest.of(request),
                        token,
                        LogMode.STREAM,
                        tests.on(on),
                        ArtifactReceiver.NONE,
                        () -> {},
                        files());
    }
}

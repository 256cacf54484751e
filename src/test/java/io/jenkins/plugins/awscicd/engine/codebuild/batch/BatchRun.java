package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.JobRun;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.util.HashMap;
import java.util.Map;

/** A step's part in a batch. */
final class BatchRun extends JobRun<BatchSnapshot> {

    private final BuildBatches batches;
    private final Map<String, Object> arguments = new HashMap<>(Map.of("batch", true));
    private LogMode logMode = LogMode.STREAM;
    private TestRecorder recorder = TestRecorder.NONE;
    private ArtifactReceiver receiver = ArtifactReceiver.NONE;
    private Runnable gate = () -> {};
    private volatile BatchSnapshot observed;
    private PreparedJob<BatchSnapshot> prepared;

    BatchRun(Bench bench, AwsSession session, BuildBatches batches) {
        super(bench, session);
        this.batches = batches;
    }

    BatchRun(Bench bench) {
        this(bench, bench.session(), bench.buildBatches());
    }

    /** Goes on from what another run has kept. */
    BatchRun after(BatchRun crashed) {
        goOnAfter(crashed);
        arguments.putAll(crashed.arguments);
        return this;
    }

    /** Is the same run, on a controller whose disk was copied before anything was told. */
    BatchRun sharing(BatchRun original) {
        goOnAfter(original, new Disk());
        arguments.putAll(original.arguments);
        return this;
    }

    BatchRun with(String argument, Object value) {
        arguments.put(argument, value);
        return this;
    }

    BatchRun behind(Runnable asked) {
        gate = asked;
        return this;
    }

    BatchRun log(LogMode mode) {
        logMode = mode;
        return this;
    }

    BatchRun tests(TestRecorder wanted) {
        recorder = wanted;
        return this;
    }

    BatchRun artifacts(ArtifactReceiver wanted) {
        receiver = wanted;
        return this;
    }

    private RemoteJob<BatchSnapshot> prepare() {
        BuildRequest request = new BuildRequest(arguments);
        prepared = batches.prepare(
                new Connected<>(session, console(), disk(), this),
                () -> request,
                request.retries(),
                new StartToken(token(), chosen()),
                logMode,
                recorder,
                receiver,
                gate,
                StepFiles.none());
        return prepared.job();
    }

    BatchRun start(String project) {
        arguments.put("project", project);
        start(prepare(), () -> assertNull(prepared.start(again())));
        return this;
    }

    BatchRun resume(String id) {
        resume(prepare(), id);
        return this;
    }

    @Override
    public void observed(BatchSnapshot now) {
        observed = now;
    }

    /** What was seen last. */
    BatchSnapshot seen() {
        return observed;
    }

    /** As a step that is aborted. */
    void stop() {
        prepared.unwanted();
        job().stop();
    }

    Verdict verdict() {
        assertNull(failure());
        return prepared.verdict(jobs());
    }

    BatchResult result() {
        return (BatchResult) prepared.result(jobs());
    }
}

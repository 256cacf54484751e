package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.JobRun;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.Map;

/** A step's part in a build. */
final class BuildRun extends JobRun<BuildSnapshot> {

    private LogMode logMode = LogMode.STREAM;

    private TestRecorder recorder = TestRecorder.NONE;

    private RetryRequest retry = RetryRequest.NONE;

    private BuildRetries retries;

    private Runnable gate = () -> {};

    private volatile BuildSnapshot observed;

    private final CodeBuild codeBuild;

    BuildRun(Bench bench, AwsSession session) {
        this(bench, session, bench.codeBuild());
    }

    /** On another controller than the bench's. */
    BuildRun(Bench bench, AwsSession session, CodeBuild codeBuild) {
        super(bench, session);
        this.codeBuild = codeBuild;
    }

    BuildRun(Bench bench) {
        this(bench, bench.session());
    }

    /** Goes on from what another run has kept. */
    BuildRun after(BuildRun crashed) {
        retry = crashed.retry;
        goOnAfter(crashed);
        return this;
    }

    /** Is the same run, on a controller whose disk was copied before anything was told. */
    BuildRun sharing(BuildRun original) {
        goOnAfter(original, new Disk());
        return this;
    }

    /** @param asked run before each call that may start the build */
    BuildRun behind(Runnable asked) {
        gate = asked;
        return this;
    }

    BuildRun log(LogMode mode) {
        logMode = mode;
        return this;
    }

    BuildRun tests(TestRecorder wanted) {
        recorder = wanted;
        return this;
    }

    BuildRun start(String project) {
        return start(new BuildRequest(Map.of("project", project)));
    }

    BuildRun start(BuildRequest request) {
        start(newJob(), codeBuild.starter(session, request, token(), chosen(), again(), gate, console()));
        return this;
    }

    BuildRun resume(String id) {
        resume(newJob(), id);
        return this;
    }

    @Override
    public void observed(BuildSnapshot now) {
        observed = now;
    }

    /** What was seen last. */
    BuildSnapshot observed() {
        return observed;
    }

    /** @param request how often a failed build is tried again */
    BuildRun retrying(RetryRequest request) {
        retry = request;
        return this;
    }

    /** How the last try is told of besides. */
    String inWords() {
        return retries.inWords();
    }

    private RemoteJob<BuildSnapshot> newJob() {
        retries = codeBuild.retries(session, console(), disk(), retry, token(), gate);
        return codeBuild.job(
                session,
                console(),
                codeBuild.log(
                        session, console(), disk(), logMode, recorder, ArtifactReceiver.NONE, retries, this::observed),
                retries,
                this);
    }
}

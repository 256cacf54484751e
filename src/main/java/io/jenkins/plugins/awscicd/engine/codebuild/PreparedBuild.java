package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.RequestedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A build that is to be started for a step, or was. */
final class PreparedBuild extends RequestedJob<BuildSnapshot, BuildRequest> {

    private final CodeBuild codeBuild;
    private final TestRecorder tests;
    private final Runnable gate;
    private final WorkspaceSource files;
    private final BuildRetries retries;
    private final BuildProgressLog progressLog;
    private final RemoteJob<BuildSnapshot> job;

    PreparedBuild(
            @NonNull CodeBuild codeBuild,
            @NonNull Connected<BuildSnapshot> at,
            @NonNull Supplier<BuildRequest> request,
            @NonNull RetryRequest retry,
            @NonNull StartToken token,
            @NonNull LogMode log,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull Runnable gate,
            @NonNull WorkspaceSource files) {
        super(at, request, token);
        this.codeBuild = codeBuild;
        this.tests = tests;
        this.gate = gate;
        this.files = files;
        this.retries = codeBuild.retries(at.session(), at.console(), at.journal(), retry, token.token(), gate);
        this.progressLog = codeBuild.log(
                at.session(), at.console(), at.journal(), log, tests, artifacts, retries, at.listener()::observed);
        this.job = codeBuild.job(at.session(), at.console(), progressLog, retries, at.listener());
    }

    @Override
    public RemoteJob<BuildSnapshot> job() {
        return job;
    }

    @Override
    public boolean uploads() {
        return asked().fromWorkspace();
    }

    @Override
    public Optional<String> startedBefore() throws InterruptedException {
        return codeBuild.started(at.session(), asked(), token.token(), token.chosen());
    }

    @Override
    protected BuildRequest upload(BuildRequest request) throws IOException, InterruptedException {
        return codeBuild.upload(at.session(), request, files.workspace(), files.uploads(), at.console());
    }

    @Override
    protected CompletableFuture<JobResult> start(BuildRequest ready, boolean again) {
        if (ready.build() != null) {
            progressLog.attach();
        }
        job.start(codeBuild.starter(
                at.session(), ready, token.token(), token.chosen(), isToBeLookedFor(again), gate, at.console()));
        return null;
    }

    @Override
    public void unwanted() {
        progressLog.aftermath().stopWaiting();
    }

    /** Of a build that was tried again, the last try counts. */
    private static BuildSnapshot last(List<BuildSnapshot> builds) {
        return builds.get(builds.size() - 1);
    }

    @Override
    public Verdict verdict(List<BuildSnapshot> builds) {
        AwsSession session = at.session();
        BuildSnapshot last = last(builds);
        String url = CodeBuild.consoleUrl(session, last);
        if (last.succeeded()) {
            BuildAftermath aftermath = progressLog.aftermath();
            return BuildAftermath.verdict(last.name(), url, tests, aftermath.reported(), aftermath.missing());
        }
        return new Verdict(
                "STOPPED".equals(last.status()) ? Verdict.End.STOPPED : Verdict.End.FAILED,
                last.name() + " failed: " + last.cause() + retries.inWords(),
                url);
    }

    @Override
    public JobResult result(List<BuildSnapshot> builds) {
        BuildAftermath.judge(last(builds).name(), tests, progressLog.aftermath().reported());
        return CodeBuild.result(at.session(), builds, progressLog.aftermath().reported());
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildAftermath;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.RequestedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.StartTrouble;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** A batch that is to be started for a step, or was. */
final class PreparedBatch extends RequestedJob<BatchSnapshot, BuildRequest> {

    private final CodeBuild codeBuild;
    private final Scheduler scheduler;
    private final TestRecorder tests;
    private final Runnable gate;
    private final WorkspaceSource files;
    private final BatchBuilds builds;
    private final BatchAftermath aftermath;
    private final BatchRetry retry;
    private final RemoteJob<BatchSnapshot> job;

    PreparedBatch(
            @NonNull CodeBuild codeBuild,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull Connected<BatchSnapshot> at,
            @NonNull Supplier<BuildRequest> request,
            int retries,
            @NonNull StartToken token,
            @NonNull LogMode log,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull Runnable gate,
            @NonNull WorkspaceSource files) {
        super(at, request, token);
        this.codeBuild = codeBuild;
        this.scheduler = scheduler;
        this.tests = tests;
        this.gate = gate;
        this.files = files;
        BatchService service = new BatchService(retries > 0);
        this.retry = new BatchRetry(at, scheduler, service, retries, gate);
        WatchedBatch watched =
                new WatchedBatch(codeBuild, scheduler, watcher, at, service, log, tests, artifacts, retry);
        this.builds = watched.builds();
        this.aftermath = watched.aftermath();
        this.job = watched.job();
        retry.of(job::isToBeStopped, () -> {
            job.reconsider();
            job.expedite();
        });
    }

    @Override
    public RemoteJob<BatchSnapshot> job() {
        return job;
    }

    @Override
    public boolean uploads() {
        return asked().fromWorkspace();
    }

    @Override
    public Optional<String> startedBefore() throws InterruptedException {
        BuildRequest request = asked();
        try {
            return scheduler.await(
                    new BatchStarter(at.session(), scheduler, request, token, true, () -> {}, RetryListener.NONE)
                            .started());
        } catch (ExecutionException e) {
            throw AwsCallException.of(
                    BatchStarter.LIST_ACTION,
                    "project '" + request.project() + "' in " + at.session().region(),
                    e.getCause());
        }
    }

    @Override
    protected BuildRequest upload(BuildRequest request) throws IOException, InterruptedException {
        return codeBuild.upload(at.session(), request, files.workspace(), files.uploads(), at.console());
    }

    @Override
    protected CompletableFuture<JobResult> start(BuildRequest ready, boolean again) {
        boolean lookedFor = isToBeLookedFor(again);
        if (!lookedFor) {
            ready.doubts().forEach(at.console()::line);
        }
        job.start(new BatchStarter(
                at.session(), scheduler, ready, token, lookedFor, gate, new StartTrouble(at.console(), failure -> "")));
        return null;
    }

    @Override
    public void unwanted() {
        retry.unwanted();
        aftermath.stopWaiting();
    }

    @Override
    public Verdict verdict(List<BatchSnapshot> batches) {
        BatchSnapshot last = last(batches);
        String url = last.consoleUrl(at.session());
        if (!last.succeeded()) {
            return new Verdict(
                    last.status().equals("STOPPED") ? Verdict.End.STOPPED : Verdict.End.FAILED,
                    last.name() + " failed: " + last.cause(),
                    url);
        }
        return BuildAftermath.verdict(last.name(), url, tests, aftermath.reported(), aftermath.missing());
    }

    private BatchSnapshot last(List<BatchSnapshot> batches) {
        return builds.with(batches.get(batches.size() - 1));
    }

    @Override
    public BatchResult result(List<BatchSnapshot> batches) {
        BatchSnapshot last = last(batches);
        BuildAftermath.judge(last.name(), tests, aftermath.reported());
        return new BatchResult(last, aftermath.reported(), at.session());
    }
}

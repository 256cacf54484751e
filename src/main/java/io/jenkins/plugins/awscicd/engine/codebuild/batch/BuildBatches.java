package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Supplier;

/** CodeBuild: batches of builds as remote jobs. */
public final class BuildBatches {

    private final Scheduler scheduler;
    private final Watcher watcher;
    private final CodeBuild codeBuild;

    /** @param codeBuild has the builds of batches watched together with all others */
    public BuildBatches(@NonNull Scheduler scheduler, @NonNull Watcher watcher, @NonNull CodeBuild codeBuild) {
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.codeBuild = codeBuild;
    }

    /**
     * A step's batch, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param request asked only if the batch is to be started
     * @param retries how often its failed builds are tried again
     * @param gate run immediately before each call that may start it or try it again, on a thread that may block; fails with {@link
     *     io.jenkins.plugins.awscicd.engine.job.Refused} if that is not to be (any more)
     * @param files asked only if the source is the workspace
     */
    @NonNull
    public PreparedJob<BatchSnapshot> prepare(
            @NonNull Connected<BatchSnapshot> at,
            @NonNull Supplier<BuildRequest> request,
            int retries,
            @NonNull StartToken token,
            @NonNull LogMode log,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull Runnable gate,
            @NonNull WorkspaceSource files) {
        return new PreparedBatch(
                codeBuild, scheduler, watcher, at, request, retries, token, log, tests, artifacts, gate, files);
    }

    /**
     * Reports a batch that something else has started, and does not stop it.
     *
     * @param batch its id or its ARN
     */
    @NonNull
    public RemoteJob<BatchSnapshot> follow(@NonNull Following at, @NonNull String batch) {
        RemoteJob<BatchSnapshot> job = new WatchedBatch(
                        codeBuild,
                        scheduler,
                        watcher,
                        new Connected<>(at.session(), at.console(), at.journal(), new FollowedEnd<>(at.over())),
                        new BatchService(false),
                        LogMode.STREAM,
                        TestRecorder.NONE,
                        ArtifactReceiver.NONE,
                        EndCondition.ended())
                .job();
        job.resume(batch.substring(batch.lastIndexOf('/') + 1));
        return job;
    }
}

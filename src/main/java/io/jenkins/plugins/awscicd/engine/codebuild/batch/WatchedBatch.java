package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.ForwardingListener;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.List;

/** A batch that is watched and reported with its builds, whoever has started it. */
final class WatchedBatch {

    private final BatchBuilds builds;
    private final BatchAftermath aftermath;
    private final RemoteJob<BatchSnapshot> job;

    /** @param end when the batch need not be watched any further */
    WatchedBatch(
            @NonNull CodeBuild codeBuild,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull Connected<BatchSnapshot> at,
            @NonNull BatchService service,
            @NonNull LogMode log,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull EndCondition<BatchSnapshot> end) {
        this.builds = new BatchBuilds(codeBuild, scheduler, at, log);
        this.aftermath = new BatchAftermath(scheduler, at, tests, artifacts, builds);
        this.job = new RemoteJob<>(
                at.session(),
                service,
                new BatchProgressLog(at, builds, aftermath),
                at.console(),
                listener(at.listener()),
                scheduler,
                watcher,
                end);
        builds.onEnd(job::expedite);
    }

    /** Whoever wanted the batch sees it with its builds. */
    private ForwardingListener<BatchSnapshot> listener(JobListener<BatchSnapshot> wanted) {
        return new ForwardingListener<>(wanted) {
            @Override
            public void observed(@NonNull BatchSnapshot now) {
                builds.observed(now);
            }

            @Override
            public void ended(@NonNull List<BatchSnapshot> jobs) {
                super.ended(jobs.stream().map(builds::with).toList());
            }
        };
    }

    @NonNull
    BatchBuilds builds() {
        return builds;
    }

    @NonNull
    BatchAftermath aftermath() {
        return aftermath;
    }

    @NonNull
    RemoteJob<BatchSnapshot> job() {
        return job;
    }
}

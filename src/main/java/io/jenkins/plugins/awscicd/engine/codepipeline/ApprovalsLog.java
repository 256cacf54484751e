package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.ForwardingProgressLog;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import java.util.concurrent.CompletableFuture;

/** Has people asked about the approvals that an execution comes to, beside all else that is told of it. */
final class ApprovalsLog extends ForwardingProgressLog<PipelineSnapshot> {

    private final ManualApprovals approvals;

    ApprovalsLog(@NonNull ProgressLog<PipelineSnapshot> progressLog, @NonNull ManualApprovals approvals) {
        super(progressLog);
        this.approvals = approvals;
    }

    @Override
    public void looked(PipelineSnapshot now) {
        super.looked(now);
        approvals.looked(now);
    }

    @Override
    public CompletableFuture<Void> ended(PipelineSnapshot last) {
        approvals.looked(last);
        return super.ended(last);
    }

    @Override
    public void abandon() {
        approvals.close();
        super.abandon();
    }
}

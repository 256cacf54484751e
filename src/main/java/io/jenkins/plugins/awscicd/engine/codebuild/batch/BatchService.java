package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.StatusType;

/**
 * CodeBuild's batches, as the watcher sees them.
 *
 * @param retries whether a batch that has failed may go on: whoever watches it may try it again
 */
record BatchService(boolean retries) implements JobService<BatchSnapshot> {

    static CodeBuildClient client(@NonNull AwsSession session) {
        return session.client(CodeBuildClient.class, CodeBuildClient::builder);
    }

    @Override
    public String observeAction() {
        return "codebuild:BatchGetBuildBatches";
    }

    /** See <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetBuildBatches.html">BatchGetBuildBatches</a>. */
    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public Map<String, BatchSnapshot> observe(AwsSession session, List<String> ids) {
        Map<String, BatchSnapshot> found = new HashMap<>();
        client(session)
                .batchGetBuildBatches(get -> get.ids(ids))
                .buildBatches()
                .forEach(batch -> found.put(batch.id(), BatchReader.read(batch, retries)));
        return found;
    }

    @Override
    public String stopAction() {
        return "codebuild:StopBuildBatch";
    }

    @Override
    public void stop(AwsSession session, String id) {
        try {
            client(session).stopBuildBatch(stop -> stop.id(id));
        } catch (InvalidInputException e) {
            // Perhaps it has ended by itself in the meantime: then how is about to be seen.
            BatchSnapshot now = observe(session, List.of(id)).get(id);
            if (now == null || !now.complete()) {
                throw e;
            }
        }
    }

    /**
     * The same of one that may be shown as it was before it was tried again.
     *
     * @return whether it goes to its end now, by AWS's answer
     */
    static boolean stopUnseen(@NonNull AwsSession session, @NonNull String id) {
        try {
            BuildBatch now = client(session).stopBuildBatch(stop -> stop.id(id)).buildBatch();
            return now != null
                    && (!Boolean.TRUE.equals(now.complete()) || now.buildBatchStatus() == StatusType.STOPPED);
        } catch (InvalidInputException e) {
            return false;
        }
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.Marked;
import io.jenkins.plugins.awscicd.engine.codebuild.TokenStart;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.ListBuildBatchesForProjectResponse;
import software.amazon.awssdk.services.codebuild.model.StartBuildBatchRequest;

/** Starts a batch exactly once: by a {@linkplain TokenStart token}, and by the {@linkplain Marked mark} that it has. */
final class BatchStarter implements JobStarter, TokenStart.Call {

    static final String LIST_ACTION = "codebuild:ListBuildBatchesForProject";

    private final AwsSession session;
    private final BuildRequest request;
    private final StartToken token;
    private final RetryListener retries;
    private final TokenStart start;

    /**
     * @param again whether a call with the token may have been made already, before a restart
     * @param gate run immediately before each call; fails if the batch is not to be started (any more)
     */
    BatchStarter(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull BuildRequest request,
            @NonNull StartToken token,
            boolean again,
            @NonNull Runnable gate,
            @NonNull RetryListener retries) {
        this.session = session;
        this.request = request;
        this.token = token;
        this.retries = retries;
        this.start = new TokenStart(
                session, scheduler, this, token.chosen(), again, request.room(token.chosen()), gate, retries);
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return start.start(wanted);
    }

    /** The batch that was started with the token before a restart, looked for at AWS. */
    @NonNull
    CompletableFuture<Optional<String>> started() {
        return session.call(LIST_ACTION, TokenStart.PATIENCE, retries, this::find);
    }

    @Override
    public String action() {
        return "codebuild:StartBuildBatch";
    }

    @Override
    public String subject() {
        return "project '" + request.project() + "' in " + session.region();
    }

    @Override
    public String make() {
        StartBuildBatchRequest.Builder batch = request.toStartBatch().idempotencyToken(token.token());
        List<EnvironmentVariable> variables = new ArrayList<>(batch.build().environmentVariablesOverride());
        variables.add(Marked.mark(token.token()));
        return BatchService.client(session)
                .startBuildBatch(batch.environmentVariablesOverride(variables).build())
                .buildBatch()
                .id();
    }

    @Override
    public Optional<String> find() {
        CodeBuildClient client = BatchService.client(session);
        Marked.Kind<BuildBatch> batches = new Marked.Kind<>(
                "batch",
                LIST_ACTION,
                "codebuild:BatchGetBuildBatches",
                next -> {
                    ListBuildBatchesForProjectResponse page = client.listBuildBatchesForProject(
                            list -> list.projectName(request.project()).nextToken(next));
                    return new Marked.Page(page.ids(), page.nextToken());
                },
                ids -> client.batchGetBuildBatches(get -> get.ids(ids)).buildBatches(),
                BuildBatch::id,
                BuildBatch::startTime,
                BuildBatch::environment,
                false); // AWS lists them by their ids, which says nothing of which is newer
        return new Marked<>(session, batches, request.project(), token.token(), token.chosen()).first(batch -> true);
    }
}

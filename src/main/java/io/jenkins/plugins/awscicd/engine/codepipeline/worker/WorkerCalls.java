package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.Job;
import software.amazon.awssdk.services.codepipeline.model.JobStatus;

/** The calls of a job worker. */
final class WorkerCalls {

    static final String POLL = "codepipeline:PollForJobs";
    static final String ACKNOWLEDGE = "codepipeline:AcknowledgeJob";
    static final String DETAILS = "codepipeline:GetJobDetails";
    static final String SUCCEED = "codepipeline:PutJobSuccessResult";
    static final String FAIL = "codepipeline:PutJobFailureResult";

    private final AwsSession session;

    WorkerCalls(@NonNull AwsSession session) {
        this.session = session;
    }

    private CodePipelineClient client() {
        return session.client(CodePipelineClient.class, CodePipelineClient::builder);
    }

    /** Is not tried again: the next poll is. */
    CompletableFuture<List<Job>> poll(WorkSource source, int most) {
        return session.call(POLL, Duration.ZERO, RetryListener.NONE, () -> {
            List<Job> jobs = new ArrayList<>();
            source.queries()
                    .forEach(query -> jobs.addAll(client().pollForJobs(
                                    it -> it.actionTypeId(source.type().id())
                                            .maxBatchSize(most)
                                            .queryParam(query))
                            .jobs()));
            return jobs;
        });
    }

    /** @param unanswered told before the call is made again that an answer is missing: it may have been carried out */
    CompletableFuture<JobStatus> acknowledge(Claim claim, Runnable unanswered) {
        return call(
                ACKNOWLEDGE,
                unanswered,
                () -> client().acknowledgeJob(it -> it.jobId(claim.jobId()).nonce(claim.nonce()))
                        .status());
    }

    CompletableFuture<ActionJob> details(Claim claim) {
        return call(
                DETAILS,
                () -> {},
                () -> ActionJob.of(
                        claim.jobId(),
                        client().getJobDetails(it -> it.jobId(claim.jobId()))
                                .jobDetails()
                                .data()));
    }

    /**
     * Ends the job; AWS makes another one of the action, with the token.
     *
     * @param begun whether AWS knows that the work has begun: how far it is nobody can tell
     */
    CompletableFuture<Void> continueWith(Claim claim, String token, boolean begun, Runnable unanswered) {
        return call(SUCCEED, unanswered, () -> {
            client().putJobSuccessResult(it -> it.jobId(claim.jobId())
                    .continuationToken(token)
                    .executionDetails(details -> details.externalExecutionId(claim.run())
                            .summary("Running in Jenkins: " + claim.run())
                            .percentComplete(begun ? null : 0)));
            return null;
        });
    }

    /** The call that tells it. */
    static String ending(WorkResult result) {
        return result.succeeded() ? SUCCEED : FAIL;
    }

    CompletableFuture<Void> end(Claim claim, WorkResult result, Runnable unanswered) {
        return call(ending(result), unanswered, () -> {
            if (result.succeeded()) {
                succeed(claim, result);
            } else {
                client().putJobFailureResult(it -> it.jobId(claim.jobId())
                        .failureDetails(failure -> failure.type(result.failure())
                                .message(result.message().isEmpty() ? "Failed" : result.message())
                                .externalExecutionId(claim.run())));
            }
            return null;
        });
    }

    private void succeed(Claim claim, WorkResult result) {
        client().putJobSuccessResult(it -> {
            it.jobId(claim.jobId())
                    .executionDetails(details -> details.externalExecutionId(claim.run())
                            .summary(result.message().isEmpty() ? null : result.message())
                            .percentComplete(100));
            if (!result.variables().isEmpty()) {
                it.outputVariables(result.variables());
            }
            if (result.revision() != null) {
                it.currentRevision(
                        revision -> revision.revision(result.revision()).changeIdentifier(claim.id()));
            }
        });
    }

    private <T> CompletableFuture<T> call(String action, Runnable unanswered, Supplier<T> call) {
        return session.call(action, AwsSession.PATIENCE, RetryListener.NONE, () -> {
            try {
                return call.get();
            } catch (SdkException e) {
                if (AwsFault.of(e) == AwsFault.TRANSIENT) {
                    unanswered.run();
                }
                throw e;
            }
        });
    }
}

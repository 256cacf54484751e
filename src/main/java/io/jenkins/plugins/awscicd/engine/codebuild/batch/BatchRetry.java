package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.execution.AskedRetry;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.RetryBuildBatchType;

/**
 * Tries the failed builds of a batch again, under the batch's id, as often as was asked for
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_RetryBuildBatch.html">RetryBuildBatch</a>). AWS shows how often it
 * has done so. What is about to be asked is in the journal first, with the token by which AWS does it once. Called in order.
 */
final class BatchRetry implements EndCondition<BatchSnapshot> {

    static final String ACTION = "codebuild:RetryBuildBatch";

    private static final String COUNT = "retries";
    private static final String TOKEN = "retryToken";

    private final AwsSession session;
    private final JobConsole console;
    private final Journal journal;
    private final AskedRetry retry;
    private final int most;

    /** How many were asked for, the one that is being asked for included. */
    private int count;

    private String token;

    /**
     * @param most how often
     * @param gate run before each retry; fails if there is to be none
     */
    BatchRetry(
            @NonNull Connected<BatchSnapshot> at,
            @NonNull Scheduler scheduler,
            @NonNull BatchService service,
            int most,
            @NonNull Runnable gate) {
        this.session = at.session();
        this.console = at.console();
        this.journal = at.journal();
        this.most = most;
        Map<String, String> marks = journal.read();
        count = Integer.parseInt(marks.getOrDefault(COUNT, "0"));
        token = marks.getOrDefault(TOKEN, "");
        this.retry = new AskedRetry(
                at,
                scheduler,
                service,
                id -> BatchService.stopUnseen(session, id),
                ACTION,
                InvalidInputException.class,
                gate,
                count > 0);
    }

    /** @see AskedRetry#of */
    void of(@NonNull BooleanSupplier toStop, @NonNull Runnable listener) {
        retry.of(toStop, listener);
    }

    /** Nobody wants the batch any more. */
    void unwanted() {
        retry.unwanted();
    }

    @Override
    public synchronized boolean test(BatchSnapshot now, boolean stopping) {
        boolean due = now.retried() < count; // asked for, and not to be seen
        if (now.complete() && !now.failed()) {
            retry.over();
            return true;
        }
        if (stopping) {
            retry.stop(now.id(), now.failed(), due);
        }
        if (retry.isAsking() || !now.failed()) {
            return false;
        }
        if (due && retry.isAgreed()) {
            return !retry.mayBeShownLate();
        }
        if (stopping || retry.isRefused() || !due && now.retried() >= most) {
            return true;
        }
        if (!due) {
            count = now.retried() + 1;
            token = UUID.randomUUID().toString();
            String failed = which(now);
            console.line("Retrying " + (failed.isEmpty() ? "" : "the failed builds of ") + now.name() + ", " + count
                    + " of " + most + (failed.isEmpty() ? "" : ": " + failed));
            console.flush();
            journal.write(Map.of(COUNT, String.valueOf(count), TOKEN, token));
        }
        String kept = token;
        retry.ask(
                now.id(),
                "project '" + now.project() + "' in " + session.region(),
                due,
                () -> BatchService.client(session)
                        .retryBuildBatch(it -> it.id(now.id())
                                .idempotencyToken(kept)
                                .retryType(RetryBuildBatchType.RETRY_FAILED_BUILDS)));
        return false;
    }

    private static String which(BatchSnapshot now) {
        return now.members().stream()
                .filter(member -> member.current().ended() && !member.current().succeeded())
                .map(BatchMember::identifier)
                .collect(Collectors.joining(", "));
    }
}

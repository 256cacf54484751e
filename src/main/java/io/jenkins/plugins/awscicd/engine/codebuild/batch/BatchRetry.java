package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.AbortedRetry;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
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
    private static final String REFUSED = "notRetried";
    private final AwsSession session;
    private final JobConsole console;
    private final Journal journal;
    private final AbortedRetry aborted;
    private final int most;
    private final Runnable gate;

    /** How many were asked for, the one that is being asked for included. */
    private int count;

    private String token;
    private boolean asking;
    /** Whether another process has wanted the last of them, and this one has not: AWS may have agreed. */
    private boolean inherited;

    private boolean refused;
    private volatile boolean unwanted;
    private volatile BooleanSupplier toBeStopped = () -> false;
    private Runnable answered = () -> {};

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
        this.aborted = new AbortedRetry(at.session(), scheduler, service, id -> BatchService.stopUnseen(session, id));
        this.most = most;
        this.gate = gate;
        Map<String, String> marks = journal.read();
        count = Integer.parseInt(marks.getOrDefault(COUNT, "0"));
        token = marks.getOrDefault(TOKEN, "");
        inherited = count > 0;
    }

    /**
     * @param toStop whether AWS is to stop the batch
     * @param listener run when AWS has answered
     */
    void of(@NonNull BooleanSupplier toStop, @NonNull Runnable listener) {
        toBeStopped = toStop;
        answered = listener;
    }

    /** Nobody wants the batch any more. */
    void unwanted() {
        unwanted = true;
    }

    @Override
    public synchronized boolean test(BatchSnapshot now, boolean stopping) {
        boolean due = now.retried() < count; // asked for, and not to be seen
        if (now.complete() && !now.failed()) {
            aborted.over();
            return true;
        }
        if (stopping && !asking) {
            stop(now, due);
        }
        if (asking || !now.failed()) {
            return false;
        }
        if (due && aborted.isAgreed()) {
            return !aborted.mayBeShownLate();
        }
        if (stopping || refused || !due && now.retried() >= most) {
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
        ask(now, due);
        return false;
    }

    /** @param due whether AWS does not show the last retry */
    private void stop(BatchSnapshot now, boolean due) {
        if (due && inherited) {
            inherited = false;
            aborted.answered(true);
        }
        if (now.failed() && !due) {
            aborted.over();
        } else {
            aborted.stop(now.id());
        }
    }

    /** After several attempts it is an earlier one, whose answer was lost, that has left nothing to retry: AWS is about to show what. */
    private static boolean isDone(Throwable failure, int attempts) {
        return failure != null && attempts > 1 && AwsCallException.unwrap(failure) instanceof InvalidInputException;
    }

    /** @param again whether it may have been asked for before a restart */
    private void ask(BatchSnapshot now, boolean again) {
        asking = true;
        inherited = false;
        String kept = token;
        AtomicInteger attempts = new AtomicInteger(again ? 1 : 0);
        AtomicBoolean uncertain = new AtomicBoolean(again);
        session.callWhile(() -> !unwanted, ACTION, AwsSession.PATIENCE, RetryListener.NONE, () -> {
                    gate.run();
                    if (unwanted) { // those who were asked have taken their time
                        throw new CancellationException("Aborted");
                    }
                    attempts.incrementAndGet();
                    try {
                        return BatchService.client(session)
                                .retryBuildBatch(retry -> retry.id(now.id())
                                        .idempotencyToken(kept)
                                        .retryType(RetryBuildBatchType.RETRY_FAILED_BUILDS));
                    } catch (SdkException e) {
                        uncertain.compareAndSet(false, AwsFault.of(e) == AwsFault.TRANSIENT);
                        throw e;
                    }
                })
                .whenComplete((done, failed) -> {
                    boolean mayBeDone = unwanted && uncertain.get(); // nobody has asked again, whose answer would tell
                    answered(now, mayBeDone || isDone(failed, attempts.get()) ? null : failed);
                    answered.run();
                });
    }

    private static String which(BatchSnapshot now) {
        return now.members().stream()
                .filter(member -> member.current().ended() && !member.current().succeeded())
                .map(BatchMember::identifier)
                .collect(Collectors.joining(", "));
    }

    private synchronized void answered(BatchSnapshot now, Throwable failure) {
        asking = false;
        // What cannot be retried may go on already, as somebody else has had it tried again: AWS is about to show that.
        aborted.answered(failure == null || AwsCallException.unwrap(failure) instanceof InvalidInputException);
        if (failure == null) {
            if (toBeStopped.getAsBoolean()) {
                aborted.stop(now.id());
            }
            return;
        }
        refused = true;
        Throwable cause = AwsCallException.unwrap(failure);
        if (!(cause instanceof CancellationException)) {
            String line = "Not retried: "
                    + (cause instanceof Refused
                                    ? cause
                                    : AwsCallException.of(
                                            ACTION, "project '" + now.project() + "' in " + session.region(), cause))
                            .getMessage();
            if (!line.equals(journal.read().get(REFUSED))) { // else it was told before a restart
                console.line(line);
                journal.write(Map.of(REFUSED, line));
            }
        }
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline;

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
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codepipeline.model.StageNotRetryableException;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;

/**
 * Tries a failed stage's failed actions again, under the same execution, as often as was asked for. What was asked of AWS is in the journal
 * first: after a restart the same failure is not counted twice. Called in order.
 */
final class StageRetry implements EndCondition<PipelineSnapshot> {

    static final String ACTION = "codepipeline:RetryStageExecution";

    private static final String COUNT = "retries";
    private static final String FAILURE = "retried";

    private final AwsSession session;
    private final JobConsole console;
    private final Journal journal;
    private final AbortedRetry aborted;
    private final int most;
    private final String mode;
    /** Whether the first failure is to be tried again whatever it is, as somebody has asked for that. */
    private final boolean wantsFirst;

    private final Runnable gate;

    private int count;
    /** The failure that was last tried again, by its action's run. */
    private String failure;

    private boolean asking;
    private boolean refused;
    /** Whether another process has wanted the last of them, and this one has not: AWS may have agreed. */
    private boolean inherited;

    private volatile boolean unwanted;
    private volatile BooleanSupplier toBeStopped = () -> false;
    private Runnable answered = () -> {};

    /**
     * @param request how often
     * @param gate run before each retry; fails if there is to be none
     */
    StageRetry(
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull Scheduler scheduler,
            @NonNull PipelineService service,
            @NonNull PipelineRequest request,
            @NonNull Runnable gate) {
        this.session = at.session();
        this.console = at.console();
        this.journal = at.journal();
        this.aborted = new AbortedRetry(at.session(), scheduler, service, id -> service.stopUnseen(session, id));
        this.most = request.retries();
        this.wantsFirst = request.operation() == PipelineOperation.RETRY;
        String given = request.text("retryMode");
        this.mode = given.isEmpty() ? StageRetryMode.FAILED_ACTIONS.toString() : given;
        this.gate = gate;
        Map<String, String> marks = journal.read();
        count = Integer.parseInt(marks.getOrDefault(COUNT, "0"));
        failure = marks.getOrDefault(FAILURE, "");
        inherited = !failure.isEmpty();
    }

    /**
     * @param toStop whether AWS is to stop the execution
     * @param listener run when AWS has answered
     */
    void of(@NonNull BooleanSupplier toStop, @NonNull Runnable listener) {
        toBeStopped = toStop;
        answered = listener;
    }

    /** Nobody wants the execution any more. */
    void unwanted() {
        unwanted = true;
    }

    @Override
    public synchronized boolean test(PipelineSnapshot now, boolean stopping) {
        if (now.ended()) {
            aborted.over();
            return true;
        }
        Optional<ActionSnapshot> culprit = now.failed() ? now.culprit() : Optional.empty();
        boolean known = culprit.isPresent() && culprit.get().id().equals(failure);
        if (stopping && !asking) {
            stop(now, known);
        }
        if (asking || !now.failed()) {
            return false;
        }
        if (known && aborted.isAgreed()) { // AWS still shows what was
            return !aborted.mayBeShownLate();
        }
        if (stopping || refused || culprit.isEmpty()) {
            return true;
        }
        if (!known && (count >= most || culprit.get().isApproval() && !(wantsFirst && count == 0))) {
            return true; // who was asked has answered, or had the time to
        }
        if (!known) {
            count++;
            failure = culprit.get().id();
            journal.write(Map.of(COUNT, String.valueOf(count), FAILURE, failure));
        }
        ask(now, culprit.get(), known);
        return false;
    }

    /** @param known whether AWS shows the failure that was last tried again */
    private void stop(PipelineSnapshot now, boolean known) {
        if (known && inherited) {
            inherited = false;
            aborted.answered(true);
        }
        if (now.failed() && !known) {
            aborted.over();
        } else {
            aborted.stop(now.id());
        }
    }

    /** After several attempts it is an earlier one, whose answer was lost, that has left nothing to retry: AWS is about to show what. */
    private static boolean isDone(Throwable failure, int attempts) {
        return failure != null
                && attempts > 1
                && AwsCallException.unwrap(failure) instanceof StageNotRetryableException;
    }

    /** @param again whether it may have been asked for before a restart */
    private void ask(PipelineSnapshot now, ActionSnapshot culprit, boolean again) {
        asking = true;
        inherited = false;
        console.line(culprit.cause());
        console.line("Retrying the " + (mode.startsWith("ALL") ? "" : "failed ") + "actions of " + culprit.stage()
                + ", " + count + " of " + most);
        AtomicInteger attempts = new AtomicInteger(again ? 1 : 0);
        AtomicBoolean uncertain = new AtomicBoolean(again);
        session.callWhile(() -> !unwanted, ACTION, AwsSession.PATIENCE, RetryListener.NONE, () -> {
                    gate.run();
                    if (unwanted) { // those who were asked have taken their time
                        throw new CancellationException("Aborted");
                    }
                    attempts.incrementAndGet();
                    try {
                        return PipelineService.client(session)
                                .retryStageExecution(retry -> retry.pipelineName(now.pipeline())
                                        .stageName(culprit.stage())
                                        .pipelineExecutionId(now.id())
                                        .retryMode(mode));
                    } catch (SdkException e) {
                        uncertain.compareAndSet(false, AwsFault.of(e) == AwsFault.TRANSIENT);
                        throw e;
                    }
                })
                .whenComplete((done, failed) -> {
                    boolean mayBeDone = unwanted && uncertain.get(); // nobody has asked again, whose answer would tell
                    Throwable why = mayBeDone || isDone(failed, attempts.get()) ? null : failed;
                    synchronized (this) {
                        asking = false;
                        refused = why != null;
                        // What cannot be retried may go on already, as somebody else has had it tried again: AWS is
                        // about to show that.
                        aborted.answered(
                                why == null || AwsCallException.unwrap(why) instanceof StageNotRetryableException);
                    }
                    if (why == null && toBeStopped.getAsBoolean()) {
                        aborted.stop(now.id());
                    }
                    Throwable cause = why == null ? null : AwsCallException.unwrap(why);
                    if (cause != null && !(cause instanceof CancellationException)) {
                        console.line("Not retried: "
                                + (cause instanceof Refused
                                                ? cause
                                                : AwsCallException.of(
                                                        ACTION, "pipeline '" + now.pipeline() + "'", cause))
                                        .getMessage());
                    }
                    answered.run();
                });
    }
}

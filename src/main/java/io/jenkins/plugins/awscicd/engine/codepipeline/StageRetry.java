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
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** How long AWS may still show what was, after it has agreed to try again. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Journal journal;
    private final PipelineService service;
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
    /** When AWS has agreed to the last of them, or may have; null if that was before a restart. */
    private Moment agreed;

    /** Whether another process has wanted the last of them, and this one has not: AWS may have agreed. */
    private boolean inherited;

    /** Whether AWS is being asked to stop what it has made of the retry, or has agreed to. */
    private boolean stopped;

    private volatile boolean unwanted;
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
        this.scheduler = scheduler;
        this.console = at.console();
        this.journal = at.journal();
        this.service = service;
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

    /** @param listener run when AWS has answered */
    void onAnswer(@NonNull Runnable listener) {
        answered = listener;
    }

    /** Nobody wants the execution any more. */
    void unwanted() {
        unwanted = true;
    }

    @Override
    public synchronized boolean test(PipelineSnapshot now, boolean stopping) {
        if (now.ended()) {
            return true;
        }
        Optional<ActionSnapshot> culprit = now.failed() ? now.culprit() : Optional.empty();
        boolean known = culprit.isPresent() && culprit.get().id().equals(failure);
        if (stopping && known && inherited && !asking) {
            inherited = false;
            agreed = scheduler.moment();
        }
        boolean mayBeShownLate = agreed != null && STALE.compareTo(agreed.until(scheduler.moment())) >= 0;
        if (stopping && mayBeShownLate && !asking) {
            stop(now.id());
        }
        if (asking || !now.failed()) {
            return false;
        }
        if (known && agreed != null) { // AWS still shows what was
            return !mayBeShownLate;
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

    /** What was to be stopped before was at rest then, and goes on: until AWS agrees, as it may not know yet that it does. */
    private void stop(String id) {
        if (!stopped) {
            stopped = true;
            session.call(
                            service.stopAction(),
                            AwsSession.PATIENCE,
                            RetryListener.NONE,
                            () -> service.stopUnseen(session, id))
                    .whenComplete((done, failed) -> stopAnswered(Boolean.TRUE.equals(done)));
        }
    }

    private synchronized void stopAnswered(boolean done) {
        stopped = done;
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
                        agreed = why == null ? scheduler.moment() : null;
                        refused = why != null;
                        stopped = false;
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

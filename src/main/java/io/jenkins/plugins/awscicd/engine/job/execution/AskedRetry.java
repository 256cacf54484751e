package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks AWS to try a job again under its own id, one time after the other, and has that stopped if the job is to be. Whether AWS has agreed
 * to the last retry may be unknown: its answer was lost, or was for a process that is gone.
 */
public final class AskedRetry {

    private static final String REFUSED = "notRetried";

    private final Connected<?> at;
    private final AbortedRetry aborted;
    private final String action;
    private final Class<? extends SdkException> nothingToRetry;
    private final Runnable gate;

    private boolean asking;
    private boolean refused;
    /** Whether another process has wanted the last of them, and this one has not: AWS may have agreed. */
    private boolean inherited;

    private volatile boolean unwanted;
    private volatile BooleanSupplier toBeStopped = () -> false;
    private volatile Runnable answered = () -> {};

    /**
     * @param stop as of {@link AbortedRetry}
     * @param action the call, as an IAM action
     * @param nothingToRetry how AWS refuses it if there is nothing to retry, be it that it is tried again already
     * @param gate run before each retry; fails if there is to be none
     * @param inherited whether one was wanted before a restart
     */
    public AskedRetry(
            @NonNull Connected<?> at,
            @NonNull Scheduler scheduler,
            @NonNull JobService<?> service,
            @NonNull Predicate<String> stop,
            @NonNull String action,
            @NonNull Class<? extends SdkException> nothingToRetry,
            @NonNull Runnable gate,
            boolean inherited) {
        this.at = at;
        this.aborted = new AbortedRetry(at.session(), scheduler, service, stop);
        this.action = action;
        this.nothingToRetry = nothingToRetry;
        this.gate = gate;
        this.inherited = inherited;
    }

    /**
     * @param toStop whether AWS is to stop the job
     * @param listener run when AWS has answered
     */
    public void of(@NonNull BooleanSupplier toStop, @NonNull Runnable listener) {
        toBeStopped = toStop;
        answered = listener;
    }

    /** Nobody wants the job any more. */
    public void unwanted() {
        unwanted = true;
    }

    /** Whether an answer of AWS is waited for. */
    public synchronized boolean isAsking() {
        return asking;
    }

    /** Whether there is to be no other: AWS, or the gate, has refused the last. */
    public synchronized boolean isRefused() {
        return refused;
    }

    /** @see AbortedRetry#isAgreed */
    public boolean isAgreed() {
        return aborted.isAgreed();
    }

    /** @see AbortedRetry#mayBeShownLate */
    public boolean mayBeShownLate() {
        return aborted.mayBeShownLate();
    }

    /** @see AbortedRetry#over */
    public void over() {
        aborted.over();
    }

    /**
     * The job is to be stopped.
     *
     * @param failed whether AWS shows it as failed
     * @param due whether AWS does not show what has come of the last retry
     */
    public synchronized void stop(@NonNull String id, boolean failed, boolean due) {
        if (asking) {
            return; // the answer comes before
        }
        if (due && inherited) {
            inherited = false;
            aborted.answered(true);
        }
        if (failed && !due) {
            aborted.over();
        } else {
            aborted.stop(id);
        }
    }

    /**
     * @param id the job's
     * @param subject what the call is about, such as {@code project 'web' in eu-west-1}
     * @param again whether it may have been asked for before a restart
     * @param call asks AWS once; blocks
     */
    public void ask(@NonNull String id, @NonNull String subject, boolean again, @NonNull Runnable call) {
        synchronized (this) {
            asking = true;
            inherited = false;
        }
        AtomicInteger attempts = new AtomicInteger(again ? 1 : 0);
        AtomicBoolean uncertain = new AtomicBoolean(again);
        at.session()
                .callWhile(() -> !unwanted, action, AwsSession.PATIENCE, RetryListener.NONE, () -> {
                    gate.run();
                    if (unwanted) { // those who were asked have taken their time
                        throw new CancellationException("Aborted");
                    }
                    attempts.incrementAndGet();
                    try {
                        call.run();
                    } catch (SdkException e) {
                        uncertain.compareAndSet(false, AwsFault.of(e) == AwsFault.TRANSIENT);
                        throw e;
                    }
                    return null;
                })
                .whenComplete((done, failure) -> {
                    boolean mayBeDone = unwanted && uncertain.get(); // nobody has asked again, whose answer would tell
                    Throwable why = failure == null ? null : AwsCallException.unwrap(failure);
                    // After several attempts it is an earlier one, whose answer was lost, that has left nothing to
                    // retry: AWS is
                    // about to show what.
                    boolean isDone = attempts.get() > 1 && nothingToRetry.isInstance(why);
                    answered(id, subject, mayBeDone || isDone ? null : why);
                    answered.run();
                });
    }

    private void answered(String id, String subject, @CheckForNull Throwable why) {
        synchronized (this) {
            asking = false;
            refused = why != null;
            // What cannot be retried may go on already, as somebody else has had it tried again: AWS is about to show
            // that.
            aborted.answered(why == null || nothingToRetry.isInstance(why));
        }
        if (why == null && toBeStopped.getAsBoolean()) {
            aborted.stop(id);
        }
        if (why != null && !(why instanceof CancellationException)) {
            String line = "Not retried: "
                    + (why instanceof Refused ? why : AwsCallException.of(action, subject, why)).getMessage();
            if (!line.equals(at.journal().get(REFUSED))) { // else it was told before a restart
                at.console().line(line);
                at.journal().write(Map.of(REFUSED, line));
            }
        }
    }
}

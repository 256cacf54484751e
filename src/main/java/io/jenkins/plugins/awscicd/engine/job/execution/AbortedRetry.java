package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Stops what AWS makes of a retry under a job's own id, where the abort comes with the retry. What was asked to stop before may have been at
 * rest then, and for a while AWS may show it, and take it, as it was. So AWS is asked until it agrees, or has had the time to show what there
 * is, whoever still waits for that.
 */
final class AbortedRetry {

    /** How long AWS may show what was, after it has agreed to try again. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobService<?> service;
    private final Predicate<String> stop;
    /** When AWS has agreed to the last retry, or may have; null if that was before a restart, or it has not. */
    private Moment agreed;

    private boolean stopping;

    /**
     * @param stop asks AWS once to stop a job of this id, whatever AWS shows of it, and says whether it goes to its end now. Blocks, and fails
     *     with the SDK's exceptions
     */
    AbortedRetry(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobService<?> service,
            @NonNull Predicate<String> stop) {
        this.session = session;
        this.scheduler = scheduler;
        this.service = service;
        this.stop = stop;
    }

    /** @param may whether AWS has agreed to a retry just now, or may have: its answer was lost */
    synchronized void answered(boolean may) {
        agreed = may ? scheduler.moment() : null;
    }

    /** AWS shows what has come of the last retry, which has ended: from now on it is somebody else's who has the job go on. */
    void over() {
        answered(false);
    }

    /** Whether AWS has agreed to the last retry, or may have. */
    synchronized boolean isAgreed() {
        return agreed != null;
    }

    /** Whether what AWS shows may be from before that. */
    synchronized boolean mayBeShownLate() {
        Moment since = agreed;
        return since != null && STALE.compareTo(since.until(scheduler.moment())) >= 0;
    }

    /** The job is to be stopped: so is what AWS has made of the last retry, unless that is long known. */
    void stop(@NonNull String id) {
        synchronized (this) {
            if (stopping || !mayBeShownLate()) {
                return;
            }
            stopping = true;
        }
        ask(id);
    }

    private void ask(String id) {
        session.call(service.stopAction(), AwsSession.PATIENCE, RetryListener.NONE, () -> stop.test(id))
                .whenComplete((done, failure) -> asked(id, done, failure));
    }

    private void asked(String id, @CheckForNull Boolean done, @CheckForNull Throwable failure) {
        if (failure == null && !Boolean.TRUE.equals(done)) {
            scheduler.schedule(PAUSE, () -> {
                if (mayBeShownLate()) {
                    ask(id);
                }
            });
        }
    }
}

package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Declined;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.Listeners;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says what comes of a step, once, and whatever it is that ends it. */
final class JobConclusion<S extends Snapshot> {

    private static final Logger LOGGER = Logger.getLogger(JobConclusion.class.getName());

    private final JobHost<S> host;
    private final JobState<S> state;
    private final JobExecution.Settings settings;
    /** What the step holds besides its session. */
    private final Runnable release;

    JobConclusion(
            @NonNull JobHost<S> host,
            @NonNull JobState<S> state,
            @NonNull JobExecution.Settings settings,
            @NonNull Runnable release) {
        this.host = host;
        this.state = state;
        this.settings = settings;
        this.release = release;
    }

    /** The job has ended, or come as far as was asked for. */
    void ended(@NonNull List<S> jobs) {
        if (state.isOver()) {
            state.release();
            return;
        }
        Listeners.call(state.id(), () -> host.ended(jobs));
        try {
            PreparedJob<S> job = Objects.requireNonNull(state.prepared(), "what has ended was prepared");
            Verdict verdict = inTime(job.verdict(jobs));
            Throwable cause = state.stopCause();
            if (cause != null) { // also if the job came to a good end: the script must not go on
                end(Outcome.failed(verdict, cause));
            } else if (verdict.end() == Verdict.End.SUCCEEDED || !settings.propagate()) {
                end(Outcome.of(verdict, job.result(jobs)));
            } else {
                end(Outcome.failed(verdict, null));
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private Verdict inTime(Verdict verdict) {
        return state.isTimedOut()
                ? new Verdict(Verdict.End.FAILED, timeoutInWords() + ": " + verdict.reason(), verdict.url())
                : verdict;
    }

    @NonNull
    String timeoutInWords() {
        Duration limit = settings.limit();
        return "Not done within " + Durations.inWords(limit == null ? Duration.ZERO : limit);
    }

    /** All was done that there was to do, without a job. */
    void done(@NonNull JobResult result) {
        Verdict verdict = new Verdict(Verdict.End.SUCCEEDED, null);
        Throwable cause = state.stopCause();
        end(cause == null ? Outcome.of(verdict, result) : Outcome.failed(verdict, cause));
    }

    /** The job is left as it is. */
    void left() {
        end(unfinished(null, null));
    }

    /** The job could not be started, or can no longer be watched. */
    void failed(@NonNull Throwable why) {
        if (state.isOver()) {
            Level level = state.isUnderWay() ? Level.WARNING : Level.FINE;
            LOGGER.log(level, why, () -> "Cannot stop " + state.id() + ", which continues in AWS");
            state.release();
            return;
        }
        LOGGER.log(Level.FINE, "A step failed", why);
        end(unfinished(why.getMessage(), why));
        PreparedJob<S> job = state.prepared();
        if (job != null) {
            job.job().close(); // it may hold a place from before a restart, and not have come so far as to go on
        }
    }

    private Outcome unfinished(@CheckForNull String said, @CheckForNull Throwable why) {
        Throwable cause = state.stopCause();
        if (cause != null) {
            return Outcome.failed(new Verdict(Verdict.End.STOPPED, said), cause);
        }
        if (state.isTimedOut()) {
            return Outcome.failed(new Verdict(Verdict.End.FAILED, timeoutInWords()), null);
        }
        if (why instanceof Superseded) {
            return Outcome.failed(new Verdict(Verdict.End.SUPERSEDED, said), null);
        }
        if (why instanceof Declined) {
            return Outcome.failed(new Verdict(Verdict.End.STOPPED, said), why.getCause());
        }
        Verdict.End end = why instanceof Refused ? Verdict.End.REFUSED : Verdict.End.FAILED;
        return Outcome.failed(new Verdict(end, said), why);
    }

    /** @param outcome null if nobody waits for it */
    void end(@CheckForNull Outcome outcome) {
        // While the process goes down, calls fail for that reason alone: after the restart the step goes on.
        if (host.isClosing() || !state.end()) {
            return;
        }
        release.run();
        if (!state.isUnderWay()) {
            state.release();
        }
        Listeners.call(state.id(), host::over);
        if (outcome != null) {
            Listeners.call(state.id(), () -> host.concluded(outcome));
        }
    }
}

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a job's reader is told: by the {@link ProgressLog} of its service, and in lines of our own when AWS does not answer or nothing
 * was said for long. What cannot be told changes nothing about the job. Called in order, but for the line that ends a silence.
 *
 * @param <S> what is seen of the job
 */
final class JobReport<S extends Snapshot> {

    private final AwsSession session;
    private final ProgressLog<S> progressLog;
    private final JobConsole console;
    private final Scheduler scheduler;
    private final RemoteState<S> state;
    private final Supplier<Duration> usual;
    private final SilenceAlarm silence;
    private volatile boolean troubleReported;

    /** @param usual how long jobs like this have taken lately; null if that is not known */
    JobReport(
            @NonNull AwsSession session,
            @NonNull ProgressLog<S> progressLog,
            @NonNull JobConsole console,
            @NonNull Scheduler scheduler,
            @NonNull RemoteState<S> state,
            @NonNull Supplier<Duration> usual) {
        this.session = session;
        this.progressLog = progressLog;
        this.console = console;
        this.scheduler = scheduler;
        this.state = state;
        this.usual = usual;
        this.silence = new SilenceAlarm(scheduler, console, () -> report(this::endSilence));
    }

    private void report(Runnable telling) {
        Listeners.call(state.id(), telling);
    }

    void begin() {
        silence.begin();
    }

    void line(@NonNull String text) {
        report(() -> console.line(text));
    }

    /** What AWS has said of it is of this moment. */
    void looked(@NonNull S now) {
        report(() -> progressLog.looked(now));
        if (troubleReported) {
            troubleReported = false;
            line("AWS answers again");
        }
    }

    void observed(@NonNull S now) {
        report(() -> progressLog.observed(now));
    }

    /** @return completes when all is told, or fails if that cannot be */
    @NonNull
    CompletableFuture<Void> ended(@NonNull S last) {
        return Listeners.ask(state.id(), () -> progressLog.ended(last), CompletableFuture.completedFuture(null));
    }

    /** One line when AWS stops answering; throttling is nothing to tell, the job only hears of it a little later. */
    void onRetry(@NonNull AwsFault fault, @NonNull Throwable failure) {
        if (fault != AwsFault.BUSY && !troubleReported && !state.isOver()) {
            troubleReported = true;
            String trouble = fault == AwsFault.TRANSIENT ? "AWS does not answer" : "AWS rejects the calls";
            line(trouble + ", retrying for " + AwsSession.PATIENCE.toMinutes() + " minutes: "
                    + AwsCallException.said(failure));
        }
    }

    /** Nothing more is to be said of it because nothing was said. */
    void end() {
        silence.end();
    }

    /** The job goes on untold. */
    void leave() {
        report(progressLog::abandon);
    }

    private void endSilence() {
        String words = running();
        if (!words.isEmpty()) {
            console.line(words);
        }
    }

    private String running() {
        S now = state.latest();
        if (state.isOver()) {
            return "";
        }
        if (now == null) {
            return unseen(state.id(), state.begun());
        }
        if (state.isEnded()) {
            return state.status();
        }
        if (troubleReported) {
            return "AWS still does not answer; " + state.status() + " as far as is known";
        }
        String words = progressLog.running(now, session.time().now());
        return words.isEmpty() ? "" : words + timeLeft(now);
    }

    private String unseen(@CheckForNull String id, @CheckForNull Moment since) {
        String waiting = id == null ? "Not started yet" : "AWS has not said yet how " + id + " is";
        return since == null ? waiting : waiting + ", after " + Durations.inWords(since.until(scheduler.moment()));
    }

    /** By what others have taken before. */
    private String timeLeft(S now) {
        Instant since = now.progress(session).started();
        Moment begun = state.begun();
        if (since != null) {
            return SilenceAlarm.timeLeft(
                    usual.get(), Duration.between(since, session.time().now()));
        }
        return begun == null ? "" : SilenceAlarm.timeLeft(usual.get(), begun.until(scheduler.moment()));
    }
}

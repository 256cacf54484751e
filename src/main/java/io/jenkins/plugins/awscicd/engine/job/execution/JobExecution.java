package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A step with a job at AWS, from its first line to its {@link Outcome}, for whatever {@link JobHost} runs it: connects, asks the
 * guards, starts the job or picks it up again, ends it when the step is aborted or its time is over, and says what comes of it.
 *
 * <p>It is {@linkplain #begin begun} once, or {@linkplain #resume goes on} in another process with what its journal has. None of its
 * methods blocks, and each may be called on any thread.
 *
 * <p>An abort reaches AWS even if it comes while the step still connects, and even if the step is over before it is connected.
 *
 * @param <S> what is seen of the job
 */
public final class JobExecution<S extends Snapshot> {

    /** The mark in a step's journal that has the id under which AWS has started its job. */
    public static final String ID = "id";

    /** The mark that has the id of what AWS has started in its place, if it has. */
    public static final String NOW = "now";

    private final Scheduler scheduler;
    private final JobHost<S> host;
    private final Settings settings;
    private final JobState<S> state;
    private final JobConclusion<S> conclusion;
    /** Null until it is known where the step is. */
    private volatile JobConsole console;
    /** Null until it is known where the step is. */
    private volatile JobStart<S> start;

    private Scheduler.Task timeout = () -> {};
    private Scheduler.Task stopAlarm = () -> {};

    /**
     * How a step is to be run.
     *
     * @param chosen when the step began, in whichever process
     * @param limit how long the step may take since then; null if AWS alone limits the job
     * @param propagate whether the step fails if its job does
     * @param stopsOnAbort whether to abort the step means to stop the job; it is left running otherwise
     * @param followed the id of the job, or its ARN, if it is at AWS before the step begins, which starts none; null if it starts one
     */
    public record Settings(
            @NonNull Instant chosen,
            @CheckForNull Duration limit,
            boolean propagate,
            boolean stopsOnAbort,
            @CheckForNull String followed) {}

    public JobExecution(@NonNull Scheduler scheduler, @NonNull JobHost<S> host, @NonNull Settings settings) {
        this.scheduler = scheduler;
        this.host = host;
        this.settings = settings;
        this.state = new JobState<>(settings.followed());
        this.conclusion = new JobConclusion<>(host, state, settings, this::release);
    }

    /** Begins with the step. */
    public void begin() {
        host.connecting(this::connect);
    }

    /**
     * Goes on with what was begun in another process.
     *
     * @param id the job's id; null if it is not known, or only the journal has it
     * @param aborted what the step was aborted with before; null if it was not
     * @param within see {@link #stop}
     */
    public void resume(@CheckForNull String id, @CheckForNull Throwable aborted, @CheckForNull Duration within) {
        state.goOn(id);
        if (aborted != null) {
            state.abort(aborted, by(within));
        }
        host.connecting(this::connect);
    }

    /** What gives out the step's credentials may take its time: on a thread for what blocks. */
    private void connect() {
        if (!state.isUnderWay()) {
            return;
        }
        try {
            JobHost.Place place = host.place();
            console = place.console();
            JobJournal journal = new JobJournal(place.journal(), state);
            String known = journal.id();
            if (known != null) {
                state.id(known);
            }
            state.now(journal.now());
            JobStart<S> way = new JobStart<>(host, state, settings, conclusion, place.console(), journal, this::endJob);
            start = way;
            if (state.isUnwanted() && !state.isOver()) {
                endJob(); // if the job is to be left, the session is not wanted any more
            }
            setTimeout();
            new Connecting(scheduler, host, place.console(), state::isUnderWay, way::connected, this::notConnected)
                    .connect(state.isAgain());
        } catch (IOException | RuntimeException | Error e) {
            conclusion.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            conclusion.failed(e);
        }
    }

    private void notConnected(Throwable why) {
        if (state.isUnwanted() && settings.stopsOnAbort() && state.there() != null) {
            line("Not connected to AWS, where " + state.there() + " continues");
        }
        conclusion.failed(why);
    }

    private void line(String text) {
        JobConsole there = console;
        if (there != null) {
            there.line(text);
        }
    }

    private void setTimeout() {
        Duration limit = settings.limit();
        if (limit != null && !state.isOver()) {
            Duration left = Duration.between(scheduler.now(), settings.chosen().plus(limit));
            Scheduler.Task alarm = scheduler.schedule(left.isNegative() ? Duration.ZERO : left, this::timeOut);
            synchronized (this) {
                timeout = alarm;
            }
        }
    }

    private void release() {
        JobConsole there = console;
        if (there != null) {
            there.close();
        }
        synchronized (this) {
            timeout.cancel();
            stopAlarm.cancel();
        }
    }

    /** The step's time is over: a timeout is never a success, whatever becomes of the job. */
    private void timeOut() {
        if (state.timeOut()) {
            line(conclusion.timeoutInWords());
            endJob();
        }
    }

    /**
     * The step is aborted. With {@link Settings#stopsOnAbort} it ends when its job has, which AWS is asked for as soon as it can be; else
     * at once.
     *
     * @param cause what the step is to fail with
     * @param within when the step is to be over at the latest, whatever AWS says: what is at AWS is stopped all the same, and the last
     *     line says that it goes on. Null if it may take as long as it takes
     */
    public void stop(@NonNull Throwable cause, @CheckForNull Duration within) {
        if (state.abort(cause, by(within))) {
            endJob();
        }
    }

    @CheckForNull
    private Moment by(@CheckForNull Duration within) {
        return within == null ? null : scheduler.moment().plus(within);
    }

    /** How long whoever aborts the step still waits; null if for as long as it takes. */
    @CheckForNull
    private Duration patience() {
        Moment by = state.stopBy();
        if (by == null) {
            return null;
        }
        Duration left = scheduler.moment().until(by);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The job is not wanted any more. */
    private void endJob() {
        PreparedJob<S> prepared = state.prepared();
        if (prepared == null) {
            endWithoutJob();
            return;
        }
        prepared.unwanted();
        RemoteJob<S> job = prepared.job();
        Duration within = patience();
        if (!settings.stopsOnAbort()) {
            job.abandon(conclusion::left); // whose last line is where the job goes on
        } else if (within == null || state.isOver()) {
            job.stop();
        } else {
            job.stop(within);
        }
        start.cancelUpload();
    }

    /** There is nobody yet who could ask AWS to stop anything. */
    private void endWithoutJob() {
        if (!state.mayBeThere()) {
            conclusion.failed(JobStart.beforeStart());
        } else if (settings.stopsOnAbort() || start == null) {
            Duration within = patience();
            Scheduler.Task alarm =
                    scheduler.schedule(within == null ? AwsSession.PATIENCE : within, this::connectsTooLong);
            synchronized (this) {
                stopAlarm.cancel();
                stopAlarm = alarm;
            }
        } else {
            if (state.there() != null) {
                line("Left running in AWS: " + state.there());
            }
            conclusion.left();
        }
    }

    /** Whoever has aborted the step waits no longer. What it has at AWS is stopped all the same, once that is possible. */
    private void connectsTooLong() {
        boolean stops = settings.stopsOnAbort() && state.stopAlone();
        if (stops && state.there() != null) {
            line("No longer waiting: not connected to AWS, where " + state.there()
                    + " continues until it can be stopped");
        }
        if (stops || !settings.stopsOnAbort()) {
            conclusion.left();
        }
    }

    /**
     * Whoever waited for the step has gone, and meant that as an abort: as {@link #leave}, but what the step has at AWS is stopped if an
     * abort does so.
     */
    public void leave(@NonNull Throwable abort) {
        state.abort(abort, null);
        leave();
    }

    /** Whoever waited for the step has gone: nothing is said of its end. What was to be stopped still is; else the job is left. */
    public void leave() {
        boolean stops = state.isUnwanted() && settings.stopsOnAbort();
        if (stops) {
            state.stopAlone();
        }
        conclusion.end(null); // first: what is connecting at this moment sees one or the other
        PreparedJob<S> prepared = state.prepared();
        if (prepared == null) {
            return;
        }
        prepared.unwanted();
        if (stops) {
            prepared.job().stop(Duration.ZERO);
        } else {
            prepared.job().abandon();
        }
        start.cancelUpload();
    }

    /** What the step waits for, in a few words. */
    @NonNull
    public String status() {
        PreparedJob<S> prepared = state.prepared();
        return prepared == null ? "connecting to AWS" : prepared.job().status();
    }
}

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The life of one job at AWS, from the first call to the last line of its story.
 *
 * <p>It is {@linkplain #start started} once, or {@linkplain #resume picked up} again after a restart by the id that was kept.
 * Then it is watched and told until AWS says that it has ended; only then, and when all is told, its {@link Listener} hears
 * of the end. {@link #stop} asks AWS to stop it and waits for AWS to say so.
 *
 * <p>All that happens to a job happens in order on {@link Serial}, so the fields need no lock but for the status line.
 *
 * @param <S> what is seen of a job
 */
public final class RemoteJob<S extends Snapshot> {

    private static final Logger LOGGER = Logger.getLogger(RemoteJob.class.getName());

    /** Hears of the turns in a job's life that must not be lost. Exactly one of the last two is called, once. */
    public interface Listener<S> {
        /** AWS has started the job under this id: to be kept now. */
        void started(@NonNull String id);

        /** The job is at this point: comes before what is told of it, the end included. */
        default void observed(@NonNull S now) {}

        /** How long jobs like this have taken lately; null if that is not known. May be asked often. */
        @CheckForNull
        default Duration usual() {
            return null;
        }

        /**
         * The job has ended, or come as far as was asked for, and its story is told.
         *
         * @param jobs how it ended, and after it, if AWS has started others in its place, how those did; never empty
         */
        void ended(@NonNull List<S> jobs);

        /** The job could not be started, or can no longer be watched. */
        void failed(@NonNull RuntimeException why);
    }

    /** Says whether a job need not be watched any further, although it may go on. */
    @FunctionalInterface
    public interface EndCondition<S> {
        /** @param stopping whether it is to be stopped */
        boolean test(@NonNull S now, boolean stopping);
    }

    /** Starts a job at AWS, once. */
    @FunctionalInterface
    public interface Starter {
        /**
         * @param wanted false once the job is no longer wanted: then no first call is to be made, and the future fails with
         *     {@link CancellationException}
         * @return the job's id
         */
        @NonNull
        CompletableFuture<String> start(@NonNull BooleanSupplier wanted);

        /** The job is no longer wanted: a start that waits for something need not wait any longer. */
        default void unwanted() {}

        /** Nobody waits for it any more: what is begun already is to go on as it is. */
        default void abandoned() {
            unwanted();
        }
    }

    private final AwsSession session;
    private final JobService<S> service;
    private final ProgressLog<S> progressLog;
    private final JobConsole console;
    private final Listener<S> listener;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final EndCondition<S> endCondition;
    private final Serial serial;
    private final SilenceAlarm silence;
    private final JobStop<S> stop;

    private volatile Starter starter;
    private volatile String status = "not started";
    private volatile boolean stopRequested;
    private volatile boolean abandoned;
    private volatile String id;
    private Watcher.Handle watch;
    /** When its start was asked for; null if that was before a restart. */
    private volatile Moment begun;

    private volatile boolean ended;
    private volatile S latest;
    private final List<S> jobs = new ArrayList<>();
    private volatile boolean over;
    private volatile boolean troubleReported;
    private LateSuccessor<S> successor;

    /** A job that is watched to its end. */
    public RemoteJob(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull ProgressLog<S> progressLog,
            @NonNull JobConsole console,
            @NonNull Listener<S> listener,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher) {
        this(
                session,
                service,
                progressLog,
                console,
                listener,
                scheduler,
                watcher,
                (snapshot, stopping) -> snapshot.ended());
    }

    /** @param endCondition when the job need not be watched any further */
    public RemoteJob(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull ProgressLog<S> progressLog,
            @NonNull JobConsole console,
            @NonNull Listener<S> listener,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull EndCondition<S> endCondition) {
        this.session = session;
        this.service = service;
        this.progressLog = progressLog;
        this.console = console;
        this.listener = listener;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.endCondition = endCondition;
        this.serial = new Serial(scheduler::execute);
        this.stop = new JobStop<>(session, service, scheduler, new ToStop());
        this.silence = new SilenceAlarm(scheduler, console, () -> tell(this::tellRunning));
    }

    /** Starts the job. */
    public void start(@NonNull Starter starter) {
        if (abandoned) {
            return; // whoever wanted it has gone while this was prepared
        }
        status = "starting";
        begun = scheduler.moment();
        silence.begin();
        this.starter = starter;
        starter.start(() -> !stopRequested && !abandoned)
                .whenComplete((startedId, failure) -> inOrder(() -> {
                    if (over) {
                        if (failure == null && stopRequested && !abandoned) {
                            stop.late(startedId);
                        }
                        return;
                    }
                    if (failure == null) {
                        tell(() -> listener.started(startedId));
                        watch(startedId);
                    } else {
                        Throwable cause = AwsCallException.unwrap(failure);
                        fail(cause instanceof RuntimeException why ? why : new IllegalStateException(cause));
                    }
                }));
    }

    /** Whatever goes wrong on our own side: whoever waits for this job must hear of it. */
    private void inOrder(Runnable turn) {
        serial.execute(() -> {
            try {
                turn.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot go on with " + (id == null ? "a job" : id));
                fail(e instanceof RuntimeException why ? why : new IllegalStateException(e));
            }
        });
    }

    /** Goes on with a job that was started before. */
    public void resume(@NonNull String startedId) {
        status = "resuming " + startedId;
        silence.begin();
        inOrder(() -> watch(startedId));
    }

    /** A story that cannot be told changes nothing about the job. */
    private void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot tell what becomes of " + id);
        }
    }

    /** Whoever waits for the end hears of it one way or the other. */
    private void tellEnd() {
        try {
            listener.ended(jobs);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot tell the end of " + id);
            listener.failed(e instanceof RuntimeException why ? why : new IllegalStateException(e));
        }
    }

    private void watch(String jobId) {
        if (over) {
            return;
        }
        id = jobId;
        latest = null;
        ended = false;
        stop.reset();
        watch = watcher.watch(session, service, jobId, new Observer<>() {
            @Override
            public void observed(S snapshot) {
                inOrder(() -> RemoteJob.this.observed(snapshot));
            }

            @Override
            public void confirmed() {
                inOrder(RemoteJob.this::confirmed);
            }

            @Override
            public void lost(AwsCallException why) {
                inOrder(() -> fail(why));
            }

            @Override
            public void onRetry(AwsFault fault, Throwable failure) {
                inOrder(() -> tellTrouble(fault, failure));
            }
        });
        if (stopRequested) {
            stop.send(jobId, watch);
        }
    }

    /** Looks once more at what was seen last: what {@code endCondition} goes by has changed otherwise. */
    public void reconsider() {
        inOrder(() -> {
            if (latest != null && !over && !ended) {
                judge(latest);
            }
        });
    }

    /** AWS says the same as before: time has passed all the same. */
    private void confirmed() {
        if (latest == null || over || ended) {
            return;
        }
        looked();
        if (isTerminal(latest)) {
            end(latest);
        }
    }

    /** What AWS has said of {@link #latest} is of this moment. */
    private void looked() {
        tell(() -> progressLog.looked(latest));
        if (troubleReported) {
            troubleReported = false;
            tell(() -> console.line("AWS answers again"));
        }
    }

    private void observed(S snapshot) {
        if (over || ended) {
            return;
        }
        latest = snapshot;
        tell(() -> listener.observed(snapshot));
        looked();
        status = snapshot.id() + " is in " + snapshot.stage();
        judge(snapshot);
    }

    private boolean isTerminal(S snapshot) {
        return snapshot.ended() || endCondition.test(snapshot, stopRequested);
    }

    private void judge(S snapshot) {
        if (isTerminal(snapshot)) {
            end(snapshot);
        } else {
            tell(() -> progressLog.observed(snapshot));
        }
    }

    private void end(S snapshot) {
        ended = true;
        jobs.add(snapshot);
        watch.forget();
        stop.cancel(); // it has ended in time, however long it takes to tell
        status = snapshot.id() + " has ended, its log is being read";
        reportedToEnd(snapshot)
                .whenComplete((reported, failure) -> inOrder(() -> {
                    if (over || !ended || jobs.get(jobs.size() - 1) != snapshot) {
                        return; // a stop has come in between, and what was told is not the end any more
                    }
                    if (snapshot.ended() && snapshot.successor() == null && snapshot.successorDue()) {
                        awaitSuccessor(snapshot);
                    } else {
                        goOnAfter(snapshot);
                    }
                }));
    }

    private void awaitSuccessor(S last) {
        status = last.id() + " has failed; waiting for AWS to " + last.successorInWords();
        successor = new LateSuccessor<>(session, service, scheduler, watcher, last);
        successor
                .find()
                .thenAccept(now -> inOrder(() -> {
                    if (over) {
                        return;
                    }
                    if (now.successor() == null) {
                        tell(() -> console.line(now.withoutSuccessor(LateSuccessor.LONGEST)));
                    }
                    goOnAfter(now);
                }));
    }

    private void goOnAfter(S last) {
        String next = last.successor();
        if (last.ended() && next != null) {
            stop.passOn(last);
            watch(next); // also if it is to be stopped: AWS has started it all the same
        } else {
            over = true;
            silence.end();
            tellEnd();
        }
    }

    private CompletableFuture<Void> reportedToEnd(S last) {
        try {
            return progressLog.ended(last);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot tell the end of " + id);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One line when AWS stops answering; throttling is nothing to tell, the job only hears of it a little later. */
    private void tellTrouble(AwsFault fault, Throwable failure) {
        if (fault != AwsFault.BUSY && !troubleReported && !over) {
            troubleReported = true;
            String trouble = fault == AwsFault.TRANSIENT ? "AWS does not answer" : "AWS rejects the calls";
            tell(() -> console.line(trouble + ", retrying for " + AwsSession.PATIENCE.toMinutes() + " minutes: "
                    + AwsCallException.said(failure)));
        }
    }

    /**
     * Asks AWS to stop the job. The listener hears of the end when AWS has stopped it, or when it cannot be stopped.
     * Without effect on a job that is over.
     */
    public void stop() {
        stopRequested = true;
        session.letUnwantedLeave();
        inOrder(() -> {
            if (!ended || over) {
                if (id != null) {
                    stop.send(id, watch);
                } else {
                    startUnwanted();
                }
                return;
            }
            S last = jobs.get(jobs.size() - 1);
            if (!last.ended()) {
                jobs.remove(jobs.size() - 1); // it was far enough for us, but goes on at AWS
                watch(id);
            } else if (last.successor() == null && !last.successorDue()) { // else that one is stopped, once it is known
                over = true; // nobody waits for the rest of the story
                silence.end();
                leave();
                tellEnd();
            }
        });
    }

    /**
     * The same, but the listener hears of the end within this time, whatever AWS says, and the last line then says what goes on
     * there: for one who will not wait any longer than that.
     */
    public void stop(@NonNull Duration within) {
        stop();
        scheduler.schedule(within, () -> inOrder(this::stopWaiting));
    }

    private void stopWaiting() {
        if (over) {
            return;
        }
        if (ended && !jobs.isEmpty()) {
            over = true; // only its story, or a job in its place, is missing
            silence.end();
            leave();
            S last = jobs.get(jobs.size() - 1);
            if (last.successor() != null || last.successorDue()) {
                tell(() -> console.line("No longer waiting: AWS may still " + last.successorInWords()));
            }
            tellEnd();
            return;
        }
        String goesOn = latest == null
                ? id == null ? "AWS was being asked to start it, and may have done so" : id + " continues in AWS"
                : id + " is in " + latest.stage() + ", and continues in AWS";
        over = true;
        silence.end();
        leave();
        String why = "No longer waiting: " + goesOn;
        tell(() -> console.line(why));
        listener.failed(new CancellationException(why));
    }

    /** Turns away from the job, which goes on at AWS. The listener hears nothing more. */
    public void abandon() {
        abandon(() -> {});
    }

    /** @param then run once that is said, or if there is nothing to be said any more */
    public void abandon(@NonNull Runnable then) {
        abandoned = true;
        session.letUnwantedLeave();
        inOrder(() -> {
            try {
                leaveRunning();
            } finally {
                then.run();
            }
        });
    }

    private void leaveRunning() {
        if (!over) {
            over = true;
            silence.end();
            tell(() -> console.line(id == null ? "Not started" : "Left running in AWS: " + id));
            leaveAll();
        }
    }

    private void leaveAll() {
        leave();
        Starter starting = starter;
        if (starting != null) {
            starting.abandoned();
        }
    }

    /** Whoever wanted it has come to an end without it: holds nothing any more, be it a place in a queue. The listener hears nothing more. */
    public void close() {
        inOrder(() -> {
            if (!over) {
                over = true;
                silence.end();
                leaveAll();
            }
        });
    }

    private void startUnwanted() {
        Starter starting = starter;
        if (starting != null) {
            starting.unwanted();
        }
    }

    private void leave() {
        stop.cancel();
        if (watch != null) {
            watch.forget();
        }
        if (successor != null) {
            successor.close();
        }
        tell(progressLog::abandon);
    }

    private void fail(RuntimeException why) {
        if (!over) {
            over = true;
            silence.end();
            leave();
            listener.failed(why);
        }
    }

    /** For whoever has heard nothing for a while. */
    private void tellRunning() {
        String words = running();
        if (!words.isEmpty()) {
            console.line(words);
        }
    }

    private String running() {
        S now = latest;
        Moment since = begun;
        if (over) {
            return "";
        }
        if (now == null) {
            String waiting = id == null ? "Not started yet" : "AWS has not said yet how " + id + " is";
            return since == null ? waiting : waiting + ", after " + Durations.inWords(since.until(scheduler.moment()));
        }
        if (ended) {
            return status;
        }
        if (troubleReported) {
            return "AWS still does not answer; " + status + " as far as is known";
        }
        String words = progressLog.running(now, session.time().now());
        return words.isEmpty() ? "" : words + timeLeft(now);
    }

    /** By what others have taken before. */
    private String timeLeft(S now) {
        Instant since = now.progress(session).started();
        if (since != null) {
            return SilenceAlarm.timeLeft(
                    listener.usual(), Duration.between(since, session.time().now()));
        }
        return begun == null ? "" : SilenceAlarm.timeLeft(listener.usual(), begun.until(scheduler.moment()));
    }

    /** What has to do with the job's stop happens in order with all else. */
    private final class ToStop implements JobStop.Stoppable {
        @Override
        public void inOrder(Runnable turn) {
            RemoteJob.this.inOrder(turn);
        }

        @Override
        public boolean goesOn(String jobId) {
            return !over && !ended && jobId.equals(id);
        }

        @Override
        public void say(String line) {
            tell(() -> console.line(line));
        }

        @Override
        public void onRetry(AwsFault fault, Throwable failure) {
            inOrder(() -> tellTrouble(fault, failure));
        }

        @Override
        public void failed(RuntimeException why) {
            fail(why);
        }
    }

    /** What the job waits for, in a few words. */
    @NonNull
    public String status() {
        return stopRequested ? status + ", stopping" : status;
    }
}

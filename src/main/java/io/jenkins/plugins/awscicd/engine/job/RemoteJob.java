package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * The life of one job at AWS, from the first call to the last line of its log.
 *
 * <p>It is {@linkplain #start started} once, or {@linkplain #resume picked up} again after a restart by the id that was kept.
 * Then it is watched and told until AWS says that it has ended; only then, and when all is told, its {@link JobListener} hears
 * of the end. {@link #stop} asks AWS to stop it and waits for AWS to say so.
 *
 * <p>All that happens to a job happens in {@linkplain JobOrder order}, so what it is made of needs no lock: how it is watched
 * ({@link JobWatch}), what is said of it ({@link JobReport}), how it is stopped ({@link JobStop}), what follows its end ({@link JobEnd}).
 *
 * @param <S> what is seen of a job
 */
public final class RemoteJob<S extends Snapshot> {

    private final AwsSession session;
    private final JobListener<S> listener;
    private final Scheduler scheduler;
    private final RemoteState<S> state = new RemoteState<>();
    private final JobOrder order;
    private final JobReport<S> report;
    private final JobWatch<S> watch;
    private final JobStop<S> stop;
    private final JobEnd<S> end;
    /** Null unless it is started here. */
    private volatile JobStarter starter;

    /** @param endCondition when the job need not be watched any further */
    public RemoteJob(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull ProgressLog<S> progressLog,
            @NonNull JobConsole console,
            @NonNull JobListener<S> listener,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull EndCondition<S> endCondition) {
        this(session, service, progressLog, console, listener, scheduler, watcher, endCondition, Successors.none());
    }

    /** The same, of a job in whose place others may be started from here. */
    public RemoteJob(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull ProgressLog<S> progressLog,
            @NonNull JobConsole console,
            @NonNull JobListener<S> listener,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull EndCondition<S> endCondition,
            @NonNull Successors<S> successors) {
        this.session = session;
        this.listener = listener;
        this.scheduler = scheduler;
        this.order = new JobOrder(scheduler, state, this::giveUp);
        this.report = new JobReport<>(session, progressLog, console, scheduler, state, listener::usual);
        this.watch = new JobWatch<>(
                session, service, watcher, endCondition, state, report, order, listener::observed, this::end);
        this.stop = new JobStop<>(session, service, scheduler, state, report, order);
        this.end = new JobEnd<>(session, service, scheduler, watcher, state, report, order, successors, stop);
    }

    /** Starts the job. */
    public void start(@NonNull JobStarter wanted) {
        if (state.isAbandoned()) {
            return; // whoever wanted it has gone while this was prepared
        }
        state.starting(scheduler.moment());
        report.begin();
        starter = wanted;
        wanted.start(state::isWanted)
                .whenComplete((startedId, failure) -> order.execute(() -> {
                    if (failure == null) {
                        started(startedId);
                    } else {
                        order.fail(AwsCallException.unwrap(failure));
                    }
                }));
    }

    private void started(String id) {
        if (!state.isOver()) {
            Listeners.call(id, () -> listener.started(id));
            watch(id);
        } else if (state.isStopRequested() && !state.isAbandoned()) {
            stop.late(id);
        }
    }

    /** Goes on with a job that was started before. */
    public void resume(@NonNull String startedId) {
        state.resuming(startedId);
        report.begin();
        order.execute(() -> watch(startedId));
    }

    private void watch(String id) {
        if (!state.isOver()) {
            stop.reset();
            watch.begin(id);
            if (state.isStopRequested()) {
                stop.send(id, watch);
            }
        }
    }

    /** Something is about to happen to it: AWS is asked more often for a while. */
    public void expedite() {
        order.execute(watch::expedite);
    }

    /** It is not to go on, whatever AWS does: the listener hears of that, and nothing more. It goes on at AWS. */
    public void fail(@NonNull RuntimeException why) {
        order.execute(() -> giveUp(why));
    }

    /** Looks once more at what was seen last: what its {@link EndCondition} goes by has changed otherwise. */
    public void reconsider() {
        order.execute(watch::reconsider);
    }

    private void end(S last) {
        stop.cancel(); // it has ended in time, however long it takes to tell
        end.begin(last, starter == null && !state.wasSeenRunning(), this::goOnAfter);
    }

    private void goOnAfter(S last, @CheckForNull String next) {
        if (next != null) {
            stop.passOn(last);
            Listeners.call(next, () -> listener.replaced(next));
            watch(next); // also if it is to be stopped: AWS has started it all the same
        } else if (finish()) {
            end.report(listener);
        }
    }

    /**
     * Asks AWS to stop the job. The listener hears of the end when AWS has stopped it, or when it cannot be stopped.
     * Without effect on a job that is over.
     */
    public void stop() {
        state.requestStop();
        session.letUnwantedLeave();
        order.execute(() -> {
            String id = state.id();
            if (id == null) {
                startUnwanted();
            } else if (state.isEnded() && !state.isOver()) {
                stopAfterEnd(id);
            } else {
                stop.send(id, watch);
            }
        });
    }

    private void startUnwanted() {
        JobStarter starting = starter;
        if (starting != null) {
            starting.unwanted();
        }
    }

    private void stopAfterEnd(String id) {
        S last = state.last();
        if (!last.ended()) {
            state.goOn(); // it has come as far as was asked for, but goes on at AWS
            watch(id);
        } else if (!end.isReplaced(last)) { // else that one is stopped, once it is known
            finish();
            leave();
            end.report(listener); // nobody waits for the rest of its log
        }
    }

    /**
     * The same, but the listener hears of the end within this time, whatever AWS says, and the last line then says what goes on
     * there: for one who will not wait any longer than that.
     */
    public void stop(@NonNull Duration within) {
        stop();
        scheduler.schedule(within, () -> order.execute(this::stopWaiting));
    }

    private void stopWaiting() {
        if (!finish()) {
            return;
        }
        leave();
        if (!state.isEnded()) {
            JobStarter starting = starter;
            String why = "No longer waiting: "
                    + state.leftInWords(starting == null ? "it was not started" : starting.leftInWords());
            report.line(why);
            listener.failed(new CancellationException(why));
            return;
        }
        S last = state.last(); // only its log, or a job in its place, is missing
        if (end.isReplaced(last)) {
            report.line("No longer waiting: AWS may still " + last.successorInWords());
        }
        end.report(listener);
    }

    /** Turns away from the job, which goes on at AWS. The listener hears nothing more. */
    public void abandon() {
        abandon(() -> {});
    }

    /** @param then run once that is said, or if there is nothing to be said any more */
    public void abandon(@NonNull Runnable then) {
        state.abandon();
        session.letUnwantedLeave();
        order.execute(() -> {
            try {
                if (finish()) {
                    report.line(state.id() == null ? "Not started" : "Left running in AWS: " + state.id());
                    leaveAll();
                }
            } finally {
                then.run();
            }
        });
    }

    /** Whoever wanted it has come to an end without it: holds nothing any more, be it a place in a queue. The listener hears nothing more. */
    public void close() {
        order.execute(() -> {
            if (finish()) {
                leaveAll();
            }
        });
    }

    private void leaveAll() {
        leave();
        JobStarter starting = starter;
        if (starting != null) {
            starting.abandoned();
        }
    }

    private void leave() {
        stop.cancel();
        watch.leave();
        end.leave();
        report.leave();
    }

    private void giveUp(RuntimeException why) {
        if (finish()) {
            leave();
            listener.failed(why);
        }
    }

    /** @return whether it was not over before: what happens to it from now on is nobody's concern here */
    private boolean finish() {
        report.end();
        return state.end();
    }

    /** Whether AWS has started something in its place that goes on, such as a rollback, or is about to. */
    public boolean hasSuccessor() {
        S now = state.latest();
        return state.isReplaced() || now != null && (now.successor() != null || now.successorDue());
    }

    /** Whether AWS has come to its end with it, though not all may be told of that yet. */
    public boolean isEnded() {
        return state.isEnded();
    }

    /** Whether AWS is to stop it, whoever still waits for that. */
    public boolean isToBeStopped() {
        return state.isStopRequested() && !state.isAbandoned();
    }

    /** What the job waits for, in a few words. */
    @NonNull
    public String status() {
        return state.isStopRequested() ? state.status() + ", stopping" : state.status();
    }
}

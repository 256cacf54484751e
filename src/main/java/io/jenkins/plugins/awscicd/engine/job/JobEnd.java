package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What follows a job's end: all of it is told, if AWS is to start another one in its place, that one gets time to be known, and else its
 * {@link Successors} are asked for one. Called in order.
 *
 * @param <S> what is seen of the job
 */
final class JobEnd<S extends Snapshot> {

    private static final Logger LOGGER = Logger.getLogger(JobEnd.class.getName());

    private final AwsSession session;
    private final JobService<S> service;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final RemoteState<S> state;
    private final JobReport<S> report;
    private final JobOrder order;
    private final Successors<S> successors;
    private final JobStop<S> stop;
    private LateSuccessor<S> successor;
    private boolean again;

    JobEnd(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull RemoteState<S> state,
            @NonNull JobReport<S> report,
            @NonNull JobOrder order,
            @NonNull Successors<S> successors,
            @NonNull JobStop<S> stop) {
        this.session = session;
        this.service = service;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.state = state;
        this.report = report;
        this.order = order;
        this.successors = successors;
        this.stop = stop;
    }

    /**
     * @param last the job as it has ended, or come as far as was asked for
     * @param again whether another process may have come as far before
     * @param then gets it when all is told, with the id of what has taken its place, null if nothing has; not called if it has gone on, or
     *     is over
     */
    void begin(@NonNull S last, boolean again, @NonNull BiConsumer<S, String> then) {
        this.again = again;
        state.ended(last);
        report.ended(last)
                .whenComplete((reported, failure) -> order.execute(() -> {
                    if (!state.isEnd(last)) {
                        return; // a stop has come in between, and what was told is not the end any more
                    }
                    if (last.ended() && last.successor() == null && last.successorDue()) {
                        awaitSuccessor(last, then);
                    } else {
                        replace(last, then);
                    }
                }));
    }

    private void awaitSuccessor(S last, BiConsumer<S, String> then) {
        state.awaitingSuccessor(last);
        successor = new LateSuccessor<>(session, service, scheduler, watcher, last);
        successor
                .find()
                .thenAccept(now -> order.execute(() -> {
                    if (state.isOver()) {
                        return;
                    }
                    if (now.successor() == null) {
                        report.line(now.withoutSuccessor(LateSuccessor.LONGEST));
                    }
                    replace(now, then);
                }));
    }

    private void replace(S last, BiConsumer<S, String> then) {
        if (!last.ended() || last.successor() != null || !successors.mayFollow(last)) {
            then.accept(last, last.ended() ? last.successor() : null);
            return;
        }
        state.replacing(last);
        successors
                .after(List.copyOf(state.jobs()), again, () -> state.isWanted() && !state.isOver())
                .whenComplete((next, failure) -> order.execute(() -> {
                    if (failure == null) {
                        replaced(last, next.orElse(null), then);
                    } else {
                        order.fail(AwsCallException.unwrap(failure));
                    }
                }));
    }

    private void replaced(S last, @CheckForNull String next, BiConsumer<S, String> then) {
        if (!state.isOver()) {
            state.notReplacing();
            then.accept(last, next);
        } else if (next != null && state.isStopRequested() && !state.isAbandoned()) {
            stop.late(next);
        }
    }

    /** Whether another one takes its place, or may have done so by now, of which nothing is known yet. */
    boolean isReplaced(@NonNull S last) {
        return last.successor() != null
                || last.successorDue()
                || state.isReplacing()
                || successors.mayHaveFollowed(last, again);
    }

    /** Whoever waits for the end hears of it one way or the other. */
    void report(@NonNull JobListener<S> listener) {
        try {
            listener.ended(state.jobs());
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot tell the end of " + state.id());
            listener.failed(JobOrder.unchecked(e));
        }
    }

    /** Nobody waits for it any more. */
    void leave() {
        if (successor != null) {
            successor.close();
        }
    }
}

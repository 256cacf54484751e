package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Consumer;

/**
 * What follows a job's end: all of it is told, and if AWS is to start another one in its place, that one gets time to be known. Called in
 * order.
 *
 * @param <S> what is seen of the job
 */
final class JobEnd<S extends Snapshot> {

    private final AwsSession session;
    private final JobService<S> service;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final RemoteState<S> state;
    private final JobReport<S> report;
    private final JobOrder order;
    private LateSuccessor<S> successor;

    JobEnd(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull RemoteState<S> state,
            @NonNull JobReport<S> report,
            @NonNull JobOrder order) {
        this.session = session;
        this.service = service;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.state = state;
        this.report = report;
        this.order = order;
    }

    /**
     * @param last the job as it has ended, or come as far as was asked for
     * @param then gets it when all is told, with the successor that AWS has named for it; not called if it has gone on, or is over
     */
    void begin(@NonNull S last, @NonNull Consumer<S> then) {
        state.ended(last);
        report.ended(last)
                .whenComplete((reported, failure) -> order.execute(() -> {
                    if (!state.isEnd(last)) {
                        return; // a stop has come in between, and what was told is not the end any more
                    }
                    if (last.ended() && last.successor() == null && last.successorDue()) {
                        awaitSuccessor(last, then);
                    } else {
                        then.accept(last);
                    }
                }));
    }

    private void awaitSuccessor(S last, Consumer<S> then) {
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
                    then.accept(now);
                }));
    }

    /** Nobody waits for it any more. */
    void leave() {
        if (successor != null) {
            successor.close();
        }
    }
}

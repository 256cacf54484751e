package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Consumer;

/**
 * Watches what a job is at AWS until it has ended, or come as far as was asked for. Called in order.
 *
 * @param <S> what is seen of the job
 */
final class JobWatch<S extends Snapshot> {

    private final AwsSession session;
    private final JobService<S> service;
    private final Watcher watcher;
    private final EndCondition<S> endCondition;
    private final RemoteState<S> state;
    private final JobReport<S> report;
    private final JobOrder order;
    private final Consumer<S> observed;
    private final Consumer<S> end;
    /** Null until there is something to watch. */
    private Watcher.Handle handle;

    /**
     * @param observed hears of each snapshot before anything is made of it
     * @param end gets the last one
     */
    JobWatch(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull Watcher watcher,
            @NonNull EndCondition<S> endCondition,
            @NonNull RemoteState<S> state,
            @NonNull JobReport<S> report,
            @NonNull JobOrder order,
            @NonNull Consumer<S> observed,
            @NonNull Consumer<S> end) {
        this.session = session;
        this.service = service;
        this.watcher = watcher;
        this.endCondition = endCondition;
        this.state = state;
        this.report = report;
        this.order = order;
        this.observed = observed;
        this.end = end;
    }

    void begin(@NonNull String id) {
        state.watching(id);
        handle = watcher.watch(session, service, id, new Seen());
    }

    private final class Seen implements Observer<S> {
        @Override
        public void observed(S now) {
            order.execute(() -> look(now));
        }

        @Override
        public void confirmed() {
            order.execute(JobWatch.this::confirm);
        }

        @Override
        public void lost(AwsCallException why) {
            order.execute(() -> order.fail(why));
        }

        @Override
        public void onRetry(AwsFault fault, Throwable failure) {
            order.execute(() -> report.onRetry(fault, failure));
        }
    }

    private void look(S now) {
        if (state.goesOn()) {
            state.observed(now);
            Listeners.call(now.id(), () -> observed.accept(now));
            report.looked(now);
            judge(now);
        }
    }

    /** AWS says the same as before: time has passed all the same. */
    private void confirm() {
        S latest = state.latest();
        if (latest != null && state.goesOn()) {
            report.looked(latest);
            if (isTerminal(latest)) {
                end(latest);
            }
        }
    }

    /** Looks once more at what was seen last. */
    void reconsider() {
        S latest = state.latest();
        if (latest != null && state.goesOn()) {
            judge(latest);
        }
    }

    private void judge(S now) {
        if (isTerminal(now)) {
            end(now);
        } else {
            report.observed(now);
        }
    }

    private boolean isTerminal(S now) {
        return now.ended() || endCondition.test(now, state.isStopRequested());
    }

    private void end(S last) {
        leave();
        end.accept(last);
    }

    /** Something is about to happen. */
    void expedite() {
        if (handle != null) {
            handle.expedite();
        }
    }

    void leave() {
        if (handle != null) {
            handle.forget();
        }
    }
}

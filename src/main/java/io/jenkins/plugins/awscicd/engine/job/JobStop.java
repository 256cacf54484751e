package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How AWS is asked to stop a job, once, and given time for it. Called in order, but for {@link #late}.
 *
 * @param <S> what is seen of the job
 */
final class JobStop<S extends Snapshot> {

    private static final Logger LOGGER = Logger.getLogger(JobStop.class.getName());

    private final AwsSession session;
    private final JobService<S> service;
    private final Scheduler scheduler;
    private final RemoteState<S> state;
    private final JobReport<S> report;
    private final JobOrder order;

    private boolean sent;
    private boolean stoppable = true;
    private Scheduler.Task alarm = () -> {};

    JobStop(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull Scheduler scheduler,
            @NonNull RemoteState<S> state,
            @NonNull JobReport<S> report,
            @NonNull JobOrder order) {
        this.session = session;
        this.service = service;
        this.scheduler = scheduler;
        this.state = state;
        this.report = report;
        this.order = order;
    }

    /** Another job at AWS is watched now, or the same anew. */
    void reset() {
        sent = false;
        cancel();
    }

    /** AWS needs no more time for it. */
    void cancel() {
        alarm.cancel();
    }

    /** AWS has started another job after this one, which may be none that is to be stopped. */
    void passOn(@NonNull S last) {
        stoppable = stoppable && last.stopPassesOn();
    }

    /** Asks AWS to stop it, unless that was done. */
    void send(@NonNull String id, @NonNull JobWatch<S> watch) {
        if (sent || !goesOn(id)) {
            return;
        }
        sent = true;
        if (!stoppable) {
            report.line(id + " is a rollback and is not stopped: waiting for it to end");
            return;
        }
        report.line("Stopping " + id);
        session.call(service.stopAction(), AwsSession.PATIENCE, this::onRetry, () -> {
                    service.stop(session, id);
                    return null;
                })
                .whenComplete((done, failure) -> order.execute(() -> answered(id, watch, failure)));
    }

    private void onRetry(AwsFault fault, Throwable failure) {
        order.execute(() -> report.onRetry(fault, failure));
    }

    /** Whether this is what the job is at AWS now, and goes on there as far as is known. */
    private boolean goesOn(String id) {
        return state.goesOn() && id.equals(state.id());
    }

    private void answered(String id, JobWatch<S> watch, @CheckForNull Throwable failure) {
        if (!goesOn(id)) {
            return;
        }
        if (failure != null) {
            AwsCallException why = AwsCallException.of(service.stopAction(), id, failure);
            report.line("It continues in AWS: " + why.getMessage());
            order.fail(why);
            return;
        }
        watch.expedite();
        alarm = scheduler.schedule(
                service.stopGrace(),
                () -> order.execute(() -> {
                    if (goesOn(id)) {
                        String why = "AWS was asked to stop " + id + ", but had not done so "
                                + service.stopGrace().toMinutes() + " minutes later";
                        report.line(why);
                        order.fail(new IllegalStateException(why));
                    }
                }));
    }

    /** AWS has started it all the same, when nobody waited any more. */
    void late(@NonNull String id) {
        session.call(service.stopAction(), AwsSession.PATIENCE, RetryListener.NONE, () -> {
                    service.stop(session, id);
                    return null;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOGGER.log(Level.WARNING, failure, () -> "Cannot stop " + id + ", which continues in AWS");
                    }
                });
    }
}

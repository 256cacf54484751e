package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How AWS is asked to stop a job, once, and given time for it. Called in order, but for {@link #late}.
 *
 * @param <S> what is seen of the job
 */
final class JobStop<S extends Snapshot> {

    private static final Logger LOGGER = Logger.getLogger(JobStop.class.getName());

    /** The job, as far as its stop has to do with it. */
    interface Stoppable extends RetryListener {
        /** Has something happen in order with all else that happens to the job. */
        void inOrder(@NonNull Runnable turn);

        /** Whether this is what the job is at AWS now, and goes on there as far as is known. */
        boolean goesOn(@NonNull String id);

        /** Says a line on the console. */
        void say(@NonNull String line);

        /** It cannot be stopped. */
        void failed(@NonNull RuntimeException why);
    }

    private final AwsSession session;
    private final JobService<S> service;
    private final Scheduler scheduler;
    private final Stoppable job;

    private boolean sent;
    private boolean stoppable = true;
    private Scheduler.Task alarm = () -> {};

    JobStop(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull Scheduler scheduler,
            @NonNull Stoppable job) {
        this.session = session;
        this.service = service;
        this.scheduler = scheduler;
        this.job = job;
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
    void send(@NonNull String id, @NonNull Watcher.Handle watch) {
        if (sent || !job.goesOn(id)) {
            return;
        }
        sent = true;
        if (!stoppable) {
            job.say(id + " is a rollback and is not stopped: waiting for it to end");
            return;
        }
        job.say("Stopping " + id);
        session.call(service.stopAction(), AwsSession.PATIENCE, job, () -> {
                    service.stop(session, id);
                    return null;
                })
                .whenComplete((done, failure) -> job.inOrder(() -> answered(id, watch, failure)));
    }

    private void answered(String id, Watcher.Handle watch, @CheckForNull Throwable failure) {
        if (!job.goesOn(id)) {
            return;
        }
        if (failure != null) {
            AwsCallException why = AwsCallException.of(service.stopAction(), id, failure);
            job.say("It continues in AWS: " + why.getMessage());
            job.failed(why);
            return;
        }
        watch.expedite();
        alarm = scheduler.schedule(
                service.stopGrace(),
                () -> job.inOrder(() -> {
                    if (job.goesOn(id)) {
                        String why = "AWS was asked to stop " + id + ", but had not done so "
                                + service.stopGrace().toMinutes() + " minutes later";
                        job.say(why);
                        job.failed(new IllegalStateException(why));
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

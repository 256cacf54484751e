package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.UpdateAbort;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An update and what follows it, as one job: told and ended together, and stopped by whichever part is under way. */
public final class UpdateAndSequel implements ProgressLog<EnvironmentSnapshot>, EndCondition<EnvironmentSnapshot> {

    private final Step step;
    private final FollowedUpdate update;
    private final Sequel sequel;
    private final UpdateAbort abort;
    private boolean cutShort;
    private String concluded = "";

    /**
     * @param step with the update's own journal
     * @param health what the environment is to come to
     */
    public UpdateAndSequel(Step step, WantedHealth health, Sequel sequel) {
        this.step = step;
        this.update = new FollowedUpdate(step, health, sequel != Sequel.NONE);
        this.sequel = sequel;
        this.abort = new UpdateAbort(
                () -> update.hasVerdict() || sequel.endsUpdate()
                        ? null
                        : step.journal().request(),
                update::isThrough,
                step.console());
    }

    /**
     * @param log that of this
     * @param listener hears of the end of all of it
     */
    @NonNull
    public RemoteJob<EnvironmentSnapshot> job(
            @NonNull ProgressLog<EnvironmentSnapshot> log, @NonNull JobListener<EnvironmentSnapshot> listener) {
        RemoteJob<EnvironmentSnapshot> job = new RemoteJob<>(
                step.session(),
                new EnvironmentService(abort, sequel.stopGrace()),
                log,
                step.console(),
                listener,
                step.scheduler(),
                step.watcher(),
                this);
        abort.reconsider(job::reconsider);
        update.reconsider(job::reconsider);
        sequel.reconsider(job::reconsider);
        return job;
    }

    @Override
    public boolean test(@NonNull EnvironmentSnapshot now, boolean stopping) {
        if (stopping) {
            update.aborted();
            abortIfDue(now);
        }
        if (stopping && !update.hasVerdict() && sequel.endsUpdate()) {
            if (!cutShort) {
                cutShort = true;
                update.abandon();
            }
        } else if (!update.isReported(now, stopping)) {
            return false;
        }
        return sequel.isOver(now, update.cause(), stopping);
    }

    /** An abort that has come as soon as the update was begun has found nothing to abort. */
    private void abortIfDue(EnvironmentSnapshot now) {
        if (abort.isDue(now)) {
            step.call(UpdateAbort.ACTION, () -> {
                abort.attempt(step.session(), now.id());
                return null;
            });
        }
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        update.looked(now);
        sequel.looked(now);
    }

    @Override
    public void observed(@NonNull EnvironmentSnapshot now) {
        if (!cutShort) {
            update.observed(now);
        }
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull EnvironmentSnapshot last) {
        return (cutShort ? CompletableFuture.<Void>completedFuture(null) : update.ended(last)).thenRun(() -> {
            sequel.leave();
            conclude(sequel.conclusion(last, update.cause()));
        });
    }

    /** Once, although an end is told again if an abort comes while it is. */
    private synchronized void conclude(@CheckForNull String line) {
        if (line != null && !line.equals(concluded)) {
            concluded = line;
            step.console().line(line);
            step.console().flush();
        }
    }

    @Override
    public void abandon() {
        update.abandon();
        sequel.leave();
    }

    /** Why the whole is no success; null if it is one. */
    @CheckForNull
    public String cause(@NonNull EnvironmentSnapshot last) {
        String cause = sequel.cause(update.cause());
        return cause == null && last.ended() && !sequel.endsEnvironment() ? "the environment was terminated" : cause;
    }

    /** What is behind a failure, each in a sentence; empty after a success. */
    @NonNull
    public List<String> causes() {
        return update.causes();
    }
}

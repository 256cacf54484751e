package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.UpdateAbort;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.ConfigurationUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedUpdate;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Makes remote jobs of updates of environments, each with its log, its end and how it is aborted. */
record EnvironmentJobs(
        @NonNull Scheduler scheduler, @NonNull Watcher watcher) {

    @NonNull
    FollowedUpdate followed(
            AwsSession session, JobConsole console, Journal journal, WantedHealth health, boolean tellsLogs) {
        return new FollowedUpdate(session, scheduler, console, journal, health, tellsLogs);
    }

    /** @param abortable the request of what may be aborted at this moment; null for nothing */
    @NonNull
    RemoteJob<EnvironmentSnapshot> job(
            AwsSession session,
            JobConsole console,
            FollowedUpdate update,
            Supplier<String> abortable,
            Duration stopGrace,
            ProgressLog<EnvironmentSnapshot> progressLog,
            JobListener<EnvironmentSnapshot> listener,
            EndCondition<EnvironmentSnapshot> end) {
        UpdateAbort abort = new UpdateAbort(abortable, update.course()::isThrough, console);
        RemoteJob<EnvironmentSnapshot> job = new RemoteJob<>(
                session,
                new EnvironmentService(abort, stopGrace),
                progressLog,
                console,
                listener,
                scheduler,
                watcher,
                (now, stopping) -> {
                    if (stopping) {
                        update.report().leave(); // whoever aborts knows why
                        abortIfDue(session, abort, now);
                    }
                    return end.test(now, stopping);
                });
        abort.reconsider(job::reconsider);
        return job;
    }

    /** An abort that has come as soon as the update was begun has found nothing to abort. */
    private static void abortIfDue(AwsSession session, UpdateAbort abort, EnvironmentSnapshot now) {
        if (abort.isDue(now)) {
            session.call(UpdateAbort.ACTION, AwsSession.PATIENCE, RetryListener.NONE, () -> {
                abort.attempt(session, now.id());
                return null;
            });
        }
    }

    /** An update of what an environment is like, whatever its health: the version that follows may be what heals it. */
    @NonNull
    ConfigurationUpdate.Followed configuration(
            AwsSession session, JobConsole console, Journal journal, boolean tellsLogs) {
        FollowedUpdate update = followed(
                session, console, journal, new WantedHealth(List.of(), Duration.ZERO, Duration.ZERO), tellsLogs);
        ConfigurationUpdate end = new ConfigurationUpdate();
        RemoteJob<EnvironmentSnapshot> job = job(
                session,
                console,
                update,
                UpdateJournal.of(journal)::request,
                JobService.STOP_GRACE,
                update.progressLog(),
                end,
                update::isOver);
        update.reconsider(job::reconsider);
        return new ConfigurationUpdate.Followed(job, update.course(), end);
    }
}

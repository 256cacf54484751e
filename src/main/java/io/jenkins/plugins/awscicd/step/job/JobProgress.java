package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Instant;

/** Keeps what becomes of one step's job where the run's page shows it. */
final class JobProgress {

    private final Run<?, ?> run;
    private final String step;
    private final AwsAction action;
    private boolean over;

    /**
     * A step that begins, or goes on after a restart.
     *
     * @param step its token
     * @param service such as {@code CodeBuild}
     * @param name what the job is about, as long as AWS has not named it
     * @param stage for which stage it is; null if for none
     */
    JobProgress(
            @NonNull Run<?, ?> run,
            @NonNull String step,
            @NonNull String service,
            @NonNull String name,
            @CheckForNull String stage,
            @NonNull Instant begun) {
        this.run = run;
        this.step = step;
        this.action = AwsAction.of(run);
        action.begin(step, service, name, stage, begun);
        RunSaver.get().soon(run);
    }

    void observed(@NonNull Progress now) {
        if (action.observed(step, now, now())) {
            RunSaver.get().soon(run);
        }
    }

    /** The job has come as far as the step has waited for. */
    void concluded(@NonNull Verdict verdict) {
        JobRecord.State how = state(verdict.result());
        conclude(how, how == JobRecord.State.SUCCEEDED ? null : verdict.reason());
    }

    private static JobRecord.State state(Result result) {
        if (result == Result.SUCCESS) {
            return JobRecord.State.SUCCEEDED;
        }
        return result == Result.FAILURE ? JobRecord.State.FAILED : JobRecord.State.STOPPED;
    }

    /** The job could not be started, or can no longer be watched. */
    void failed(@CheckForNull String why) {
        conclude(JobRecord.State.FAILED, why);
    }

    /** The step was aborted, or is not wanted any more. */
    void stopped(@CheckForNull String why) {
        conclude(JobRecord.State.STOPPED, why);
    }

    /** All was done that there was to do, without a job. */
    void done() {
        conclude(JobRecord.State.SUCCEEDED, null);
    }

    private synchronized void conclude(JobRecord.State how, @CheckForNull String why) {
        if (!over && !AwsConnections.get().isClosing()) { // after the restart the step goes on
            over = true;
            action.concluded(step, how, why, now());
            RunSaver.get().soon(run);
        }
    }

    private static Instant now() {
        return AwsConnections.get().engine().scheduler().now();
    }
}

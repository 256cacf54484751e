package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.time.Duration;
import java.time.Instant;

/** Keeps what becomes of one step's job where the run's page shows it. */
final class JobProgress {

    private final Run<?, ?> run;
    private final String step;
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
        action().begin(step, service, name, stage, begun);
    }

    /** The run's, which may have been read anew. */
    private AwsAction action() {
        return AwsAction.of(run);
    }

    /** How long jobs like this have taken lately; null if that is not known. */
    void usual(@CheckForNull Duration took) {
        action().usual(step, took);
    }

    void observed(@NonNull Progress now) {
        action().observed(step, now, now());
    }

    /** The step is over. */
    synchronized void concluded(@NonNull Verdict verdict) {
        if (!over && !AwsConnections.get().isClosing()) { // after the restart the step goes on
            over = true;
            JobRecord.State how = state(verdict.end());
            action().concluded(step, how, how == JobRecord.State.SUCCEEDED ? null : verdict.reason(), now());
        }
    }

    private static JobRecord.State state(Verdict.End end) {
        return switch (end) {
            case SUCCEEDED -> JobRecord.State.SUCCEEDED;
            case FAILED -> JobRecord.State.FAILED;
            case REFUSED -> JobRecord.State.REFUSED;
            case STOPPED, SUPERSEDED -> JobRecord.State.STOPPED;
        };
    }

    private static Instant now() {
        return AwsConnections.get().engine().scheduler().now();
    }
}

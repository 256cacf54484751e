package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;

/** A worker as the configuration page shows it. */
public record ShownWorker(WorkerStatus status) {

    @NonNull
    public String getType() {
        return status.type().toString();
    }

    @NonNull
    public String getSince() {
        return ago(status.since());
    }

    /** How long ago AWS answered. */
    @NonNull
    public String getPolled() {
        Instant polled = status.polled();
        return polled == null ? Messages.ShownWorker_never() : ago(polled);
    }

    private static String ago(Instant then) {
        return Messages.ShownWorker_ago(
                Util.getTimeSpanString(Duration.between(then, Instant.now()).toMillis()));
    }

    /** Whether its type is not configured any more. */
    public boolean isFinishing() {
        return status.finishing();
    }

    public int getOffered() {
        return status.offered();
    }

    public int getHeld() {
        return status.held();
    }

    @CheckForNull
    public String getError() {
        return status.error();
    }

    /** Projects that nobody here does; empty if there are none. */
    @NonNull
    public String getUnknown() {
        return String.join(", ", status.unknown());
    }
}

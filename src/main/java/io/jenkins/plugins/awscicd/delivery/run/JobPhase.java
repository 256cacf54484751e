package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A part of a job's life at AWS. Never changes. */
@ExportedBean(defaultVisibility = 4)
public final class JobPhase {

    private static final int MESSAGE = 500;

    private String name;
    private final String status;
    private final boolean failed;
    /** In milliseconds since the epoch; 0 if it is not known. */
    private final long started;
    /** In milliseconds; negative while it runs. */
    private final long took;

    private final String message;

    /** @param status in AWS's word; null while it runs, and if AWS has none */
    JobPhase(
            @NonNull String name,
            @CheckForNull String status,
            boolean failed,
            @CheckForNull Instant started,
            @CheckForNull Duration took,
            @CheckForNull String message) {
        this.name = name;
        this.status = status == null ? null : Shortened.cut(status, MESSAGE);
        this.failed = failed;
        this.started = started == null ? 0 : started.toEpochMilli();
        this.took = took == null ? -1 : Math.max(0, took.toMillis());
        this.message = message == null || message.isEmpty() ? null : Shortened.cut(message, MESSAGE);
    }

    /** What is kept may lack what another version of the plugin has written otherwise. */
    private Object readResolve() {
        name = Util.fixNull(name);
        return this;
    }

    static JobPhase of(Progress.Phase seen) {
        return new JobPhase(
                Shortened.cut(seen.name(), MESSAGE),
                seen.status(),
                seen.failed(),
                seen.started(),
                seen.took(),
                seen.message());
    }

    /** This phase, ended. */
    JobPhase ended(@CheckForNull String newStatus, boolean badly, @NonNull Instant when) {
        return new JobPhase(
                name,
                newStatus,
                badly,
                Instant.ofEpochMilli(started),
                Duration.ofMillis(Math.max(0, when.toEpochMilli() - started)),
                message);
    }

    @Exported
    @NonNull
    public String getName() {
        return name;
    }

    /** In AWS's word; null while it runs, and if AWS has none. */
    @Exported
    @CheckForNull
    public String getStatus() {
        return status;
    }

    @Exported
    public boolean isFailed() {
        return failed;
    }

    public boolean isRunning() {
        return took < 0;
    }

    /** {@code running}, {@code failed} or {@code done}: what it looks like. */
    @NonNull
    public String getKind() {
        return isRunning() ? "running" : failed ? "failed" : "done";
    }

    /** In milliseconds since the epoch; 0 if it is not known. */
    @Exported
    public long getStarted() {
        return started;
    }

    /** In milliseconds; negative while it runs. */
    @Exported
    public long getDuration() {
        return took;
    }

    /** So far, if it runs; in milliseconds. */
    long soFar(long now) {
        return took >= 0 ? took : started == 0 ? 0 : Math.max(0, now - started);
    }

    /** How long it took, or has taken so far. */
    @NonNull
    public String getDurationInWords() {
        return Durations.inWords(Duration.ofMillis(soFar(System.currentTimeMillis())));
    }

    /** What AWS says went wrong; null if nothing did. */
    @Exported
    @CheckForNull
    public String getMessage() {
        return message;
    }
}

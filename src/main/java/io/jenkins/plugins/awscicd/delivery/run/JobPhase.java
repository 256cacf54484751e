package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A part of a job's life at AWS. Never changes. */
@ExportedBean(defaultVisibility = 4)
public final class JobPhase {

    private static final int MESSAGE = 500;
    /** A build has eleven. */
    private static final int PARTS = 20;
    /** Those that come after even more others are shown no further to the right. */
    private static final int DEEPEST = 6;

    private String name;
    private final String status;
    private final boolean failed;
    /** In milliseconds since the epoch; 0 if it is not known. */
    private final long started;
    /** In milliseconds; negative while it runs. */
    private final long took;

    private final String message;
    /** How many others it comes after, one after the other. */
    private final int depth;

    private final String url;
    /** Its own phases, if it is a job itself. */
    private ArrayList<JobPhase> parts;

    /** One of a row. */
    JobPhase(
            @NonNull String name,
            @CheckForNull String status,
            boolean failed,
            @CheckForNull Instant started,
            @CheckForNull Duration took,
            @CheckForNull String message) {
        this(name, status, failed, started, took, message, 0, null, List.of());
    }

    /**
     * @param status in AWS's word; null while it runs, and if AWS has none
     * @param depth how many others it comes after, one after the other
     * @param url its page at AWS; null if it has none of its own
     * @param parts its own phases, if it is a job itself
     */
    JobPhase(
            @NonNull String name,
            @CheckForNull String status,
            boolean failed,
            @CheckForNull Instant started,
            @CheckForNull Duration took,
            @CheckForNull String message,
            int depth,
            @CheckForNull String url,
            @NonNull List<JobPhase> parts) {
        this.name = name;
        this.status = status == null ? null : Shortened.cut(status, MESSAGE);
        this.failed = failed;
        this.started = started == null ? 0 : started.toEpochMilli();
        long known = took == null ? 0 : Math.max(0, took.toMillis());
        this.took = took == null && status == null ? -1 : known; // what has ended does not run, whatever it took
        this.message = message == null || message.isEmpty() ? null : Shortened.cut(message, MESSAGE);
        this.depth = depth;
        this.url = JobFact.address(url);
        this.parts = new ArrayList<>(parts);
    }

    /** What is kept may lack what another version of the plugin has written otherwise. */
    private Object readResolve() {
        name = Util.fixNull(name);
        parts = new ArrayList<>(Util.fixNull(parts));
        return this;
    }

    static JobPhase of(Progress.Phase seen) {
        return new JobPhase(
                Shortened.cut(seen.name(), MESSAGE),
                seen.status(),
                seen.failed(),
                seen.started(),
                seen.took(),
                seen.message(),
                seen.depth(),
                seen.url(),
                seen.parts().stream().limit(PARTS).map(JobPhase::of).toList());
    }

    /** This phase, ended. */
    JobPhase ended(@CheckForNull String newStatus, boolean badly, @NonNull Instant when) {
        return new JobPhase(
                name,
                newStatus == null ? status : newStatus,
                failed || badly,
                Instant.ofEpochMilli(started),
                Duration.ofMillis(soFar(when.toEpochMilli())),
                message,
                depth,
                url,
                PhaseHistory.ended(parts, null, false, when));
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

    /** How many others it comes after, one after the other. */
    int depth() {
        return depth;
    }

    /** How far to the right it is shown, in columns. */
    public int getColumn() {
        return Math.min(depth, DEEPEST);
    }

    /** Its own page at AWS; null if it has none. */
    @Exported
    @CheckForNull
    public String getUrl() {
        return url;
    }

    /** Its own phases, if it is a job itself. */
    @Exported
    @NonNull
    public List<JobPhase> getParts() {
        return List.copyOf(parts);
    }

    /** They as parts of a bar. */
    @NonNull
    public List<PhaseBar.Part> getBar() {
        return PhaseBar.of(parts, System.currentTimeMillis(), 0);
    }
}

package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.Locale;

/** Says each minute how much of an upload has arrived in S3, as the agent that sends it cannot. */
final class UploadProgressLog implements AutoCloseable {

    static final Duration EVERY = Duration.ofMinutes(1);

    private final S3Upload upload;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final long largest;
    private final Moment begin;
    private Scheduler.Task alarm;
    private boolean over;

    /** @param largest how many bytes it can be at most: the files are compressed on their way */
    UploadProgressLog(
            @NonNull S3Upload upload, @NonNull Scheduler scheduler, @NonNull JobConsole console, long largest) {
        this.upload = upload;
        this.scheduler = scheduler;
        this.console = console;
        this.largest = largest;
        begin = scheduler.moment();
        alarm = scheduler.schedule(EVERY, this::look);
    }

    private void look() {
        upload.arrived().whenComplete((bytes, failure) -> report(failure == null ? bytes : null));
    }

    /** @param bytes null if S3 does not let us look */
    private synchronized void report(Long bytes) {
        if (over) {
            return;
        }
        Duration took = begin.until(scheduler.moment());
        String after = Durations.inWords(took);
        console.line(
                bytes == null
                        ? "Uploading for " + after + "; S3 does not say how much has arrived"
                        : "Uploaded " + Sizes.inWords(bytes) + " of at most " + Sizes.inWords(largest) + " in " + after
                                + ", " + rate(bytes, took));
        alarm = scheduler.schedule(EVERY, this::look);
    }

    private static String rate(long bytes, Duration took) {
        double perSecond = bytes / 1_048_576.0 / Math.max(1, took.toSeconds());
        return String.format(Locale.ROOT, "%.1f MB/s", perSecond);
    }

    @Override
    public synchronized void close() {
        over = true;
        alarm.cancel();
    }
}

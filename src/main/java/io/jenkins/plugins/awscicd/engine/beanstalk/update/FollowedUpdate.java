package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.failure.FailureReport;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An update that is one part of a step: followed until it is told how it has ended. The verdict is kept, as what follows from it must
 * not depend on when this process was restarted.
 */
public final class FollowedUpdate {

    private static final String VERDICT = "verdict";

    private final Scheduler scheduler;
    private final Journal journal;
    private final Course course;
    private final FailureReport report;
    private final UpdateProgressLog progressLog;
    private volatile Runnable reconsider = () -> {};
    private CompletableFuture<Void> telling;

    /**
     * @param journal the update's own
     * @param health what the environment is to come to
     * @param logs whether the instances' logs are told after a failure
     */
    public FollowedUpdate(
            AwsSession session,
            Scheduler scheduler,
            JobConsole console,
            Journal journal,
            WantedHealth health,
            boolean logs) {
        this.scheduler = scheduler;
        this.journal = journal;
        this.course = new Course(journal, health);
        this.report = new FailureReport(session, scheduler, console, journal, logs);
        this.progressLog = new UpdateProgressLog(session, scheduler, console, journal, course, report);
    }

    @NonNull
    public Course course() {
        return course;
    }

    @NonNull
    public FailureReport report() {
        return report;
    }

    @NonNull
    public UpdateProgressLog progressLog() {
        return progressLog;
    }

    /** Whether nothing more is to be waited for, told or not. */
    public boolean isOver(@NonNull EnvironmentSnapshot now, boolean stopping) {
        return course.isOver(now, scheduler.moment(), stopping);
    }

    /** There is nothing to follow: what was deployed before is well. */
    public static void skip(@NonNull Journal journal) {
        journal.write(Map.of(VERDICT, ""));
    }

    /** @param again has the environment looked at again */
    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
        progressLog.reconsider(again);
    }

    /**
     * Whether its end is told. If it has ended, has that told first.
     *
     * @param stopping whether it is only to come to an end
     */
    boolean isReported(@NonNull EnvironmentSnapshot now, boolean stopping) {
        if (hasVerdict()) {
            return true;
        }
        synchronized (this) {
            if (telling != null) {
                return false;
            }
        }
        if (isOver(now, stopping)) {
            ended(now).whenComplete((done, failure) -> reconsider.run());
        }
        return false;
    }

    boolean hasVerdict() {
        return journal.read().containsKey(VERDICT);
    }

    /** AWS has been asked how the environment is. */
    void looked(@NonNull EnvironmentSnapshot now) {
        progressLog.looked(now);
    }

    void observed(@NonNull EnvironmentSnapshot now) {
        boolean ended;
        synchronized (this) {
            ended = telling != null;
        }
        if (!ended && !hasVerdict()) {
            progressLog.observed(now);
        }
    }

    /** Tells the end, once. */
    @NonNull
    synchronized CompletableFuture<Void> ended(@NonNull EnvironmentSnapshot last) {
        if (hasVerdict()) {
            return CompletableFuture.completedFuture(null);
        }
        if (telling == null) {
            telling = progressLog.ended(last).handle((done, failure) -> {
                String cause = course.cause(last);
                journal.write(Map.of(VERDICT, cause == null ? "" : cause));
                return null;
            });
        }
        return telling;
    }

    void abandon() {
        progressLog.abandon();
    }

    /** Why it is no success; null if it is one, or if that is not known yet. */
    @CheckForNull
    String cause() {
        String cause = journal.read().getOrDefault(VERDICT, "");
        return cause.isEmpty() ? null : cause;
    }
}

package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;

/**
 * Whether a status is that of what was begun, and not one of before: AWS may show a stack as it was a while ago, when its events are of now,
 * and the other way round. What both say is so.
 */
final class ConfirmedEnd {

    /** Neither is so late. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** If all that is shown is what was there before, somebody waits rather for too long than not long enough. */
    private static final Duration LATEST_OF_BEFORE = Duration.ofMinutes(10);

    private final Scheduler scheduler;
    private final StackJournal journal;
    private String status = "";
    private Moment since;

    ConfirmedEnd(Scheduler scheduler, StackJournal journal) {
        this.scheduler = scheduler;
        this.journal = journal;
    }

    /**
     * @param end as the events have it; empty if they have none yet
     * @param areShown whether events are shown to these credentials
     */
    boolean isConfirmed(@NonNull StackSnapshot now, @NonNull String end, boolean areShown) {
        if (!now.ended() || !journal.isBegun() || journal.isAtRest()) {
            return true;
        }
        if (!now.status().equals(status)) {
            status = now.status();
            since = scheduler.moment();
        }
        boolean isOfBefore = isOfBefore(now);
        if (!isOfBefore && (!areShown || end.equals(now.status()))) {
            return true;
        }
        Duration most = isOfBefore ? LATEST_OF_BEFORE : LATEST;
        return since.until(scheduler.moment()).compareTo(most) >= 0;
    }

    /** Whether nothing of it shows that something was done since. */
    private boolean isOfBefore(StackSnapshot now) {
        boolean isByOurs = !now.changeSet().isEmpty() && now.changeSet().equals(journal.changeSet());
        return !isByOurs && now.state().equals(journal.state());
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Of an execution with which AWS has agreed to go on, AWS may show for a while how it had ended before. That is not its end. */
final class StaleFailure implements EndCondition<PipelineSnapshot> {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final EndCondition<PipelineSnapshot> next;
    /** Null until AWS was seen to show a failure. */
    private Moment until;

    private Instant updated;
    private boolean gone;

    /** @param next decides once what AWS shows is news */
    StaleFailure(@NonNull Scheduler scheduler, @NonNull EndCondition<PipelineSnapshot> next) {
        this.scheduler = scheduler;
        this.next = next;
    }

    @Override
    public synchronized boolean test(PipelineSnapshot now, boolean stopping) {
        if (!gone && now.failed()) {
            if (until == null) {
                until = scheduler.moment().plus(LONGEST);
                updated = now.updated();
            }
            if (Objects.equals(updated, now.updated()) && scheduler.moment().isBefore(until)) {
                return false;
            }
        }
        gone = true;
        return next.test(now, stopping);
    }
}

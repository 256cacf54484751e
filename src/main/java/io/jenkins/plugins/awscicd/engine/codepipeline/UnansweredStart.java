package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.codepipeline.model.CodePipelineException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionSummary;
import software.amazon.awssdk.services.codepipeline.model.TriggerType;

/**
 * Whether a StartPipelineExecution without an answer may have started something. AWS does not show which execution a token has started, but
 * where none was started since, ours was not.
 */
final class UnansweredStart {

    /** The mark of when the first call was about to be made that may have passed, by this machine's clock. */
    private static final String SINCE = "begun.at";
    /** The same by AWS's clock; empty if that was not known then. */
    private static final String THERE = "begun.there";
    /** AWS dates to the second, and an answer takes its time. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);
    /** So far this machine's clock may have been set in a restart. */
    private static final Duration SET_SINCE = Duration.ofHours(1);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final String pipeline;
    private final Journal journal;
    /** When the first call was about to be made that may have passed; null if that was before a restart, or there was none yet. */
    private volatile Moment first;

    UnansweredStart(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull String pipeline,
            @NonNull Journal journal) {
        this.session = session;
        this.scheduler = scheduler;
        this.pipeline = pipeline;
        this.journal = journal;
    }

    /**
     * A call is about to be made.
     *
     * @param passed whether one before it may have passed
     */
    void begin(boolean passed) {
        if (!passed) {
            first = scheduler.moment();
            journal.write(Map.of(
                    SINCE,
                    scheduler.now().toString(),
                    THERE,
                    session.time().isKnown() ? session.time().now().toString() : ""));
        }
    }

    /** Blocks, calls AWS. Where AWS does not show to these credentials what there is, it could not be followed either: it counts as not made. */
    boolean mayHavePassed() {
        try {
            return PipelineService.client(session)
                    .listPipelineExecutions(list -> list.pipelineName(pipeline))
                    .pipelineExecutionSummaries()
                    .stream()
                    .anyMatch(this::mayBeOurs);
        } catch (CodePipelineException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                return false;
            }
            throw e;
        }
    }

    private boolean mayBeOurs(PipelineExecutionSummary one) {
        boolean otherwise = one.trigger() != null
                && one.trigger().triggerType() != TriggerType.START_PIPELINE_EXECUTION
                && one.trigger().triggerType() != TriggerType.UNKNOWN_TO_SDK_VERSION;
        Instant since = since();
        return !otherwise
                && (since == null || one.startTime() == null || !one.startTime().isBefore(since));
    }

    /** By AWS's clock; null if nobody knows. */
    @CheckForNull
    private Instant since() {
        Moment begun = first;
        if (begun != null) {
            return session.time().now().minus(begun.until(scheduler.moment())).minus(SAME_MOMENT);
        }
        String known = journal.get(THERE);
        if (!known.isEmpty()) {
            return Instant.parse(known).minus(SAME_MOMENT);
        }
        String kept = journal.get(SINCE);
        Instant there = kept.isEmpty() ? null : session.time().at(Instant.parse(kept));
        return there == null ? null : there.minus(SET_SINCE);
    }
}

package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.JudgedStacks;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Stops what this step has AWS do to its stack, and nothing else: AWS cancels whatever is under way, whoever began it. Its events have the
 * token of the call that began it
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html">StackEvent</a>).
 */
final class OwnStop extends JudgedStacks {

    private final StepCalls calls;
    private final StackJournal journal;
    private final StackProgressLog progressLog;

    /** @param progressLog knows what the events say of what was begun */
    OwnStop(StepCalls calls, StackJournal journal, StackProgressLog progressLog) {
        this.calls = calls;
        this.journal = journal;
        this.progressLog = progressLog;
    }

    @Override
    protected StackSnapshot judged(StackSnapshot now) {
        return progressLog.judged(now);
    }

    @Override
    public void stop(@NonNull AwsSession session, @NonNull String id) {
        String own = !journal.isBegun() || journal.isAtRest() || progressLog.isOvertaken() ? null : own(id);
        if (own == null) {
            calls.console().line("Nothing to stop: AWS is not changing the stack for this step");
        } else if (own.isEmpty()) {
            service.stop(session, id);
        } else {
            service.stop(session, id, own); // the stack itself may be shown as it was before
        }
    }

    /**
     * The status that what was begun is in as far as AWS shows: to credentials that may not read events it is what was begun last, as nobody
     * has seen it end.
     *
     * @return empty if it is not known; null if AWS is at work on nothing of ours
     */
    @CheckForNull
    private String own(String id) {
        List<StackEvent> events = Visible.newest(calls, id);
        if (events == null) {
            return "";
        }
        for (StackEvent event : events) {
            if (event.eventId().equals(journal.before())) {
                return ""; // what was begun is not shown yet
            }
            if (!journal.token().equals(event.clientRequestToken())) {
                return null;
            }
            if (id.equals(event.physicalResourceId())) {
                String status = String.valueOf(event.resourceStatusAsString());
                return status.endsWith("_IN_PROGRESS") ? status : null;
            }
        }
        return "";
    }
}

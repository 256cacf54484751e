package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Stops what this step has AWS do to its stack, and nothing else: AWS cancels whatever is under way, whoever began it. Its events have the
 * token of the call that began it
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html">StackEvent</a>).
 */
final class OwnStop implements JobService<StackSnapshot> {

    private final CloudFormationService service = new CloudFormationService();
    private final StepCalls calls;
    private final StackJournal journal;
    private final BooleanSupplier overtaken;

    /** @param overtaken whether somebody else is known to have begun something since */
    OwnStop(StepCalls calls, StackJournal journal, BooleanSupplier overtaken) {
        this.calls = calls;
        this.journal = journal;
        this.overtaken = overtaken;
    }

    @Override
    @NonNull
    public String observeAction() {
        return service.observeAction();
    }

    @Override
    public int batchSize() {
        return service.batchSize();
    }

    @Override
    @NonNull
    public Map<String, StackSnapshot> observe(@NonNull AwsSession session, @NonNull List<String> ids) {
        return service.observe(session, ids);
    }

    @Override
    @NonNull
    public String stopAction() {
        return service.stopAction();
    }

    @Override
    public void stop(@NonNull AwsSession session, @NonNull String id) {
        if (!journal.isBegun() || journal.isAtRest() || overtaken.getAsBoolean() || !isOurs(id)) {
            calls.console().line("Nothing to stop: AWS is not changing the stack for this step");
            return;
        }
        service.stop(session, id);
    }

    @Override
    @NonNull
    public Duration stopGrace() {
        return service.stopGrace();
    }

    /** As far as AWS shows: to credentials that may not read events it is what was begun last, as nobody has seen it end. */
    private boolean isOurs(String id) {
        List<StackEvent> events = Visible.newest(calls, id);
        if (events == null) {
            return true;
        }
        for (StackEvent event : events) {
            if (event.eventId().equals(journal.before())) {
                return true; // what was begun is not shown yet
            }
            if (!journal.token().equals(event.clientRequestToken())) {
                return false;
            }
            if (id.equals(event.physicalResourceId())) {
                return String.valueOf(event.resourceStatusAsString()).endsWith("_IN_PROGRESS");
            }
        }
        return true;
    }
}

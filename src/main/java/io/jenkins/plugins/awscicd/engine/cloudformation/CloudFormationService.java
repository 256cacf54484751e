package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** CloudFormation's stacks, as the watcher sees them. There is no call that looks at several. */
public record CloudFormationService() implements JobService<StackSnapshot> {

    /** The call that looks at a stack, as an IAM action. */
    public static final String DESCRIBE = "cloudformation:DescribeStacks";

    /** A rollback undoes all that was done, and that may have taken hours. */
    /** What AWS is at is about to be over, be it that it still shows the status of before. */
    private static final String PAST_STOPPING = "cannot be called from current stack status";

    private static final Duration LONGEST_ROLLBACK = Duration.ofHours(6);

    @NonNull
    public static CloudFormationClient client(@NonNull AwsSession session) {
        return session.client(CloudFormationClient.class, CloudFormationClient::builder);
    }

    /** A stack as AWS shows it, by name or ARN; empty if there is none. Blocks: run by a lane. */
    @NonNull
    public static Optional<Stack> find(@NonNull AwsSession session, @NonNull String nameOrId) {
        try {
            return client(session).describeStacks(it -> it.stackName(nameOrId)).stacks().stream()
                    .findFirst();
        } catch (CloudFormationException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a stack is not there: AWS has no code of its own for it. */
    public static boolean isMissing(@NonNull CloudFormationException e) {
        return e.awsErrorDetails() != null
                && "ValidationError".equals(e.awsErrorDetails().errorCode())
                && AwsCallException.said(e).contains("does not exist");
    }

    @Override
    public String observeAction() {
        return DESCRIBE;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public Map<String, StackSnapshot> observe(AwsSession session, List<String> ids) {
        String id = ids.get(0);
        Optional<Stack> found = find(session, id);
        if (found.isPresent()) {
            return Map.of(id, StackSnapshot.of(found.get()));
        }
        // By its ARN AWS still shows one that was deleted. By a name goes only what was not there to be deleted.
        return id.startsWith("arn:") ? Map.of() : Map.of(id, StackSnapshot.missing(id));
    }

    /** What AWS is asked for depends on what it is doing; an update is what is stopped mostly. */
    @Override
    public String stopAction() {
        return "cloudformation:CancelUpdateStack";
    }

    /** An update is rolled back; a stack that is being created is deleted, as AWS knows no other way. All else goes on to its end. */
    @Override
    public void stop(AwsSession session, String id) {
        stop(session, id, find(session, id).map(Stack::stackStatusAsString).orElse(""));
    }

    /** @param status that the stack is in */
    public void stop(@NonNull AwsSession session, @NonNull String id, @NonNull String status) {
        try {
            if (status.equals("UPDATE_IN_PROGRESS")) {
                client(session).cancelUpdateStack(it -> it.stackName(id));
            } else if (status.equals("CREATE_IN_PROGRESS")) {
                client(session).deleteStack(it -> it.stackName(id));
            }
        } catch (CloudFormationException e) {
            String now = find(session, id).map(Stack::stackStatusAsString).orElse("");
            if (now.equals(status) && !AwsCallException.said(e).contains(PAST_STOPPING)) {
                throw e; // else it has gone on in the meantime, and how is about to be seen
            }
        }
    }

    @Override
    public Duration stopGrace() {
        return LONGEST_ROLLBACK;
    }
}

package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperation;

/**
 * An operation on a stack set at one moment
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperation.html">StackSetOperation</a>).
 *
 * @param id the operation's
 * @param name the stack set's
 * @param action {@code CREATE}, {@code UPDATE} or {@code DELETE}
 * @param status such as {@code RUNNING}; one that is newer than this version counts as running
 * @param reason what AWS says of the status; empty if nothing
 * @param failed in how many accounts and regions it has failed
 * @param stacks how many are how far, by AWS's word for it; empty if that is not known
 * @param next the operation that this step has begun after it; null if there is none yet
 */
public record StackSetSnapshot(
        @NonNull String id,
        @NonNull String name,
        @NonNull String action,
        @NonNull String status,
        @NonNull String reason,
        int failed,
        @CheckForNull Instant created,
        @CheckForNull Instant finished,
        @NonNull SortedMap<String, Integer> stacks,
        @NonNull Next next)
        implements Snapshot {

    static final String SUCCEEDED = "SUCCEEDED";

    /** Which operation of the step comes after one, as it is known when it is asked. */
    @FunctionalInterface
    interface Next {
        @CheckForNull
        String after(@NonNull String operation);
    }

    static StackSetSnapshot of(StackSetOperation operation, String name, List<OperationResult> results, Next next) {
        SortedMap<String, Integer> stacks = new TreeMap<>();
        results.forEach(one -> stacks.merge(one.status(), 1, Integer::sum));
        Integer failed = operation.statusDetails() == null
                ? null
                : operation.statusDetails().failedStackInstancesCount();
        return new StackSetSnapshot(
                operation.operationId(),
                name,
                String.valueOf(operation.actionAsString()),
                String.valueOf(operation.statusAsString()),
                operation.statusReason() == null ? "" : operation.statusReason().strip(),
                failed == null ? 0 : failed,
                operation.creationTimestamp(),
                operation.endTimestamp(),
                stacks,
                next);
    }

    /** Nothing is to be done in any account. */
    static StackSetSnapshot nothing(String id, String name, Next next) {
        return new StackSetSnapshot(id, name, "NONE", SUCCEEDED, "", 0, null, null, new TreeMap<>(), next);
    }

    @Override
    public String stage() {
        return status;
    }

    @Override
    public boolean ended() {
        return List.of(SUCCEEDED, "FAILED", "STOPPED").contains(status);
    }

    @Override
    public String successor() {
        return status.equals(SUCCEEDED) ? next.after(id) : null;
    }

    @Override
    public Progress progress(AwsSession session) {
        return new Progress(
                id,
                name,
                status,
                state(),
                action + " " + status,
                List.of(),
                stacks.isEmpty()
                        ? List.of()
                        : List.of(new Progress.Fact(
                                Progress.What.TARGETS,
                                stacks.entrySet().stream()
                                        .map(it -> it.getValue() + " " + it.getKey())
                                        .collect(Collectors.joining(", ")))),
                status.equals("FAILED") ? action + " FAILED" + (reason.isEmpty() ? "" : ": " + reason) : "",
                AwsConsole.stackSet(session.region(), name),
                created,
                finished);
    }

    private Progress.State state() {
        return switch (status) {
            case SUCCEEDED -> Progress.State.SUCCEEDED;
            case "FAILED" -> Progress.State.FAILED;
            case "STOPPED" -> Progress.State.STOPPED;
            default -> Progress.State.RUNNING;
        };
    }
}

package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationAction;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationSummary;

/** What others have done to a stack set between two operations of a step. */
final class UpdatesOfOthers {

    private UpdatesOfOthers() {}

    /**
     * The first operation by which somebody else has changed what stacks are made of, after one that was begun here. AWS may be late with it, and
     * where it may not be asked, there is none as far as we know. Blocks, calls AWS.
     *
     * @param callAs null for AWS's default
     * @param first the id of what was begun here first: the ids of what came after it begin with its own
     * @param made whether the stack set was made here: whoever has updated it is somebody else
     */
    @NonNull
    static Optional<StackSetOperationSummary> after(
            @NonNull CloudFormationClient client,
            @NonNull String stackSet,
            @CheckForNull String callAs,
            @NonNull String first,
            boolean made) {
        try {
            return after(
                    client.listStackSetOperationsPaginator(
                                    it -> it.stackSetName(stackSet).callAs(callAs))
                            .summaries(),
                    first,
                    made);
        } catch (CloudFormationException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether the newest come first, nobody promises: with the first that is older than our own, there are no newer ones any more. */
    private static Optional<StackSetOperationSummary> after(
            Iterable<StackSetOperationSummary> all, String first, boolean made) {
        StackSetOperationSummary own = null;
        List<StackSetOperationSummary> others = new ArrayList<>();
        for (StackSetOperationSummary one : all) {
            if (one.operationId().equals(first)) {
                own = one;
            } else if (!made && own != null && one.creationTimestamp().isBefore(own.creationTimestamp())) {
                break;
            } else if (one.action() == StackSetOperationAction.UPDATE
                    && !one.operationId().startsWith(first)) {
                others.add(one);
            }
        }
        Instant begun = made ? Instant.MIN : own != null ? own.creationTimestamp() : Instant.MAX;
        return others.stream()
                .filter(one -> one.creationTimestamp().isAfter(begun))
                .min(Comparator.comparing(StackSetOperationSummary::creationTimestamp));
    }
}

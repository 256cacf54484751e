package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationAction;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationSummary;

/** What others have done to a stack set between two operations of a step. */
final class UpdatesOfOthers {

    /** AWS keeps the operations of years. */
    private static final int MOST = 1_000;

    private UpdatesOfOthers() {}

    /**
     * The operation by which somebody else has changed what stacks are made of, after one that was begun here. AWS may be late with it, and
     * where it may not be asked, there is none as far as we know. Blocks, calls AWS.
     *
     * @param callAs null for AWS's default
     * @param first the id of what was begun here first: the ids of what came after it begin with its own
     */
    @NonNull
    static Optional<String> after(
            @NonNull CloudFormationClient client,
            @NonNull String stackSet,
            @CheckForNull String callAs,
            @NonNull String first) {
        try {
            List<StackSetOperationSummary> all = client
                    .listStackSetOperationsPaginator(
                            it -> it.stackSetName(stackSet).callAs(callAs))
                    .summaries()
                    .stream()
                    .limit(MOST)
                    .toList();
            return all.stream()
                    .filter(one -> one.operationId().equals(first))
                    .findFirst()
                    .flatMap(own -> all.stream()
                            .filter(one -> one.action() == StackSetOperationAction.UPDATE
                                    && !one.operationId().startsWith(first)
                                    && one.creationTimestamp().isAfter(own.creationTimestamp()))
                            .map(StackSetOperationSummary::operationId)
                            .findFirst());
        } catch (CloudFormationException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

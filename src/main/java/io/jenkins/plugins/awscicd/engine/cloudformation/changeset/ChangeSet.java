package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;

/**
 * A change set at one moment
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html">DescribeChangeSet</a>), without
 * what it changes.
 *
 * @param id its ARN
 * @param status such as {@code CREATE_COMPLETE}
 * @param execution such as {@code AVAILABLE}
 * @param reason what AWS says of the status; empty if nothing
 * @param decidesFailure whether it says itself what becomes of a creation that fails
 */
public record ChangeSet(
        @NonNull String id,
        @NonNull String name,
        @NonNull String stackId,
        @NonNull String stack,
        @NonNull String status,
        @NonNull String execution,
        @NonNull String reason,
        boolean decidesFailure) {

    @NonNull
    static ChangeSet of(@NonNull DescribeChangeSetResponse answer) {
        return new ChangeSet(
                orEmpty(answer.changeSetId()),
                orEmpty(answer.changeSetName()),
                orEmpty(answer.stackId()),
                orEmpty(answer.stackName()),
                orEmpty(answer.statusAsString()),
                orEmpty(answer.executionStatusAsString()),
                orEmpty(answer.statusReason()),
                answer.onStackFailure() != null);
    }

    static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    /** Whether AWS is still making it. */
    public boolean isComing() {
        return status.equals("CREATE_PENDING") || status.equals("CREATE_IN_PROGRESS");
    }

    /** Whether something else was done to the stack since. */
    public boolean isObsolete() {
        return execution.equals("OBSOLETE");
    }

    /** Whether its execution has begun, whatever came of it. */
    public boolean isExecuted() {
        return execution.startsWith("EXECUTE_");
    }

    /** Whether AWS has found nothing to change, which it says in one of two ways, and as if that were a failure. */
    public boolean isEmpty() {
        return status.equals("FAILED")
                && (reason.contains("didn't contain changes") || reason.contains("No updates are to be performed"));
    }
}

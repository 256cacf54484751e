package io.jenkins.plugins.awscicd.engine.cloudformation;

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
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * A stack at one moment
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html">Stack</a>).
 *
 * @param id its ARN, which tells it from one of the same name that was deleted
 * @param status such as {@code UPDATE_COMPLETE}; one that is newer than this version, and does not end with {@code _IN_PROGRESS}, counts
 *     as the end of something
 * @param reason what AWS says of the status; empty if nothing
 * @param changeSet the ARN of the change set that was executed last; empty if there is none
 * @param updated when it was updated last; null if never
 * @param isConfirmed false if the status may be older than what was begun: then it is the end of nothing
 */
public record StackSnapshot(
        @NonNull String id,
        @NonNull String name,
        @NonNull String status,
        @NonNull String reason,
        @NonNull String changeSet,
        @NonNull SortedMap<String, String> outputs,
        @CheckForNull Instant created,
        @CheckForNull Instant updated,
        boolean isConfirmed)
        implements Snapshot {

    /** A stack without resources, of which there is a change set only. */
    public static final String REVIEW = "REVIEW_IN_PROGRESS";

    private static final String RUNNING = "_IN_PROGRESS";

    /** Of an answer of AWS. */
    @NonNull
    public static StackSnapshot of(@NonNull Stack stack) {
        SortedMap<String, String> outputs = new TreeMap<>();
        stack.outputs().forEach(output -> outputs.put(output.outputKey(), orEmpty(output.outputValue())));
        return new StackSnapshot(
                stack.stackId(),
                stack.stackName(),
                orEmpty(stack.stackStatusAsString()),
                orEmpty(stack.stackStatusReason()),
                orEmpty(stack.changeSetId()),
                outputs,
                stack.creationTime(),
                stack.lastUpdatedTime(),
                true);
    }

    /** The name of the stack that an ARN is of. */
    @NonNull
    public static String name(@NonNull String arn) {
        String[] parts = arn.split("/");
        return arn.startsWith("arn:") && parts.length > 1 ? parts[1] : arn;
    }

    /** A stack that is not there, and counts as deleted. */
    @NonNull
    static StackSnapshot missing(@NonNull String name) {
        return new StackSnapshot(name, name, "DELETE_COMPLETE", "", "", new TreeMap<>(), null, null, true);
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    /** The same where it has another status, which was not seen for itself. */
    @NonNull
    public StackSnapshot withStatus(@NonNull String other) {
        return new StackSnapshot(
                id, name, other, other.equals(status) ? reason : "", changeSet, outputs, created, updated, isConfirmed);
    }

    /** The same where it may be older than what was begun. */
    @NonNull
    public StackSnapshot unconfirmed() {
        return new StackSnapshot(id, name, status, reason, changeSet, outputs, created, updated, false);
    }

    /** What of it is another thing after an update, as text. */
    @NonNull
    public String state() {
        return status + " " + (updated == null ? created : updated);
    }

    /** Whether AWS is at work on it. */
    public static boolean isBusy(@NonNull String status) {
        return status.endsWith(RUNNING) && !status.equals(REVIEW);
    }

    @Override
    public String stage() {
        return status;
    }

    @Override
    public boolean ended() {
        return isConfirmed && !status.endsWith(RUNNING);
    }

    @Override
    public boolean hasComeToRest() {
        return !status.endsWith(RUNNING);
    }

    @Override
    public Progress progress(AwsSession session) {
        return new Progress(
                id,
                name,
                status,
                progress(),
                status,
                List.of(),
                List.of(),
                progress() == Progress.State.FAILED ? status + (reason.isEmpty() ? "" : ": " + reason) : "",
                AwsConsole.stack(session.region(), id),
                null, // AWS says when it was made and changed last, which is not when the operation began
                null);
    }

    private Progress.State progress() {
        if (!ended()) {
            return Progress.State.RUNNING;
        }
        return switch (status) {
            case "CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "DELETE_COMPLETE" -> Progress.State.SUCCEEDED;
            default -> Progress.State.FAILED;
        };
    }
}

package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.Course;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * What is said of an operation on a stack.
 *
 * @param changes how many resources it is about; 0 if that is not known
 */
record StackLines(@NonNull Aim aim, @NonNull IntSupplier changes) {

    /** More outputs are only in the result. */
    private static final int MOST_OUTPUTS = 20;

    @NonNull
    String begin(@NonNull StackSnapshot now) {
        return switch (aim) {
            case DELETE -> "Deleting stack " + now.name();
            case CONTINUE_ROLLBACK -> "Continuing the rollback of stack " + now.name();
            default -> (isNew(now.status()) ? "Creating stack " : "Updating stack ") + now.name();
        };
    }

    private static boolean isNew(String status) {
        return status.startsWith("CREATE") || status.equals(StackSnapshot.REVIEW);
    }

    @NonNull
    String progress(@NonNull Course course, @NonNull Duration took, @NonNull Moment now) {
        int all = course.isRollingBack() ? 0 : changes.getAsInt();
        int done = all == 0 ? course.done() : Math.min(course.done(), all);
        Course.Running slowest = course.slowest();
        return (course.isRollingBack() ? "Rolling back: " : "")
                + done + (all == 0 ? " resource" + (done == 1 ? "" : "s") : " of " + all + " resources")
                + " after " + Durations.inWords(took)
                + (slowest == null
                        ? ""
                        : "; " + slowest.path() + " (" + slowest.type() + ") is in " + slowest.status() + " for "
                                + Durations.inWords(slowest.since().until(now)));
    }

    /** Whether what was asked for has come about. */
    static boolean isSuccess(@NonNull Aim aim, @NonNull String status) {
        return switch (aim) {
            case DELETE -> status.equals("DELETE_COMPLETE");
            // A stack that never was complete is left without resources, or deleted.
            case CONTINUE_ROLLBACK ->
                status.equals("UPDATE_ROLLBACK_COMPLETE")
                        || status.equals("ROLLBACK_COMPLETE")
                        || status.equals("DELETE_COMPLETE");
            default ->
                status.equals("CREATE_COMPLETE")
                        || status.equals("UPDATE_COMPLETE")
                        || status.equals("IMPORT_COMPLETE");
        };
    }

    /** The cause of a failure comes last. */
    @NonNull
    List<String> end(@NonNull StackSnapshot last, @NonNull Course course, @NonNull Duration took) {
        List<String> lines = new ArrayList<>();
        String in = "Stack " + last.name() + " is in " + last.status() + " after " + Durations.inWords(took);
        if (isSuccess(aim, last.status())) {
            lines.add(in);
            if (!last.status().equals("DELETE_COMPLETE")) {
                last.outputs().entrySet().stream()
                        .limit(MOST_OUTPUTS)
                        .forEach(output -> lines.add("  " + output.getKey() + ": " + output.getValue()));
            }
            return lines;
        }
        lines.add(in + meaning(last.status()));
        if (course.cancelled() > 0) {
            lines.add(course.cancelled() + " more " + (course.cancelled() == 1 ? "was" : "were")
                    + " canceled because of this failure");
        }
        if (last.status().equals("UPDATE_ROLLBACK_FAILED")) {
            lines.add("Fix the cause and continue with continueRollback: true"
                    + (course.rollbackFailures().isEmpty()
                            ? ""
                            : ", or skip what cannot be rolled back with " + skipping(course.rollbackFailures())));
        }
        String cause = course.cause();
        if (!cause.isEmpty()) {
            lines.add("Cause: " + cause);
        } else if (!last.reason().isEmpty()) {
            lines.add("Cause: " + last.reason());
        }
        return lines;
    }

    /** @param resources as ContinueUpdateRollback names them; empty if that is not known */
    @NonNull
    static String skipping(@NonNull List<String> resources) {
        return "continueRollback: "
                + (resources.isEmpty()
                        ? "['Id', ...]"
                        : resources.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "[", "]")));
    }

    private static String meaning(String status) {
        return switch (status) {
            case "UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE" -> ": it was rolled back to its previous state";
            case "ROLLBACK_COMPLETE" -> ": its new resources were deleted, and AWS cannot update this stack";
            case "UPDATE_ROLLBACK_FAILED" -> ": the rollback has failed as well";
            case "ROLLBACK_FAILED" -> ": its new resources could not be deleted";
            case "CREATE_FAILED", "UPDATE_FAILED" ->
                ": resources that succeeded are kept. Continue with onFailure: 'keep', or roll back with"
                        + " continueRollback: true";
            case "DELETE_COMPLETE" -> ": it was deleted again";
            default -> "";
        };
    }
}

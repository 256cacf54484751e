package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codepipeline.model.FailureType;

/**
 * What came of a job.
 *
 * @param failure null if it succeeded; else one of
 *     <a href="https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_FailureDetails.html">FailureDetails</a>' types
 * @param message of the failure, or a summary of the success; empty for none
 * @param variables output variables; none of a failure
 * @param revision what was worked on, such as a commit; null for none
 */
public record WorkResult(
        @CheckForNull String failure,
        @NonNull String message,
        @NonNull Map<String, String> variables,
        @CheckForNull String revision) {

    /** Names of output variables, as PutJobSuccessResult takes them. */
    public static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9@_-]+");

    /** AWS takes 5000 characters of a failure, and 2048 of a summary. */
    private static final int LONGEST_FAILURE = 5000;

    private static final int LONGEST_SUMMARY = 2048;

    public WorkResult {
        variables = new TreeMap<>(variables);
        message = clipped(message, failure == null ? LONGEST_SUMMARY : LONGEST_FAILURE);
    }

    private static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    @NonNull
    public static WorkResult success(
            @NonNull String summary, @NonNull Map<String, String> variables, @CheckForNull String revision) {
        return new WorkResult(null, summary, variables, revision);
    }

    /** The work was done, and went wrong. */
    @NonNull
    public static WorkResult failed(@NonNull String message) {
        return of(FailureType.JOB_FAILED, message);
    }

    /** The work cannot be done as the action is configured. */
    @NonNull
    public static WorkResult misconfigured(@NonNull String message) {
        return of(FailureType.CONFIGURATION_ERROR, message);
    }

    /** The worker could not do the work, or cannot tell what came of it. */
    @NonNull
    public static WorkResult unavailable(@NonNull String message) {
        return of(FailureType.SYSTEM_UNAVAILABLE, message);
    }

    static WorkResult lost() {
        return unavailable("The run is lost: Jenkins has neither it nor its place in the queue any more.");
    }

    static WorkResult uncertain() {
        return unavailable(
                "AWS's answer to AcknowledgeJob was lost, and it cannot be told whether this Jenkins or another"
                        + " worker has the job. Retry the action.");
    }

    static WorkResult refused(String why) {
        return failed("The run succeeded, but AWS refuses its result: " + why);
    }

    private static WorkResult of(FailureType type, String message) {
        return new WorkResult(type.toString(), message, Map.of(), null);
    }

    public boolean succeeded() {
        return failure == null;
    }
}

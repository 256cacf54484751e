package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticbeanstalk.model.EventDescription;

/**
 * Something that Elastic Beanstalk says has happened
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_EventDescription.html">EventDescription</a>).
 *
 * @param severity {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN}, {@code ERROR} or {@code FATAL}
 * @param versionLabel the application version that it is about; null if it is about none
 * @param requestId the call that it comes of; null if it comes of none
 */
record Event(
        @NonNull Instant date,
        @NonNull String severity,
        @NonNull String message,
        @CheckForNull String versionLabel,
        @CheckForNull String requestId) {

    /** With these AWS ends an update; that one batch is through, or the instances are, is not the end. */
    private static final String SUCCESS = "Environment update completed successfully.";

    private static final Set<String> FAILURES = Set.of(
            "Failed to deploy application.",
            "Failed to deploy configuration.",
            "Failed to update environment.",
            "Failed to launch environment.",
            "The environment was reverted to the previous configuration setting.");

    /** Of an update: completed, but with errors. Of a launch: complete. */
    private static final Pattern WITH_ERRORS = Pattern.compile("complete[d]?, but with errors");

    private static final Pattern INSTANCE = Pattern.compile("\\bi-[0-9a-f]{8,17}\\b");

    private static final String CREATED = "Successfully launched environment";
    private static final String NOT_CREATED = "Failed to launch environment";

    static Event of(EventDescription seen) {
        return new Event(
                seen.eventDate(),
                seen.severityAsString() == null ? "INFO" : seen.severityAsString(),
                seen.message() == null ? "" : seen.message().strip(),
                seen.versionLabel(),
                seen.requestId());
    }

    boolean success() {
        return message.equals(SUCCESS) || message.startsWith(CREATED);
    }

    boolean failure() {
        return FAILURES.contains(message) || WITH_ERRORS.matcher(message).find() || message.startsWith(NOT_CREATED);
    }

    boolean start() {
        return message.startsWith("Environment update is starting")
                || message.startsWith("createEnvironment is starting");
    }

    /** Whether an environment begins to be created. */
    boolean creation() {
        return message.startsWith("createEnvironment is starting");
    }

    /** Whether CNAMEs begin to be swapped. */
    boolean swap() {
        return message.startsWith("swapEnvironmentCNAMEs is starting")
                || message.startsWith("Swapping CNAMEs for environments");
    }

    /** Whether it tells of something wrong. */
    boolean bad() {
        return severity.equals("ERROR") || severity.equals("FATAL");
    }

    boolean warning() {
        return severity.equals("WARN");
    }

    /** The instances that it names. */
    @NonNull
    List<String> instances() {
        return INSTANCE.matcher(message)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}

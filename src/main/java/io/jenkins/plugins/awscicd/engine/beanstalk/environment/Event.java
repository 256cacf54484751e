package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;
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
public record Event(
        @NonNull Instant date,
        @NonNull String severity,
        @NonNull String message,
        @CheckForNull String versionLabel,
        @CheckForNull String requestId) {

    /** What AWS ends an update or a launch with; that one batch is through, or the instances are, is not the end. */
    private static final List<String> SUCCESSES = List.of(
            "Environment update completed successfully",
            "Successfully launched environment",
            "createEnvironment completed successfully");

    /** Comes just before the end. It is all that some ends are known by: AWS's own {@code eb} stops waiting here. */
    private static final List<String> DONE = List.of(
            "New application version was deployed to running EC2 instances",
            "Successfully deployed new configuration to environment");

    private static final List<String> FAILURES = List.of(
            "Failed to deploy application",
            "Failed to deploy configuration",
            "Failed to update environment",
            "Failed to launch environment",
            "During an aborted deployment",
            "The environment was reverted to the previous configuration setting");

    /**
     * How AWS puts that something has come to an end, and not to a good one, whatever the severity: {@code … operation is complete, but
     * with errors}, {@code … but with command timeouts}, {@code Launched environment: … However, there were issues during launch.}
     */
    private static final Pattern BUT =
            Pattern.compile("\\bcompleted?, but with |^Launched environment.*\\. However, there were ", Pattern.DOTALL);

    private static final Pattern INSTANCE = Pattern.compile("\\bi-[0-9a-f]{8,17}\\b");

    public static Event of(EventDescription seen) {
        return new Event(
                seen.eventDate(),
                seen.severityAsString() == null ? "INFO" : seen.severityAsString(),
                seen.message() == null ? "" : seen.message().strip(),
                seen.versionLabel(),
                seen.requestId());
    }

    /** As a line of a console. */
    @NonNull
    public String inWords() {
        return bad() || warning() ? severity + "  " + message : message;
    }

    /** Whether it ends an update or a launch well. */
    public boolean success() {
        return begins(SUCCESSES);
    }

    /** Whether it says that all is done, and the end is to follow. */
    public boolean done() {
        return begins(DONE);
    }

    /** Whether it ends an update or a launch, and not well. */
    public boolean failure() {
        return begins(FAILURES) || BUT.matcher(message).find();
    }

    private boolean begins(List<String> with) {
        return with.stream().anyMatch(message::startsWith);
    }

    public boolean start() {
        return message.startsWith("Environment update is starting") || creation();
    }

    /** Whether an environment begins to be created. */
    public boolean creation() {
        return message.startsWith("createEnvironment is starting");
    }

    /** Whether CNAMEs begin to be swapped. */
    public boolean swap() {
        return message.startsWith("swapEnvironmentCNAMEs is starting")
                || message.startsWith("Swapping CNAMEs for environments");
    }

    /** Whether it tells of something wrong. */
    public boolean bad() {
        return severity.equals("ERROR") || severity.equals("FATAL");
    }

    public boolean warning() {
        return severity.equals("WARN");
    }

    /** The instances that it names. */
    @NonNull
    public List<String> instances() {
        return INSTANCE.matcher(message)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}

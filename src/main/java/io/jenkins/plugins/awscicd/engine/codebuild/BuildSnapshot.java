package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.log.LogLocation;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.PhaseContext;

/**
 * A build at one moment (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Build.html">Build</a>).
 *
 * @param id such as {@code web:0123…}
 * @param number counts the project's builds; 0 if AWS does not say
 * @param status {@code IN_PROGRESS}, {@code SUCCEEDED}, {@code FAILED}, {@code FAULT}, {@code TIMED_OUT}, {@code STOPPED}
 * @param stage the current phase
 * @param log where the log is; null before AWS has made it, and without CloudWatch Logs
 * @param logUrl the log's page in the AWS console; null if there is none: AWS gives an address from the start that leads nowhere
 * @param isInCloudWatch whether its log is in CloudWatch Logs, or will be
 * @param s3Log the ARN of its log in S3; null if there is none
 * @param source where the source comes from, such as a repository's URL; empty if there is none
 * @param askedVersion what was to be built: a branch, say; null if that was left to the source
 * @param commit what that is exactly; null as long as AWS does not say, and for sources that know no commits
 * @param successor the build with which AWS itself tries a failed one again
 * @param retriesLeft how often AWS may still try again; 0 once the successor is named
 * @param isRetriedByAws whether AWS itself tries it again when it fails, be it that it has done so as often as it may
 * @param debug a session that can be opened to it; null if none can
 * @param reports what its reports say; nothing before they have been read
 */
public record BuildSnapshot(
        @NonNull String id,
        @NonNull String arn,
        @NonNull String project,
        long number,
        @NonNull String status,
        boolean ended,
        @NonNull String stage,
        @NonNull List<Phase> phases,
        @CheckForNull LogLocation log,
        @CheckForNull String logUrl,
        boolean isInCloudWatch,
        @CheckForNull String s3Log,
        @NonNull String source,
        @CheckForNull String askedVersion,
        @CheckForNull String commit,
        @NonNull List<BuildResult.Artifact> artifacts,
        @NonNull Map<String, String> exportedVariables,
        @NonNull List<String> reportArns,
        @CheckForNull Instant start,
        @CheckForNull Instant end,
        @CheckForNull String successor,
        int retriesLeft,
        boolean isRetriedByAws,
        @CheckForNull DebugSession debug,
        @NonNull ReportOutcome reports)
        implements Snapshot {

    /**
     * A phase of a build.
     *
     * @param status null while the phase runs
     * @param start null if AWS does not say
     * @param took null while the phase runs
     * @param context what AWS says went wrong; empty if nothing did
     */
    public record Phase(
            @NonNull String type,
            @CheckForNull String status,
            @CheckForNull Instant start,
            @CheckForNull Duration took,
            @NonNull String context) {

        static Phase of(BuildPhase phase) {
            return of(
                    phase.phaseTypeAsString(),
                    phase.phaseStatusAsString(),
                    phase.startTime(),
                    phase.endTime(),
                    phase.durationInSeconds(),
                    phase.contexts());
        }

        /** As AWS tells one, whether of a build or of a batch. */
        @NonNull
        public static Phase of(
                @NonNull String type,
                @CheckForNull String status,
                @CheckForNull Instant start,
                @CheckForNull Instant end,
                @CheckForNull Long seconds,
                @NonNull List<PhaseContext> contexts) {
            Duration took = seconds == null ? null : Duration.ofSeconds(seconds);
            return new Phase(
                    type,
                    status,
                    start,
                    start != null && end != null ? Duration.between(start, end) : took,
                    contexts.stream().map(Phase::said).collect(Collectors.joining("; ")));
        }

        private static String said(PhaseContext context) {
            String code = context.statusCode() == null ? "" : context.statusCode();
            String message = context.message() == null ? "" : context.message().strip();
            return code.isBlank() || message.isBlank() ? code + message : code + ": " + message;
        }

        /** Whether it has ended, and not well. */
        public boolean failed() {
            return status != null && !status.equals("SUCCEEDED");
        }

        /** How it ended, such as {@code BUILD failed: COMMAND_EXECUTION_ERROR}. */
        @NonNull
        public String inWords() {
            return type + " " + verb(String.valueOf(status)) + (context.isEmpty() ? "" : ": " + context);
        }

        private Progress.Phase progress() {
            return new Progress.Phase(type, status, failed(), start, took, context);
        }
    }

    /**
     * A retry is named only when the failed build has ended, and whether at once, nobody says. Which ends AWS tries again, it does
     * not say either, but a success and a stop are no failures.
     */
    @Override
    public boolean successorDue() {
        return ended && successor == null && retriesLeft > 0 && !succeeded() && !"STOPPED".equals(status);
    }

    /** Whether the build did what it was to do. */
    public boolean succeeded() {
        return "SUCCEEDED".equals(status);
    }

    /** Whether it ended by itself, and not well. */
    public boolean failed() {
        return ended && !succeeded() && !"STOPPED".equals(status);
    }

    /** What was built, as exactly as AWS says; null if it says nothing. */
    @CheckForNull
    String sourceVersion() {
        return commit != null ? commit : askedVersion;
    }

    /** What is built, as was asked for, to follow the build's name; empty if it has no source. */
    String builds() {
        return builds(source, askedVersion);
    }

    /** The same of any source. */
    @NonNull
    public static String builds(@NonNull String source, @CheckForNull String askedVersion) {
        if (source.isEmpty()) {
            return "";
        }
        String version = source.startsWith("s3://") ? "" : " (default branch)";
        return ", which builds " + source + (askedVersion == null ? version : " at " + askedVersion);
    }

    /** Such as {@code web #42}. */
    @NonNull
    public String name() {
        return number > 0 ? project + " #" + number : id;
    }

    /** Why the build failed, in one plain sentence: the phase and what AWS says about it. */
    @NonNull
    public String cause() {
        return phases.stream()
                .filter(Phase::failed)
                .findFirst()
                .map(Phase::inWords)
                .orElse("AWS names no failed phase");
    }

    /** What is said of its end, the cause of a failure last. */
    @NonNull
    List<String> endInWords() {
        String took =
                start == null || end == null ? "an unknown time" : Durations.inWords(Duration.between(start, end));
        if (!succeeded()) {
            return List.of(name() + " ended with status " + status + " after " + took, cause());
        }
        List<String> lines = new ArrayList<>();
        artifacts.forEach(artifact -> lines.add("Artifact " + artifact.getLocation()));
        lines.add(name() + " succeeded in " + took);
        return lines;
    }

    private static String verb(String phaseStatus) {
        return switch (phaseStatus) {
            case "FAILED" -> "failed";
            case "FAULT" -> "failed inside AWS";
            case "TIMED_OUT" -> "timed out";
            case "STOPPED" -> "was stopped";
            case "CLIENT_ERROR" -> "failed because of its configuration";
            default -> "ended with status " + phaseStatus;
        };
    }

    @Override
    public String running(Instant at) {
        String whole = start == null ? "" : "; " + name() + " for " + Durations.inWords(Duration.between(start, at));
        return phases.stream()
                        .filter(phase -> phase.type().equals(stage) && phase.start() != null)
                        .reduce((one, next) -> next)
                        .map(phase -> stage + " for " + Durations.inWords(Duration.between(phase.start(), at)))
                        .orElse(stage)
                + whole;
    }

    @Override
    public Progress progress(AwsSession session) {
        return BuildReader.progress(this, session);
    }

    /** Its phases for people: AWS also names one that is only the end. */
    @NonNull
    public List<Progress.Phase> shownPhases() {
        return phases.stream()
                .filter(phase -> !"COMPLETED".equals(phase.type()))
                .map(Phase::progress)
                .toList();
    }

    /** The same, now that its reports have been read. */
    BuildSnapshot with(@NonNull ReportOutcome read) {
        return new BuildSnapshot(
                id,
                arn,
                project,
                number,
                status,
                ended,
                stage,
                phases,
                log,
                logUrl,
                isInCloudWatch,
                s3Log,
                source,
                askedVersion,
                commit,
                artifacts,
                exportedVariables,
                reportArns,
                start,
                end,
                successor,
                retriesLeft,
                isRetriedByAws,
                debug,
                read);
    }

    /** What a status means that something has ended with. */
    @NonNull
    public static Progress.State endState(@NonNull String status) {
        return switch (status) {
            case "SUCCEEDED" -> Progress.State.SUCCEEDED;
            case "STOPPED" -> Progress.State.STOPPED;
            default -> Progress.State.FAILED;
        };
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.S3Place;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import io.jenkins.plugins.awscicd.engine.log.LogLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codebuild.model.AutoRetryConfig;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildArtifacts;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.LogsLocation;
import software.amazon.awssdk.services.codebuild.model.ProjectSource;
import software.amazon.awssdk.services.codebuild.model.SourceType;

/** Reads what AWS says of a build, and of a batch what it says in the same words. */
public final class BuildReader {

    /** What some write into a repository's URL to get at it. */
    private static final Pattern LOGIN = Pattern.compile("://[^/]*@");

    private BuildReader() {}

    /** A build as it is at this moment. */
    @NonNull
    static BuildSnapshot read(@NonNull Build build) {
        return new BuildSnapshot(
                build.id(),
                build.arn(),
                build.projectName(),
                build.buildNumber() == null ? 0 : build.buildNumber(),
                build.buildStatusAsString(),
                Boolean.TRUE.equals(build.buildComplete()),
                build.currentPhase() == null ? "SUBMITTED" : build.currentPhase(),
                build.phases().stream().map(BuildSnapshot.Phase::of).toList(),
                location(build.logs()),
                location(build.logs()) == null ? null : build.logs().deepLink(),
                isInCloudWatch(build.logs()),
                build.logs() == null ? null : build.logs().s3LogsArn(),
                source(build.source()),
                build.sourceVersion(),
                build.resolvedSourceVersion(),
                artifacts(build.artifacts(), build.secondaryArtifacts()),
                exported(build),
                List.copyOf(build.reportArns()),
                build.startTime(),
                build.endTime(),
                successor(build),
                retriesLeft(build.autoRetryConfig()),
                isRetriedByAws(build.autoRetryConfig()),
                DebugSession.of(build),
                ReportOutcome.NONE);
    }

    private static boolean isInCloudWatch(@CheckForNull LogsLocation logs) {
        return logs == null
                || logs.cloudWatchLogs() == null
                || logs.cloudWatchLogs().status() != LogsConfigStatusType.DISABLED;
    }

    /** Where a source is, without what may be secret in that; empty if there is none. */
    @NonNull
    public static String source(@CheckForNull ProjectSource source) {
        if (source == null || source.location() == null || source.type() == SourceType.NO_SOURCE) {
            return "";
        }
        return source.type() == SourceType.S3
                ? "s3://" + source.location()
                : LOGIN.matcher(source.location()).replaceFirst("://");
    }

    /** The location is there from the start, but names no stream before PROVISIONING has made one. */
    @CheckForNull
    private static LogLocation location(@CheckForNull LogsLocation logs) {
        return logs == null || logs.groupName() == null || logs.streamName() == null
                ? null
                : new LogLocation(logs.groupName(), logs.streamName());
    }

    /** What has been put into S3, the primary artifact first. */
    @NonNull
    public static List<BuildResult.Artifact> artifacts(
            @CheckForNull BuildArtifacts primary, @NonNull List<BuildArtifacts> secondary) {
        List<BuildResult.Artifact> all = new ArrayList<>();
        if (isSomewhere(primary)) {
            all.add(artifact(null, primary)); // in a batch it may have an identifier as well, which is the build's
        }
        secondary.stream()
                .filter(BuildReader::isSomewhere)
                .map(it -> artifact(it.artifactIdentifier(), it))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static boolean isSomewhere(@CheckForNull BuildArtifacts it) {
        return it != null && it.location() != null && !it.location().isEmpty();
    }

    private static BuildResult.Artifact artifact(@CheckForNull String identifier, BuildArtifacts it) {
        return new BuildResult.Artifact(identifier, it.location(), it.sha256sum(), it.md5sum());
    }

    private static Map<String, String> exported(Build build) {
        Map<String, String> exported = new LinkedHashMap<>();
        build.exportedEnvironmentVariables().forEach(it -> exported.put(it.name(), it.value()));
        return exported;
    }

    /** AWS names the next build by its ARN, whose last part is the id. */
    @CheckForNull
    private static String successor(Build build) {
        String next =
                build.autoRetryConfig() == null ? null : build.autoRetryConfig().nextAutoRetry();
        return next == null || next.isBlank() ? null : next.substring(next.lastIndexOf('/') + 1);
    }

    private static boolean isRetriedByAws(@CheckForNull AutoRetryConfig retry) {
        return retry != null && retry.autoRetryLimit() != null && retry.autoRetryLimit() > 0;
    }

    private static int retriesLeft(@CheckForNull AutoRetryConfig retry) {
        if (retry == null || retry.autoRetryLimit() == null || retry.nextAutoRetry() != null) {
            return 0;
        }
        int made = retry.autoRetryNumber() == null ? 0 : retry.autoRetryNumber();
        return Math.max(0, retry.autoRetryLimit() - made);
    }

    /** How far a build is, in the terms of no service. */
    @NonNull
    static Progress progress(@NonNull BuildSnapshot build, @NonNull AwsSession session) {
        List<Progress.Fact> facts = new ArrayList<>();
        String version = build.sourceVersion();
        if (version != null) {
            facts.add(new Progress.Fact(What.SOURCE_VERSION, version));
        }
        if (build.succeeded()) { // named from the beginning, but there only now
            build.artifacts().forEach(artifact -> facts.add(S3Place.fact(artifact.getLocation(), session.region())));
            String exported = build.exportedVariables().get("VERSION");
            if (exported != null && !exported.isBlank()) {
                facts.add(new Progress.Fact(What.EXPORTED_VERSION, exported.strip()));
            }
        }
        facts.addAll(build.reports().facts());
        LogLocation log = build.log();
        if (build.logUrl() != null && log != null) {
            facts.add(new Progress.Fact(What.LOG, log.toString(), build.logUrl()));
        }
        DebugSession debug = build.debug();
        String url = CodeBuild.consoleUrl(session, build);
        return new Progress(
                build.id(),
                build.name(),
                build.status(),
                build.ended() ? BuildSnapshot.endState(build.status()) : Progress.State.RUNNING,
                build.stage(),
                build.shownPhases(),
                facts,
                build.ended() && !build.succeeded() ? build.cause() : "",
                url,
                build.start(),
                build.end(),
                debug == null ? null : new Progress.WayIn(url, debug.command(session.region())));
    }
}

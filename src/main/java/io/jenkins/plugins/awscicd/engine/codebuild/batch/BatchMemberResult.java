package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of one build of a batch; of several attempts, the last. */
public final class BatchMemberResult implements JobResult, Deliverable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String identifier;
    private final ArrayList<String> dependsOn;
    private final boolean ignoreFailure;
    private final String status;
    private final int attempts;
    private final String buildId;
    private final Double seconds;
    private final ArrayList<BuildResult.Artifact> artifacts;
    private final LinkedHashMap<String, String> exportedVariables;
    private final String consoleUrl;
    private final String logUrl;
    private final String cause;

    BatchMemberResult(@NonNull BatchMember member, @NonNull BatchSnapshot last, @NonNull AwsSession session) {
        BuildSnapshot build = last.build(member.current());
        Duration took = BatchSnapshot.took(build);
        this.identifier = member.identifier();
        this.dependsOn = new ArrayList<>(member.dependsOn());
        this.ignoreFailure = member.ignoreFailure();
        this.status = member.current().status();
        this.attempts = (int) member.prior().stream()
                        .filter(BatchMember.Attempt::isThere)
                        .count()
                + (member.current().isThere() ? 1 : 0);
        this.buildId = member.current().isThere() ? member.current().build() : null;
        this.seconds = took == null ? null : took.toMillis() / 1000.0;
        this.artifacts = new ArrayList<>(last.artifacts(member));
        this.exportedVariables = build == null ? new LinkedHashMap<>() : new LinkedHashMap<>(build.exportedVariables());
        this.consoleUrl = build == null ? null : CodeBuild.consoleUrl(session, build);
        this.logUrl = build == null ? null : build.logUrl();
        this.cause = build == null || !build.failed() ? null : build.cause();
    }

    /** Its name in the batch. */
    @NonNull
    public String getIdentifier() {
        return identifier;
    }

    /** The names of the builds that came before it. */
    @NonNull
    public List<String> getDependsOn() {
        return new ArrayList<>(dependsOn);
    }

    /** Whether the batch may succeed without it. */
    public boolean isIgnoreFailure() {
        return ignoreFailure;
    }

    /** As a build's, or {@code PENDING}; {@code STOPPED} also if it was never built. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** How many builds it has had: 0 if it was never built. */
    public int getAttempts() {
        return attempts;
    }

    /** The id of its last build; null if it was never built. */
    @CheckForNull
    public String getBuildId() {
        return buildId;
    }

    /** How long its last build took; null if there was none, or AWS could not be asked. */
    @CheckForNull
    public Double getSeconds() {
        return seconds;
    }

    /** What its last build has put into S3, the primary artifact first. */
    @NonNull
    public List<BuildResult.Artifact> getArtifacts() {
        return new ArrayList<>(artifacts);
    }

    /** The variables that its last build has exported. */
    @NonNull
    public Map<String, String> getExportedVariables() {
        return new LinkedHashMap<>(exportedVariables);
    }

    /** The page of its last build in the AWS console; null if there was none. */
    @CheckForNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** The page of that build's log in the AWS console; null without CloudWatch Logs. */
    @CheckForNull
    public String getLogUrl() {
        return logUrl;
    }

    /** Why that build failed; null if it did not. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** The primary artifact. */
    @Override
    @CheckForNull
    public S3Object deliverable() {
        return BuildResult.Artifact.primary(artifacts);
    }

    @Override
    public String toString() {
        return identifier + " " + status;
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.report.CoverageCounts;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestCounts;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What came of a batch of builds: what {@code codeBuild} returns for one. Plain data, as it is kept with the run. */
public final class BatchResult implements Approvable, Deliverable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String arn;
    private final String project;
    private final long number;
    private final String status;
    private final int retries;
    private final String sourceVersion;
    private final ArrayList<BatchMemberResult> members = new ArrayList<>();
    private final ArrayList<BuildResult.Artifact> artifacts;
    private final TestCounts tests;
    private final CoverageCounts coverage;
    private final String consoleUrl;
    private final String cause;

    BatchResult(@NonNull BatchSnapshot last, @NonNull ReportOutcome reports, @NonNull AwsSession session) {
        this.id = last.id();
        this.arn = last.arn();
        this.project = last.project();
        this.number = last.number();
        this.status = last.status();
        this.retries = last.retried();
        this.sourceVersion = last.sourceVersion();
        last.members().forEach(member -> members.add(new BatchMemberResult(member, last, session)));
        this.artifacts = new ArrayList<>(last.artifacts());
        this.tests = reports.counts();
        this.coverage = reports.coverage();
        this.consoleUrl = last.consoleUrl(session);
        this.cause = last.succeeded() ? null : last.cause();
    }

    /** The batch's id, such as {@code web:0123…}. */
    @NonNull
    public String getId() {
        return id;
    }

    /** The batch's ARN. */
    @NonNull
    public String getArn() {
        return arn;
    }

    /** The project that was built. */
    @NonNull
    public String getProject() {
        return project;
    }

    /** Counts the project's batches. */
    public long getNumber() {
        return number;
    }

    /** {@code SUCCEEDED}, {@code FAILED}, {@code FAULT}, {@code TIMED_OUT} or {@code STOPPED}. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** How often its failed builds were tried again. */
    public int getRetries() {
        return retries;
    }

    /** The exact version that was built, where the source has versions. */
    @CheckForNull
    public String getSourceVersion() {
        return sourceVersion;
    }

    /** Its builds, in the order in which AWS has them; that which downloads the source is the first of them, if AWS tells it. */
    @NonNull
    public List<BatchMemberResult> getMembers() {
        return new ArrayList<>(members);
    }

    /** One of its builds; null if there is none of that name. */
    @CheckForNull
    BatchMemberResult member(@NonNull String identifier) {
        return members.stream()
                .filter(member -> member.getIdentifier().equals(identifier))
                .findFirst()
                .orElse(null);
    }

    /** What AWS has made of the artifacts of all builds, the primary artifact first; empty unless they are combined. */
    @NonNull
    public List<BuildResult.Artifact> getArtifacts() {
        return new ArrayList<>(artifacts);
    }

    /** How the tests in the reports of all builds ended; null if there are no such reports, or they could not be read. */
    @CheckForNull
    public TestCounts getTests() {
        return tests;
    }

    /** How much of the code they have covered; null if there are no coverage reports, or they could not be read. */
    @CheckForNull
    public CoverageCounts getCoverage() {
        return coverage;
    }

    /** The batch's page in the AWS console. */
    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** Why the batch failed; null if it did not. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** The primary one of the combined artifacts. */
    @Override
    @CheckForNull
    public S3Object deliverable() {
        return BuildResult.Artifact.primary(artifacts);
    }

    @Override
    @NonNull
    public String subject() {
        return "batch " + project + " #" + number;
    }

    @Override
    @CheckForNull
    public String exactly() {
        return sourceVersion;
    }

    /** The archive, if there is one: what was built of the source is deployed, and not the source. */
    @Override
    @CheckForNull
    public String deployable() {
        S3Object archive = deliverable();
        return archive == null ? exactly() : archive.address();
    }

    @Override
    public String toString() {
        return "batch " + id + " " + status;
    }
}

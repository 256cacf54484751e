package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.BuiltArtifact;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.S3Place;
import io.jenkins.plugins.awscicd.engine.codebuild.report.CoverageCounts;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestCounts;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What came of a build: what {@code codeBuild} returns to a Jenkinsfile. Plain data, as it is kept with the run. */
public final class BuildResult implements Approvable, Deliverable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String arn;
    private final String project;
    private final long number;
    private final String status;
    private final String sourceVersion;
    private final LinkedHashMap<String, Double> phases = new LinkedHashMap<>();
    private final ArrayList<Artifact> artifacts;
    private final LinkedHashMap<String, String> exportedVariables;
    private final ArrayList<String> reportArns;
    private final TestCounts tests;
    private final CoverageCounts coverage;
    private final String consoleUrl;
    private final String logUrl;
    private final String cause;
    private final ArrayList<BuildTry> tries; // null in results that were stored without it

    BuildResult(BuildSnapshot last, ReportOutcome reports, List<BuildTry> tries) {
        this.id = last.id();
        this.arn = last.arn();
        this.project = last.project();
        this.number = last.number();
        this.status = last.status();
        this.sourceVersion = last.sourceVersion();
        last.phases().forEach(phase -> {
            Duration took = phase.took();
            if (took != null) {
                phases.put(phase.type(), took.toMillis() / 1000.0);
            }
        });
        this.artifacts = new ArrayList<>(last.artifacts());
        this.exportedVariables = new LinkedHashMap<>(last.exportedVariables());
        this.reportArns = new ArrayList<>(last.reportArns());
        this.tests = reports.counts();
        this.coverage = reports.coverage();
        this.tries = new ArrayList<>(tries);
        this.consoleUrl = tries.get(tries.size() - 1).getConsoleUrl();
        this.logUrl = last.logUrl();
        this.cause = last.succeeded() ? null : last.cause();
    }

    /** The build's id, such as {@code web:0123…}. */
    @NonNull
    public String getId() {
        return id;
    }

    /** The build's ARN. */
    @NonNull
    public String getArn() {
        return arn;
    }

    /** The project that was built. */
    @NonNull
    public String getProject() {
        return project;
    }

    /** Counts the project's builds. */
    public long getNumber() {
        return number;
    }

    /** {@code SUCCEEDED}, {@code FAILED}, {@code FAULT}, {@code TIMED_OUT} or {@code STOPPED}. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** The exact version that was built, where the source has versions. */
    @CheckForNull
    public String getSourceVersion() {
        return sourceVersion;
    }

    /** How long each phase took, in seconds, in order. */
    @NonNull
    public Map<String, Double> getPhases() {
        return new LinkedHashMap<>(phases);
    }

    /** What the build has put into S3, the primary artifact first. */
    @NonNull
    public List<Artifact> getArtifacts() {
        return new ArrayList<>(artifacts);
    }

    /** The variables that the buildspec exports. */
    @NonNull
    public Map<String, String> getExportedVariables() {
        return new LinkedHashMap<>(exportedVariables);
    }

    /** The test and coverage reports of the build. */
    @NonNull
    public List<String> getReportArns() {
        return new ArrayList<>(reportArns);
    }

    /** How the tests in its reports ended; null if there are no such reports, or they could not be read. */
    @CheckForNull
    public TestCounts getTests() {
        return tests;
    }

    /** How much of the code its tests have covered; null if there are no coverage reports, or they could not be read. */
    @CheckForNull
    public CoverageCounts getCoverage() {
        return coverage;
    }

    /** The build's page in the AWS console. */
    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** The log's page in the AWS console; null without CloudWatch Logs. */
    @CheckForNull
    public String getLogUrl() {
        return logUrl;
    }

    /** Why the build failed; null if it did not. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** The builds that were tried one after another, this one last. */
    @NonNull
    public List<BuildTry> getTries() {
        return tries == null ? List.of() : new ArrayList<>(tries);
    }

    /** The primary artifact. */
    @Override
    @CheckForNull
    public S3Object deliverable() {
        return Artifact.primary(artifacts);
    }

    @Override
    @NonNull
    public String subject() {
        return "build " + project + " #" + number;
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
        return "build " + id + " " + status;
    }

    /**
     * Something that the build has put into S3
     * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildArtifacts.html">BuildArtifacts</a>).
     */
    public static final class Artifact implements JobResult, Deliverable, Serializable {

        private static final long serialVersionUID = 1L;

        private final String identifier;
        private final String location;
        private final String sha256sum;
        private final String md5sum;

        Artifact(
                @CheckForNull String identifier,
                @NonNull String location,
                @CheckForNull String sha256sum,
                @CheckForNull String md5sum) {
            this.identifier = identifier;
            this.location = location;
            this.sha256sum = sha256sum;
            this.md5sum = md5sum;
        }

        /** The archive that the primary one of several is; null if there is none, or it is no archive. */
        @CheckForNull
        public static S3Object primary(@NonNull List<Artifact> artifacts) {
            return artifacts.stream()
                    .filter(artifact -> artifact.identifier == null)
                    .findFirst()
                    .map(Artifact::deliverable)
                    .orElse(null);
        }

        /** Whether its identifier may say that this build of a batch has made it. The primary one needs none that does. */
        public boolean mayBeOf(@NonNull String member) {
            return identifier == null || identifier.startsWith(member + "_");
        }

        /** The same, of a build of a batch whose name AWS has put before the identifier: as the buildspec calls it. */
        @NonNull
        public Artifact of(@NonNull String member) {
            return identifier == null
                    ? this
                    : new Artifact(identifier.substring(member.length() + 1), location, sha256sum, md5sum);
        }

        /** Names a secondary artifact; null for the primary one. */
        @CheckForNull
        public String getIdentifier() {
            return identifier;
        }

        /** The ARN of the object or folder in S3. */
        @NonNull
        public String getLocation() {
            return location;
        }

        /** Present if the artifact is a zip file. */
        @CheckForNull
        public String getSha256sum() {
            return sha256sum;
        }

        /** Present if the artifact is a zip file. */
        @CheckForNull
        public String getMd5sum() {
            return md5sum;
        }

        @Override
        @CheckForNull
        public S3Object deliverable() {
            S3Place place = S3Place.of(location);
            return sha256sum == null || place == null || place.key().isEmpty()
                    ? null
                    : new S3Object(place.bucket(), place.key(), "zip", sha256sum);
        }

        /** Null if it is nowhere in S3. */
        @CheckForNull
        public BuiltArtifact built() {
            S3Place place = S3Place.of(location);
            return place == null ? null : new BuiltArtifact(identifier, place, sha256sum);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Artifact that
                    && location.equals(that.location)
                    && Objects.equals(sha256sum, that.sha256sum);
        }

        @Override
        public int hashCode() {
            return location.hashCode();
        }

        @Override
        public String toString() {
            return location;
        }
    }
}

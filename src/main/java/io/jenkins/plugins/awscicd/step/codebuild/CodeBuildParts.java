package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code codeBuild} that have parts of their own, and those of batches. Jobs keep each under its name, wherever it is declared. */
public abstract class CodeBuildParts extends CodeBuildOverrides {

    private List<SecondarySource> secondarySources;
    private CacheOverride cache;
    private CloudWatchLogsOverride cloudWatchLogs;
    private S3LogsOverride s3Logs;
    private ArtifactsOverride artifacts;
    private List<ArtifactsOverride> secondaryArtifacts;
    private SourceAuthOverride sourceAuth;
    private BuildStatusOverride buildStatusConfig;
    private BatchOverride batchConfig;

    /** Adds those that were given, each as a map or a list of maps. */
    final void addParts(@NonNull Map<String, Object> all) {
        if (secondarySources != null) {
            all.put(
                    "secondarySources",
                    secondarySources.stream().map(SecondarySource::toMap).toList());
        }
        if (cache != null) {
            all.put("cache", cache.toMap());
        }
        if (artifacts != null) {
            all.put("artifacts", artifacts.toMap());
        }
        if (secondaryArtifacts != null) {
            all.put(
                    "secondaryArtifacts",
                    secondaryArtifacts.stream().map(ArtifactsOverride::toMap).toList());
        }
        if (sourceAuth != null) {
            all.put("sourceAuth", sourceAuth.toMap());
        }
        if (buildStatusConfig != null) {
            all.put("buildStatusConfig", buildStatusConfig.toMap());
        }
        if (batchConfig != null) {
            all.put("batchConfig", batchConfig.toMap());
        }
        if (cloudWatchLogs != null) {
            all.put("cloudWatchLogs", cloudWatchLogs.toMap());
        }
        if (s3Logs != null) {
            all.put("s3Logs", s3Logs.toMap());
        }
    }

    /** Further sources. */
    @CheckForNull
    public List<SecondarySource> getSecondarySources() {
        return secondarySources;
    }

    @DataBoundSetter
    public void setSecondarySources(@CheckForNull List<SecondarySource> secondarySources) {
        this.secondarySources =
                secondarySources == null || secondarySources.isEmpty() ? null : new ArrayList<>(secondarySources);
    }

    /** What the build keeps for later ones. */
    @CheckForNull
    public CacheOverride getCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(@CheckForNull CacheOverride cache) {
        this.cache = cache;
    }

    /** The build's log in CloudWatch Logs. */
    @CheckForNull
    public CloudWatchLogsOverride getCloudWatchLogs() {
        return cloudWatchLogs;
    }

    @DataBoundSetter
    public void setCloudWatchLogs(@CheckForNull CloudWatchLogsOverride cloudWatchLogs) {
        this.cloudWatchLogs = cloudWatchLogs;
    }

    /** The build's log in S3. */
    @CheckForNull
    public S3LogsOverride getS3Logs() {
        return s3Logs;
    }

    @DataBoundSetter
    public void setS3Logs(@CheckForNull S3LogsOverride s3Logs) {
        this.s3Logs = s3Logs;
    }

    /** Where the build puts its artifacts. */
    @CheckForNull
    public ArtifactsOverride getArtifacts() {
        return artifacts;
    }

    @DataBoundSetter
    public void setArtifacts(@CheckForNull ArtifactsOverride artifacts) {
        this.artifacts = artifacts;
    }

    /** Where the build puts further artifacts. */
    @CheckForNull
    public List<ArtifactsOverride> getSecondaryArtifacts() {
        return secondaryArtifacts;
    }

    @DataBoundSetter
    public void setSecondaryArtifacts(@CheckForNull List<ArtifactsOverride> secondaryArtifacts) {
        this.secondaryArtifacts =
                secondaryArtifacts == null || secondaryArtifacts.isEmpty() ? null : new ArrayList<>(secondaryArtifacts);
    }

    /** With what CodeBuild reaches the source. */
    @CheckForNull
    public SourceAuthOverride getSourceAuth() {
        return sourceAuth;
    }

    @DataBoundSetter
    public void setSourceAuth(@CheckForNull SourceAuthOverride sourceAuth) {
        this.sourceAuth = sourceAuth;
    }

    /** What the source provider is told of the build's end. */
    @CheckForNull
    public BuildStatusOverride getBuildStatusConfig() {
        return buildStatusConfig;
    }

    @DataBoundSetter
    public void setBuildStatusConfig(@CheckForNull BuildStatusOverride buildStatusConfig) {
        this.buildStatusConfig = buildStatusConfig;
    }

    /** Whether a batch of builds is started. */
    @CheckForNull
    public Boolean getBatch() {
        return flag("batch");
    }

    @DataBoundSetter
    public void setBatch(@CheckForNull Boolean batch) {
        set("batch", batch);
    }

    /** How the batch is built. */
    @CheckForNull
    public BatchOverride getBatchConfig() {
        return batchConfig;
    }

    @DataBoundSetter
    public void setBatchConfig(@CheckForNull BatchOverride batchConfig) {
        this.batchConfig = batchConfig;
    }

    /** How often the failed builds of a batch are tried again: 0 to 10. */
    @CheckForNull
    public Integer getRetryFailed() {
        return number("retryFailed");
    }

    @DataBoundSetter
    public void setRetryFailed(@CheckForNull Integer retryFailed) {
        set("retryFailed", retryFailed);
    }
}

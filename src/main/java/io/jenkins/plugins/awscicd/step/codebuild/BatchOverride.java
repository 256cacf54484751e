package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How a batch is built, instead of what the project says (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectBuildBatchConfig.html">ProjectBuildBatchConfig</a>). */
public final class BatchOverride extends NestedArguments<BatchOverride> {

    @DataBoundConstructor
    public BatchOverride() {
        // everything is optional
    }

    /** ARN of the role with which CodeBuild starts and stops the batch's builds. */
    @CheckForNull
    public String getServiceRole() {
        return text("serviceRole");
    }

    @DataBoundSetter
    public void setServiceRole(@CheckForNull String serviceRole) {
        set("serviceRole", serviceRole);
    }

    /** Whether the artifacts of all builds are put into one place. */
    @CheckForNull
    public Boolean getCombineArtifacts() {
        return flag("combineArtifacts");
    }

    @DataBoundSetter
    public void setCombineArtifacts(@CheckForNull Boolean combineArtifacts) {
        set("combineArtifacts", combineArtifacts);
    }

    /** How many builds there may be. */
    @CheckForNull
    public Integer getMaximumBuildsAllowed() {
        return number("maximumBuildsAllowed");
    }

    @DataBoundSetter
    public void setMaximumBuildsAllowed(@CheckForNull Integer maximumBuildsAllowed) {
        set("maximumBuildsAllowed", maximumBuildsAllowed);
    }

    /** On machines of which sizes, separated by commas; null for all. */
    @CheckForNull
    public String getComputeTypesAllowed() {
        return text("computeTypesAllowed");
    }

    @DataBoundSetter
    public void setComputeTypesAllowed(@CheckForNull String computeTypesAllowed) {
        set("computeTypesAllowed", computeTypesAllowed);
    }

    /** On which fleets, separated by commas; null for all. */
    @CheckForNull
    public String getFleetsAllowed() {
        return text("fleetsAllowed");
    }

    @DataBoundSetter
    public void setFleetsAllowed(@CheckForNull String fleetsAllowed) {
        set("fleetsAllowed", fleetsAllowed);
    }

    /** After how many minutes AWS ends the batch. */
    @CheckForNull
    public Integer getTimeoutInMins() {
        return number("timeoutInMins");
    }

    @DataBoundSetter
    public void setTimeoutInMins(@CheckForNull Integer timeoutInMins) {
        set("timeoutInMins", timeoutInMins);
    }

    /** Whether the source provider is told of each build, or of the batch: {@code REPORT_INDIVIDUAL_BUILDS}, {@code REPORT_AGGREGATED_BATCH}. */
    @CheckForNull
    public String getBatchReportMode() {
        return text("batchReportMode");
    }

    @DataBoundSetter
    public void setBatchReportMode(@CheckForNull String batchReportMode) {
        set("batchReportMode", batchReportMode);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<BatchOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.BatchOverride_displayName();
        }
    }
}

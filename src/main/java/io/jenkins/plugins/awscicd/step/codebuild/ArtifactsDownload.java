package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Which of the build's artifacts come into the workspace, and how. */
public final class ArtifactsDownload extends NestedArguments<ArtifactsDownload> {

    @DataBoundConstructor
    public ArtifactsDownload(@CheckForNull String to) {
        set("to", to);
    }

    /** The directory, relative to the workspace; null for the workspace itself. */
    @CheckForNull
    public String getTo() {
        return text("to");
    }

    /** Identifiers of secondary artifacts, separated by commas. */
    @CheckForNull
    public String getSecondary() {
        return text("secondary");
    }

    @DataBoundSetter
    public void setSecondary(@CheckForNull String secondary) {
        set("secondary", secondary);
    }

    /** Whether zip archives are unpacked. */
    @CheckForNull
    public Boolean getUnzip() {
        return flag("unzip");
    }

    @DataBoundSetter
    public void setUnzip(@CheckForNull Boolean unzip) {
        set("unzip", unzip);
    }

    /** How much all of them may have, packed and unpacked. */
    @CheckForNull
    public Integer getMaxMb() {
        return number("maxMb");
    }

    @DataBoundSetter
    public void setMaxMb(@CheckForNull Integer maxMb) {
        set("maxMb", maxMb);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ArtifactsDownload> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.ArtifactsDownload_displayName();
        }
    }
}

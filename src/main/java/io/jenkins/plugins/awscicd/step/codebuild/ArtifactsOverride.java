package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Where the build puts its artifacts, instead of where the project says (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectArtifacts.html">ProjectArtifacts</a>). */
public final class ArtifactsOverride extends NamedPlace<ArtifactsOverride> {

    @DataBoundConstructor
    public ArtifactsOverride() {
        // everything is optional
    }

    /** The folder in the bucket. */
    @CheckForNull
    public String getPath() {
        return text("path");
    }

    @DataBoundSetter
    public void setPath(@CheckForNull String path) {
        set("path", path);
    }

    /** {@code BUILD_ID} for a folder of each build's own, or {@code NONE}. */
    @CheckForNull
    public String getNamespaceType() {
        return text("namespaceType");
    }

    @DataBoundSetter
    public void setNamespaceType(@CheckForNull String namespaceType) {
        set("namespaceType", namespaceType);
    }

    /** The name of the object or folder. */
    @CheckForNull
    public String getName() {
        return text("name");
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        set("name", name);
    }

    /** {@code ZIP} or {@code NONE}. */
    @CheckForNull
    public String getPackaging() {
        return text("packaging");
    }

    @DataBoundSetter
    public void setPackaging(@CheckForNull String packaging) {
        set("packaging", packaging);
    }

    /** Whether the name in the buildspec counts. */
    @CheckForNull
    public Boolean getOverrideArtifactName() {
        return flag("overrideArtifactName");
    }

    @DataBoundSetter
    public void setOverrideArtifactName(@CheckForNull Boolean overrideArtifactName) {
        set("overrideArtifactName", overrideArtifactName);
    }

    /** Whether the artifact is left unencrypted. */
    @CheckForNull
    public Boolean getEncryptionDisabled() {
        return flag("encryptionDisabled");
    }

    @DataBoundSetter
    public void setEncryptionDisabled(@CheckForNull Boolean encryptionDisabled) {
        set("encryptionDisabled", encryptionDisabled);
    }

    /** What the owner of another account's bucket may do: {@code NONE}, {@code READ_ONLY} or {@code FULL}. */
    @CheckForNull
    public String getBucketOwnerAccess() {
        return text("bucketOwnerAccess");
    }

    @DataBoundSetter
    public void setBucketOwnerAccess(@CheckForNull String bucketOwnerAccess) {
        set("bucketOwnerAccess", bucketOwnerAccess);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ArtifactsOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.ArtifactsOverride_displayName();
        }
    }
}

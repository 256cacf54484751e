package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The build's log in S3 (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_S3LogsConfig.html">S3LogsConfig</a>). */
public final class S3LogsOverride extends NestedArguments<S3LogsOverride> {

    @DataBoundConstructor
    public S3LogsOverride() {
        // everything is optional
    }

    /** {@code ENABLED} or {@code DISABLED}. */
    @CheckForNull
    public String getStatus() {
        return text("status");
    }

    @DataBoundSetter
    public void setStatus(@CheckForNull String status) {
        set("status", status);
    }

    /** Bucket and folder. */
    @CheckForNull
    public String getLocation() {
        return text("location");
    }

    @DataBoundSetter
    public void setLocation(@CheckForNull String location) {
        set("location", location);
    }

    /** Whether the log is left unencrypted. */
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
    public static final class DescriptorImpl extends Descriptor<S3LogsOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.S3LogsOverride_displayName();
        }
    }
}

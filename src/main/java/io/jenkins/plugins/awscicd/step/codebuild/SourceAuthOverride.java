package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** With what CodeBuild reaches the source, instead of what the project says (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_SourceAuth.html">SourceAuth</a>). */
public final class SourceAuthOverride extends NestedArguments<SourceAuthOverride> {

    @DataBoundConstructor
    public SourceAuthOverride() {
        // what is required, the engine knows
    }

    /** {@code OAUTH}, {@code CODECONNECTIONS} or {@code SECRETS_MANAGER}. */
    @CheckForNull
    public String getType() {
        return text("type");
    }

    @DataBoundSetter
    public void setType(@CheckForNull String type) {
        set("type", type);
    }

    /** ARN of the connection or of the secret. */
    @CheckForNull
    public String getResource() {
        return text("resource");
    }

    @DataBoundSetter
    public void setResource(@CheckForNull String resource) {
        set("resource", resource);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SourceAuthOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.SourceAuthOverride_displayName();
        }
    }
}

package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What the source provider is told of the build's end (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildStatusConfig.html">BuildStatusConfig</a>). */
public final class BuildStatusOverride extends NestedArguments<BuildStatusOverride> {

    @DataBoundConstructor
    public BuildStatusOverride() {
        // what is required, the engine knows
    }

    /** What it is called there. */
    @CheckForNull
    public String getContext() {
        return text("context");
    }

    @DataBoundSetter
    public void setContext(@CheckForNull String context) {
        set("context", context);
    }

    /** Where it links to. */
    @CheckForNull
    public String getTargetUrl() {
        return text("targetUrl");
    }

    @DataBoundSetter
    public void setTargetUrl(@CheckForNull String targetUrl) {
        set("targetUrl", targetUrl);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<BuildStatusOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.BuildStatusOverride_displayName();
        }
    }
}

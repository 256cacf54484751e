package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A further source of the build (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html">ProjectSource</a>). */
public final class SecondarySource extends NamedPlace<SecondarySource> {

    @DataBoundConstructor
    public SecondarySource() {
        // everything is optional
    }

    /** A commit, branch, tag or object version. */
    @CheckForNull
    public String getVersion() {
        return text("version");
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        set("version", version);
    }

    /** How many commits are fetched; 0 for all. */
    @CheckForNull
    public Integer getGitCloneDepth() {
        return number("gitCloneDepth");
    }

    @DataBoundSetter
    public void setGitCloneDepth(@CheckForNull Integer gitCloneDepth) {
        set("gitCloneDepth", gitCloneDepth);
    }

    /** Whether submodules are fetched. */
    @CheckForNull
    public Boolean getGitSubmodules() {
        return flag("gitSubmodules");
    }

    @DataBoundSetter
    public void setGitSubmodules(@CheckForNull Boolean gitSubmodules) {
        set("gitSubmodules", gitSubmodules);
    }

    /** Whether the source's certificate is left unchecked. */
    @CheckForNull
    public Boolean getInsecureSsl() {
        return flag("insecureSsl");
    }

    @DataBoundSetter
    public void setInsecureSsl(@CheckForNull Boolean insecureSsl) {
        set("insecureSsl", insecureSsl);
    }

    /** With what it is reached. */
    @CheckForNull
    public SourceAuthOverride getAuth() {
        return part("auth", SourceAuthOverride.class);
    }

    @DataBoundSetter
    public void setAuth(@CheckForNull SourceAuthOverride auth) {
        set("auth", auth);
    }

    /** What the source provider is told of the build's end. */
    @CheckForNull
    public BuildStatusOverride getBuildStatusConfig() {
        return part("buildStatusConfig", BuildStatusOverride.class);
    }

    @DataBoundSetter
    public void setBuildStatusConfig(@CheckForNull BuildStatusOverride buildStatusConfig) {
        set("buildStatusConfig", buildStatusConfig);
    }

    /** Whether the source provider is told how the build ends. */
    @CheckForNull
    public Boolean getReportBuildStatus() {
        return flag("reportBuildStatus");
    }

    @DataBoundSetter
    public void setReportBuildStatus(@CheckForNull Boolean reportBuildStatus) {
        set("reportBuildStatus", reportBuildStatus);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SecondarySource> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.SecondarySource_displayName();
        }
    }
}

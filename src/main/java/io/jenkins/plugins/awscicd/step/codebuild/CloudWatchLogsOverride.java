package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The build's log in CloudWatch Logs (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CloudWatchLogsConfig.html">CloudWatchLogsConfig</a>). */
public final class CloudWatchLogsOverride extends NestedArguments<CloudWatchLogsOverride> {

    @DataBoundConstructor
    public CloudWatchLogsOverride() {
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

    /** The log group. */
    @CheckForNull
    public String getGroupName() {
        return text("groupName");
    }

    @DataBoundSetter
    public void setGroupName(@CheckForNull String groupName) {
        set("groupName", groupName);
    }

    /** What the log stream's name begins with. */
    @CheckForNull
    public String getStreamName() {
        return text("streamName");
    }

    @DataBoundSetter
    public void setStreamName(@CheckForNull String streamName) {
        set("streamName", streamName);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<CloudWatchLogsOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudWatchLogsOverride_displayName();
        }
    }
}

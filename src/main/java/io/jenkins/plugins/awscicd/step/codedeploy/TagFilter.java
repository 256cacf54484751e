package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Which instances, by a tag (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_EC2TagFilter.html">EC2TagFilter</a>). */
public final class TagFilter extends NestedArguments<TagFilter> {

    @DataBoundConstructor
    public TagFilter() {
        // everything is optional
    }

    /** The tag's key. */
    @CheckForNull
    public String getKey() {
        return text("key");
    }

    @DataBoundSetter
    public void setKey(@CheckForNull String key) {
        set("key", key);
    }

    /** The tag's value. */
    @CheckForNull
    public String getValue() {
        return text("value");
    }

    @DataBoundSetter
    public void setValue(@CheckForNull String value) {
        set("value", value);
    }

    /** What is compared: {@code KEY_ONLY}, {@code VALUE_ONLY} or {@code KEY_AND_VALUE}. */
    @CheckForNull
    public String getType() {
        return text("type");
    }

    @DataBoundSetter
    public void setType(@CheckForNull String type) {
        set("type", type);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<TagFilter> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.TagFilter_displayName();
        }
    }
}

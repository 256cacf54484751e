package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One of the groups of which an instance has to be in each (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_EC2TagSet.html">EC2TagSet</a>). */
public final class TagFilterGroup extends NestedArguments<TagFilterGroup> {

    @DataBoundConstructor
    public TagFilterGroup() {
        // everything is optional
    }

    /** An instance is in the group that has any of these tags. */
    @CheckForNull
    public List<TagFilter> getFilters() {
        return parts("filters", TagFilter.class);
    }

    @DataBoundSetter
    public void setFilters(@CheckForNull List<TagFilter> filters) {
        setParts("filters", filters);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<TagFilterGroup> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.TagFilterGroup_displayName();
        }
    }
}

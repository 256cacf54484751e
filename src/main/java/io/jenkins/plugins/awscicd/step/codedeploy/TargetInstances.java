package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.step.ListsDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Of a blue/green deployment, the instances that become the replacement (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TargetInstances.html">TargetInstances</a>). */
public final class TargetInstances extends NestedArguments<TargetInstances> {

    @DataBoundConstructor
    public TargetInstances() {
        // everything is optional
    }

    /** Instances that have any of these tags. */
    @CheckForNull
    public List<TagFilter> getTagFilters() {
        return parts("tagFilters", TagFilter.class);
    }

    @DataBoundSetter
    public void setTagFilters(@CheckForNull List<TagFilter> tagFilters) {
        setParts("tagFilters", tagFilters);
    }

    /** Names of Auto Scaling groups. */
    @CheckForNull
    public List<String> getAutoScalingGroups() {
        return texts("autoScalingGroups");
    }

    @DataBoundSetter
    public void setAutoScalingGroups(@CheckForNull List<String> autoScalingGroups) {
        setTexts("autoScalingGroups", autoScalingGroups);
    }

    /** Instances that are in each of these groups. */
    @CheckForNull
    public List<TagFilterGroup> getEc2TagSet() {
        return parts("ec2TagSet", TagFilterGroup.class);
    }

    @DataBoundSetter
    public void setEc2TagSet(@CheckForNull List<TagFilterGroup> ec2TagSet) {
        setParts("ec2TagSet", ec2TagSet);
    }

    @Extension
    public static final class DescriptorImpl extends ListsDescriptor<TargetInstances> {

        public DescriptorImpl() {
            super("autoScalingGroups");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.TargetInstances_displayName();
        }
    }
}

package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationStackSetStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A stack set of CloudFormation as a build step. */
public final class StackSetBuilder extends AwsStepBuilder {

    private final CloudFormationStackSetStep step;

    @DataBoundConstructor
    public StackSetBuilder(@NonNull CloudFormationStackSetStep step) {
        this.step = step;
    }

    /** What is deployed where, and how. */
    @NonNull
    public CloudFormationStackSetStep getStep() {
        return step;
    }

    @Override
    @NonNull
    AwsStep step() {
        return step;
    }

    @Extension
    @Symbol("awsCloudFormationStackSet")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Builder> {

        public DescriptorImpl() {
            super(StackSetBuilder.class, CloudFormationStackSetStep.class);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudFormationStackSetStep_displayName();
        }
    }
}

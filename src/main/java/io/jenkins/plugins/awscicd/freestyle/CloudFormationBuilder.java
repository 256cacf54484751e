package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A deployment with CloudFormation as a build step. */
public final class CloudFormationBuilder extends AwsStepBuilder {

    private final CloudFormationDeployStep step;

    @DataBoundConstructor
    public CloudFormationBuilder(@NonNull CloudFormationDeployStep step) {
        this.step = step;
    }

    /** What is deployed where, and how. */
    @NonNull
    public CloudFormationDeployStep getStep() {
        return step;
    }

    @Override
    @NonNull
    AwsStep step() {
        return step;
    }

    @Extension
    @Symbol("awsCloudFormation")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Builder> {

        public DescriptorImpl() {
            super(CloudFormationBuilder.class, CloudFormationDeployStep.class);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudFormationDeployStep_displayName();
        }
    }
}

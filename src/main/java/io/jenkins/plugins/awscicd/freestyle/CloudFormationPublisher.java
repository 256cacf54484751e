package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A deployment with CloudFormation as a post-build step. */
public final class CloudFormationPublisher extends AwsStepPublisher {

    private final CloudFormationDeployStep step;

    @DataBoundConstructor
    public CloudFormationPublisher(@NonNull CloudFormationDeployStep step) {
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
    @Symbol("awsCloudFormationPublisher")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Publisher> {

        public DescriptorImpl() {
            super(CloudFormationPublisher.class, CloudFormationDeployStep.class, "when");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudFormationDeployStep_displayName();
        }
    }
}

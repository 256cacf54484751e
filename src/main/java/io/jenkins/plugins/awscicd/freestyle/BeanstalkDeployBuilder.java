package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A deployment with Elastic Beanstalk as a build step. */
public final class BeanstalkDeployBuilder extends AwsStepBuilder {

    private final BeanstalkDeployStep step;

    @DataBoundConstructor
    public BeanstalkDeployBuilder(@NonNull BeanstalkDeployStep step) {
        this.step = step;
    }

    /** What is deployed where, and how. */
    @NonNull
    public BeanstalkDeployStep getStep() {
        return step;
    }

    @Override
    @NonNull
    AwsStep step() {
        return step;
    }

    @Extension
    @Symbol("awsBeanstalkDeploy")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Builder> {

        public DescriptorImpl() {
            super(BeanstalkDeployBuilder.class, BeanstalkDeployStep.class);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.BeanstalkDeployStep_displayName();
        }
    }
}

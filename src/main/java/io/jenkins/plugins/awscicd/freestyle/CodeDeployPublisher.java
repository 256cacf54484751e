package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A deployment with CodeDeploy as a post-build step. */
public final class CodeDeployPublisher extends AwsStepPublisher {

    private final CodeDeployStep step;

    @DataBoundConstructor
    public CodeDeployPublisher(@NonNull CodeDeployStep step) {
        this.step = step;
    }

    /** What is deployed where, and how. */
    @NonNull
    public CodeDeployStep getStep() {
        return step;
    }

    @Override
    @NonNull
    AwsStep step() {
        return step;
    }

    @Extension
    @Symbol("awsCodeDeployPublisher")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Publisher> {

        public DescriptorImpl() {
            super(CodeDeployPublisher.class, CodeDeployStep.class, "when");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeDeployStep_displayName();
        }
    }
}

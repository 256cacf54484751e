package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A build on CodeBuild as a post-build step: what it makes and tests belongs to the run as in a build step. */
public final class CodeBuildPublisher extends AwsStepPublisher {

    private final CodeBuildStep step;

    @DataBoundConstructor
    public CodeBuildPublisher(@NonNull CodeBuildStep step) {
        this.step = step;
    }

    /** What is built, and how. */
    @NonNull
    public CodeBuildStep getStep() {
        return step;
    }

    @Override
    @NonNull
    AwsStep step() {
        return step;
    }

    @Extension
    @Symbol("awsCodeBuildPublisher")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Publisher> {

        public DescriptorImpl() {
            super(CodeBuildPublisher.class, CodeBuildStep.class, "when");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeBuildStep_displayName();
        }
    }
}

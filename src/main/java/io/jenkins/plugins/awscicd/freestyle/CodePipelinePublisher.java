package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.codepipeline.CodePipelineStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** An execution of a pipeline of CodePipeline as a post-build step. */
public final class CodePipelinePublisher extends AwsStepPublisher {

    private final CodePipelineStep step;

    @DataBoundConstructor
    public CodePipelinePublisher(@NonNull CodePipelineStep step) {
        this.step = step;
    }

    /** Which pipeline is started, and how it is followed. */
    @NonNull
    public CodePipelineStep getStep() {
        return step;
    }

    @Override
    @NonNull
    AwsStep step() {
        return step;
    }

    @Extension
    @Symbol("awsCodePipelinePublisher")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Publisher> {

        public DescriptorImpl() {
            super(CodePipelinePublisher.class, CodePipelineStep.class, "when");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodePipelineStep_displayName();
        }
    }
}

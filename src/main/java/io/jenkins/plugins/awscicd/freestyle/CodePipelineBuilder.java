package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.codepipeline.CodePipelineStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** An execution of a pipeline of CodePipeline as a build step. */
public final class CodePipelineBuilder extends AwsStepBuilder {

    private final CodePipelineStep step;

    @DataBoundConstructor
    public CodePipelineBuilder(@NonNull CodePipelineStep step) {
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
    @Symbol("awsCodePipeline")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Builder> {

        public DescriptorImpl() {
            super(CodePipelineBuilder.class, CodePipelineStep.class);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodePipelineStep_displayName();
        }
    }
}

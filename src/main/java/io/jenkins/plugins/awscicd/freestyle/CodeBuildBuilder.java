package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A build on CodeBuild as a build step. */
public final class CodeBuildBuilder extends AwsStepBuilder {

    private final CodeBuildStep step;

    @DataBoundConstructor
    public CodeBuildBuilder(@NonNull CodeBuildStep step) {
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
    @Symbol("awsCodeBuild")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Builder> {

        public DescriptorImpl() {
            super(CodeBuildBuilder.class, CodeBuildStep.class);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeBuildStep_displayName();
        }
    }
}

package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A deployment with CodeDeploy as a build step. */
public final class CodeDeployBuilder extends AwsStepBuilder {

    private final CodeDeployStep step;

    @DataBoundConstructor
    public CodeDeployBuilder(@NonNull CodeDeployStep step) {
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
    @Symbol("awsCodeDeploy")
    public static final class DescriptorImpl extends AwsStepBuildStepDescriptor<Builder> {

        public DescriptorImpl() {
            super(CodeDeployBuilder.class, CodeDeployStep.class);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeDeployStep_displayName();
        }
    }
}

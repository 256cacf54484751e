package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;

/**
 * A job at AWS as a build step. It holds the Pipeline step and runs that, so fields, checks and console are the same. It is none of
 * the simple build steps, which Pipeline can run too: Pipeline has the step itself.
 */
public abstract class AwsStepBuilder extends Builder {

    /** What the build step does. */
    @NonNull
    abstract AwsStep step();

    /** Waits for the step's end; the workspace may be missing, as long as nothing is uploaded from it. */
    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        return new StepRun(build, launcher, listener).perform(step());
    }

    /** How such a build step is offered: under the name, and with the help, of the Pipeline step. Public, as pages read it. */
    public abstract static class AwsStepBuilderDescriptor extends BuildStepDescriptor<Builder>
            implements CustomDescribableModel {

        private final Class<? extends AwsStep> step;

        AwsStepBuilderDescriptor(Class<? extends AwsStepBuilder> builder, Class<? extends AwsStep> step) {
            super(builder);
            this.step = step;
        }

        @Override
        @NonNull
        public final Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return StepArguments.checked(this, step, List.of(), arguments);
        }

        @Override
        public final boolean isApplicable(@SuppressWarnings("rawtypes") Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public final String getHelpFile() {
            return Jenkins.get().getDescriptorOrDie(step).getHelpFile();
        }
    }
}

package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractProject;
import hudson.model.Describable;
import hudson.tasks.BuildStep;
import hudson.tasks.BuildStepDescriptor;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;

/**
 * How a build step, or a post-build step, is offered: under the name, and with the help, of the Pipeline step. Each says its name itself:
 * Jenkins sorts by names while it still loads the descriptors, and the step's is not there to be asked. Public, as pages read it.
 *
 * @param <T> which of the two
 */
public abstract class AwsStepBuildStepDescriptor<T extends BuildStep & Describable<T>> extends BuildStepDescriptor<T>
        implements CustomDescribableModel {

    private final Class<? extends AwsStep> step;
    private final List<String> own;

    /** @param own the names of arguments that the step itself does not have */
    AwsStepBuildStepDescriptor(Class<? extends T> type, Class<? extends AwsStep> step, String... own) {
        super(type);
        this.step = step;
        this.own = List.of(own);
    }

    @Override
    @NonNull
    public final Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        return StepArguments.checked(this, step, own, arguments);
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

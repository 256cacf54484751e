package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A deployment as a post-build step, for builds that have come far enough. A notifier, so that recorders such as that of test
 * results have had their say about the build by then.
 */
public abstract class AwsStepPublisher extends Notifier {

    private static final String STABLE = "stable";
    /** The worst result with which it is deployed. */
    private static final Map<String, Result> WORST =
            Map.of(STABLE, Result.SUCCESS, "unstable", Result.UNSTABLE, "always", Result.ABORTED);

    private String when;

    /** What the post-build step does. */
    @NonNull
    abstract AwsStep step();

    /** When it is deployed: {@code stable}, {@code unstable} or {@code always}; null for the default, {@code stable}. */
    @CheckForNull
    public final String getWhen() {
        return when;
    }

    @DataBoundSetter
    public final void setWhen(@CheckForNull String when) {
        this.when = Util.fixEmptyAndTrim(when);
    }

    @Override
    public final BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    /** Waits for the step's end. An interrupt ends the build here, as nobody does so once post-build steps run. */
    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws IOException {
        String name = getDescriptor().getDisplayName();
        Result worst = WORST.get(when == null ? STABLE : when);
        if (worst == null) {
            listener.error(Messages.AwsStepPublisher_badWhen(name, when));
            return false;
        }
        Result soFar = build.getResult();
        if (soFar != null && soFar.isWorseThan(worst)) {
            listener.getLogger().println(Messages.AwsStepPublisher_skipped(name, soFar));
            return true;
        }
        try {
            return new StepRun(build, launcher, listener).perform(step());
        } catch (InterruptedException e) {
            Executor executor = build.getExecutor();
            build.setResult(executor == null ? Result.ABORTED : executor.abortResult());
            if (executor != null) {
                executor.recordCauseOfInterruption(build, listener);
            }
            return false;
        }
    }

    /** How such a post-build step is offered: under the name, and with the help, of the Pipeline step. Public, as pages read it. */
    public abstract static class AwsStepPublisherDescriptor extends BuildStepDescriptor<Publisher>
            implements CustomDescribableModel {

        private final Class<? extends AwsStep> step;

        AwsStepPublisherDescriptor(Class<? extends AwsStepPublisher> publisher, Class<? extends AwsStep> step) {
            super(publisher);
            this.step = step;
        }

        @Override
        @NonNull
        public final Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return StepArguments.checked(this, step, List.of("when"), arguments);
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

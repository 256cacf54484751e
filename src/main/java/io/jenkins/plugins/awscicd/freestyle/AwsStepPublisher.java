package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.io.IOException;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A job at AWS as a post-build step, for builds that have come far enough. A notifier, so that recorders such as that of test
 * results have had their say about the build by then.
 */
public abstract class AwsStepPublisher extends Notifier {

    private static final String STABLE = "stable";
    /** The worst result with which it runs. */
    private static final Map<String, Result> WORST =
            Map.of(STABLE, Result.SUCCESS, "unstable", Result.UNSTABLE, "always", Result.ABORTED);

    private String when;

    /** What the post-build step does. */
    @NonNull
    abstract AwsStep step();

    /** When it runs: {@code stable}, {@code unstable} or {@code always}; null for the default, {@code stable}. */
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
}

package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.io.IOException;

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
}

package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Functions;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step in the life of a build that is no Pipeline: the build's thread waits for it. */
final class StepRun {

    private final AbstractBuild<?, ?> build;
    private final Launcher launcher;
    private final BuildListener listener;

    StepRun(@NonNull AbstractBuild<?, ?> build, @NonNull Launcher launcher, @NonNull BuildListener listener) {
        this.build = build;
        this.launcher = launcher;
        this.listener = listener;
    }

    /**
     * Runs the step to its end.
     *
     * @return whether the build may go on; if not, it has its result
     * @throws InterruptedException if the build was aborted; what the step says of its job's abort is done by then
     */
    boolean perform(@NonNull AwsStep configured) throws InterruptedException, IOException {
        EnvVars environment = build.getEnvironment(listener);
        FreestyleStepContext context = new FreestyleStepContext(build, launcher, listener, environment);
        try {
            StepExecution execution =
                    Expansion.of(configured, environment, listener).start(context);
            Object result;
            RunningSteps.get().started(context, execution);
            try {
                execution.start();
                result = context.await(execution);
            } finally {
                RunningSteps.get().ended(context);
            }
            if (result instanceof JobResult ofJob) {
                ResultVariables.publish(build, ofJob);
            }
            return true;
        } catch (FlowInterruptedException e) {
            e.handle(build, listener);
            build.setResult(e.getResult());
        } catch (AbortException e) {
            fail(e);
        } catch (CompletionException e) {
            fail(e.getCause());
        } catch (InterruptedException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            fail(e);
        }
        return false;
    }

    private void fail(Throwable why) {
        if (why instanceof AbortException) {
            listener.error(why.getMessage());
        } else {
            Functions.printStackTrace(why, listener.error(Messages.StepRun_failed()));
        }
        build.setResult(Result.FAILURE);
    }
}

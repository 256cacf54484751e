package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.listeners.ItemListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * The steps that builds wait for. Such builds end with the controller, so when it goes down their steps are aborted: what that
 * means for a job at AWS, the step says. Comes before the engine's own end.
 */
@Extension(ordinal = 1)
public final class RunningSteps extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(RunningSteps.class.getName());

    /** How long the controller's end waits for jobs to end; they are asked to at once. */
    private static final int SECONDS_TO_END = 20;

    private static final int MILLIS_BETWEEN_LOOKS = 20;

    private final Map<FreestyleStepContext, StepExecution> running = new HashMap<>();

    @NonNull
    static RunningSteps get() {
        return ExtensionList.lookupSingleton(RunningSteps.class);
    }

    synchronized void started(@NonNull FreestyleStepContext context, @NonNull StepExecution execution) {
        running.put(context, execution);
    }

    synchronized void ended(@NonNull FreestyleStepContext context) {
        running.remove(context);
    }

    private synchronized Map<FreestyleStepContext, StepExecution> left() {
        return new HashMap<>(running);
    }

    @Override
    public void onBeforeShutdown() {
        Map<FreestyleStepContext, StepExecution> left = left();
        left.values().forEach(RunningSteps::abort);
        List<CompletableFuture<Void>> ends =
                left.keySet().stream().map(FreestyleStepContext::ended).toList();
        CompletableFuture<Void> allEnded = CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
            allEnded.completeOnTimeout(null, SECONDS_TO_END, TimeUnit.SECONDS).get();
            // Jenkins does not wait for a build whose step has ended, and has nothing of it on disk until it is over.
            while (!left.keySet().stream().allMatch(FreestyleStepContext::isBuildOver) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOGGER.log(Level.WARNING, "A step cannot be waited for", e);
        }
    }

    private static void abort(StepExecution execution) {
        try {
            execution.stop(new FlowInterruptedException(Result.ABORTED, true, new ControllerDown()));
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "Cannot abort a step", e);
        }
    }

    /** Why such a step was aborted. */
    static final class ControllerDown extends CauseOfInterruption {

        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return Messages.RunningSteps_controllerDown();
        }
    }
}

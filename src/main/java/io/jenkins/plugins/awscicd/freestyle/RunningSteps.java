package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awscicd.step.job.ControllerDown;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
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

    private final Map<FreestyleStepContext, StepExecution> running = new HashMap<>();
    private boolean closing;
    /** Builds that are waited for. */
    private final Map<Run<?, ?>, CompletableFuture<Void>> finalized = new ConcurrentHashMap<>();

    @NonNull
    static RunningSteps get() {
        return ExtensionList.lookupSingleton(RunningSteps.class);
    }

    /** @throws FlowInterruptedException if the controller goes down, and the step is not to begin */
    synchronized void started(@NonNull FreestyleStepContext context, @NonNull StepExecution execution)
            throws FlowInterruptedException {
        if (closing) {
            throw ControllerDown.abort();
        }
        running.put(context, execution);
    }

    synchronized void ended(@NonNull FreestyleStepContext context) {
        running.remove(context);
    }

    private synchronized Map<FreestyleStepContext, StepExecution> left() {
        closing = true;
        return new HashMap<>(running);
    }

    @Override
    public void onBeforeShutdown() {
        Map<FreestyleStepContext, StepExecution> left = left();
        left.values().forEach(RunningSteps::abort);
        // Jenkins does not wait for a build whose step has ended, and has nothing of it on disk until it is over.
        CompletableFuture<?>[] ends = left.keySet().stream()
                .flatMap(context -> Stream.of(context.ended(), finalized(context.build())))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends)
                    .completeOnTimeout(null, SECONDS_TO_END, TimeUnit.SECONDS)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOGGER.log(Level.WARNING, "A step cannot be waited for", e);
        }
    }

    /** Done when the build is over for good: with its result on disk. */
    private CompletableFuture<Void> finalized(Run<?, ?> build) {
        CompletableFuture<Void> end = finalized.computeIfAbsent(build, key -> new CompletableFuture<>());
        if (!build.isLogUpdated()) {
            end.complete(null); // it was so before it was waited for
        }
        return end;
    }

    /** Hears of the end of all builds. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {

        @Override
        public void onFinalized(Run<?, ?> build) {
            CompletableFuture<Void> end = get().finalized.get(build);
            if (end != null) {
                end.complete(null);
            }
        }
    }

    private static void abort(StepExecution execution) {
        try {
            execution.stop(ControllerDown.abort());
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "Cannot abort a step", e);
        }
    }
}

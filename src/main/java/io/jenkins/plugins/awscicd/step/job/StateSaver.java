package io.jenkins.plugins.awscicd.step.job;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Waits until a step's start token is on disk before anything is started with it. A program is as large as all of its steps,
 * so steps that start together share one save.
 */
@Extension
public class StateSaver {

    private final Map<FlowExecution, ListenableFuture<Void>> saves = new HashMap<>();

    @NonNull
    static StateSaver get() {
        return ExtensionList.lookupSingleton(StateSaver.class);
    }

    /**
     * Runs the task when the step's state is saved, or at once where the run's durability, or its kind, does not have it saved.
     *
     * @param context of a step that has started: saves and starts take turns on the program's own thread, so a save that is not
     *     done yet includes it
     */
    void afterSave(@NonNull StepContext context, @NonNull Executor executor, @NonNull Runnable task)
            throws IOException, InterruptedException {
        FlowExecution execution = context.get(FlowExecution.class);
        if (execution == null) {
            executor.execute(task); // no Pipeline: nothing is kept that could be resumed
            return;
        }
        save(execution, context).addListener(task, executor);
    }

    private ListenableFuture<Void> save(FlowExecution execution, StepContext context) {
        synchronized (saves) {
            ListenableFuture<Void> underWay = saves.get(execution);
            if (underWay != null) {
                return underWay;
            }
            ListenableFuture<Void> save = context.saveState();
            saves.put(execution, save);
            save.addListener(
                    () -> {
                        synchronized (saves) {
                            saves.remove(execution, save);
                        }
                    },
                    Runnable::run); // on the program's thread, before anything else can start there
            return save;
        }
    }
}

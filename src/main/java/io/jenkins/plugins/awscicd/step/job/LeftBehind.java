package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What steps have left when their run ends: journals, and, where the run was ended by force, jobs that nobody waits for any
 * more.
 */
@Extension
public class LeftBehind extends RunListener<Run<?, ?>> {

    /** By the run itself, not by its name: its job may be renamed, and another one get the old name. */
    private final Map<Run<?, ?>, Set<RemoteJobExecution<?>>> executions = new IdentityHashMap<>();

    @NonNull
    static LeftBehind get() {
        return ExtensionList.lookupSingleton(LeftBehind.class);
    }

    /** @return whether the run goes on; if it has ended already, the step is left and may only stop what it has at AWS */
    boolean started(@NonNull Run<?, ?> run, @NonNull RemoteJobExecution<?> execution) {
        synchronized (executions) {
            executions.computeIfAbsent(run, key -> new HashSet<>()).add(execution);
        }
        if (run.isLogUpdated()) {
            return true; // or it ends from here on, and finds the step
        }
        ended(run, execution);
        execution.leave(isAborted(run));
        return false;
    }

    private static boolean isAborted(Run<?, ?> run) {
        return run.getResult() == Result.ABORTED;
    }

    /** @return whether the run went on till now with the step in it */
    boolean ended(@NonNull Run<?, ?> run, @NonNull RemoteJobExecution<?> execution) {
        synchronized (executions) {
            Set<RemoteJobExecution<?>> ofRun = executions.get(run);
            boolean removed = ofRun != null && ofRun.remove(execution);
            if (removed && ofRun.isEmpty()) {
                executions.remove(run);
            }
            executions.notifyAll();
            return removed;
        }
    }

    /** The steps that run now. */
    @NonNull
    List<RemoteJobExecution<?>> underWay() {
        synchronized (executions) {
            return executions.values().stream().flatMap(Set::stream).toList();
        }
    }

    /** Waits until none of these steps runs any more, and no longer than this. */
    void awaitEnd(@NonNull Collection<RemoteJobExecution<?>> steps, @NonNull Duration within)
            throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        synchronized (executions) {
            for (long left = within.toMillis();
                    left > 0 && !Collections.disjoint(underWay(), steps);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                executions.wait(left);
            }
        }
    }

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        Set<RemoteJobExecution<?>> left;
        synchronized (executions) {
            left = executions.remove(run);
            executions.notifyAll();
        }
        boolean aborted = isAborted(run);
        boolean closing = AwsConnections.get().isClosing();
        if (left != null) {
            left.forEach(execution -> execution.leave(true)); // its run was ended by force, or the step was
            if (!closing) {
                sayWhatWasLeft(listener, left);
            }
        }
        if (aborted) {
            sayWhatMayRun(run, listener, left == null ? Set.of() : left, closing);
        }
        // Killed after a restart, before there was an executor: a step may come only now, to stop what its journal
        // names.
        if (!aborted || run.getExecutor() != null) {
            RunJournal.deleteAll(run);
        }
    }

    private static void sayWhatWasLeft(TaskListener listener, Set<RemoteJobExecution<?>> left) {
        left.stream()
                .filter(step -> step.known() != null)
                .forEach(step -> listener.getLogger()
                        .println("[AWS CI/CD] " + step.known()
                                + (step.stopsJob()
                                        ? " is being stopped in AWS: its step was ended by force and does not wait for that"
                                        : " continues in AWS: its step was ended by force and does not stop it")));
    }

    /** Pipeline does not even go on with a step of a run that was killed before its program was there. */
    private static void sayWhatMayRun(
            Run<?, ?> run, TaskListener listener, Set<RemoteJobExecution<?>> stopped, boolean closing) {
        Set<String> cared = closing
                ? Set.of() // nothing can be stopped any more
                : stopped.stream().map(step -> step.token().token()).collect(Collectors.toSet());
        String why = closing
                ? "this run has ended because Jenkins was shut down"
                : "this run was killed before its step could continue after the restart";
        RunJournal.underWay(run, cared)
                .forEach(id -> listener.getLogger().println("[AWS CI/CD] " + id + " may still run in AWS: " + why));
    }
}

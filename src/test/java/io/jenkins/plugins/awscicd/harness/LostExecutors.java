package io.jenkins.plugins.awscicd.harness;

import hudson.model.Computer;
import hudson.model.Executor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.queue.AsynchronousExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * Executors that wait for ever for a Pipeline that is over. A run gives its executor back when it ends; if it ends before the executor has
 * begun to wait for it (WorkflowRun.run throws what it waits by only then), as one may that ends at once or just after a restart, nobody does.
 * Whoever waits for Jenkins to be idle, or for that executor, waits for ever too.
 */
final class LostExecutors {

    private static final Logger LOGGER = Logger.getLogger(LostExecutors.class.getName());

    /** In nanoseconds: a run that ends gives its executor back within that, if it does so at all. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private final Jenkins jenkins;
    /** When each was first seen to wait for a run that is over. */
    private final Map<Executor, Long> seen = new WeakHashMap<>();

    LostExecutors(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    /** Gives back those that have waited for too long. */
    synchronized void giveBack() {
        for (Computer computer : jenkins.getComputers()) {
            List<Executor> all = new ArrayList<>(computer.getOneOffExecutors());
            all.addAll(computer.getExecutors());
            for (Executor executor : all) {
                AsynchronousExecution waiting = executor.getAsynchronousExecution();
                if (waiting == null || !isOver(executor)) {
                    seen.remove(executor);
                } else if (System.nanoTime() - seen.computeIfAbsent(executor, it -> System.nanoTime()) > LONGEST) {
                    LOGGER.info(() -> "Giving back the executor of " + executor.getCurrentExecutable());
                    waiting.completed(null);
                }
            }
        }
    }

    private static boolean isOver(Executor executor) {
        return executor.getCurrentExecutable() instanceof WorkflowRun run
                && !run.isLogUpdated()
                && !RunningBuilds.isRegistered(run);
    }
}

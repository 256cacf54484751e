package io.jenkins.plugins.awscicd.harness;

import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Runs that a test has left. */
final class RunningBuilds {

    private RunningBuilds() {}

    private static List<? extends Run<?, ?>> in(Jenkins jenkins) {
        return jenkins.getAllItems(Job.class).stream()
                .map(job -> (Job<?, ?>) job)
                .flatMap(job -> job.getNewBuilds().stream())
                .filter(Run::isLogUpdated)
                .toList();
    }

    /** All runs end, however they would rather go on; for a minute at most. */
    static void end(Jenkins jenkins) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            List<? extends Run<?, ?>> running = in(jenkins);
            if (running.isEmpty() && Queue.getInstance().isEmpty()) {
                return;
            }
            for (Run<?, ?> run : running) {
                Executor executor = run.getExecutor();
                if (i % 200 == 0 && executor != null) {
                    executor.interrupt(Result.ABORTED);
                }
                if (i >= 400 && run instanceof WorkflowRun pipeline) {
                    pipeline.doKill();
                }
            }
            TimeUnit.MILLISECONDS.sleep(25);
        }
    }
}

package io.jenkins.plugins.awscicd.harness;

import hudson.ExtensionList;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.log.FileLogStorage;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs that a test has left. */
public final class RunningBuilds {

    private RunningBuilds() {}

    private static List<? extends Run<?, ?>> in(Jenkins jenkins) {
        return jenkins.getAllItems(Job.class).stream()
                .map(job -> (Job<?, ?>) job)
                .flatMap(job -> job.getNewBuilds().stream())
                .filter(run -> run.isLogUpdated() || isRegistered(run) || run.getExecutor() != null)
                .toList();
    }

    /**
     * Whether Jenkins would have it go on after a restart. It knows such runs by name and number, and takes one off that list some time
     * after its result is known: by then, a run of the same name in the next test would be taken off instead.
     */
    static boolean isRegistered(Run<?, ?> run) {
        return run instanceof WorkflowRun pipeline
                && ExtensionList.lookupFirst(FlowExecutionList.Storage.class).contains(pipeline.asFlowExecutionOwner());
    }

    /** What the runs that go on have printed: without it nobody finds out what a test waited for in vain. */
    static void print(Jenkins jenkins) throws IOException {
        for (Run<?, ?> run : in(jenkins)) {
            System.out.println("=== " + run.getFullDisplayName() + " goes on. Its log:");
            System.out.println(JenkinsRule.getLog(run));
        }
    }

    /** All runs end, however they would rather go on; for a minute at most. */
    static void end(Jenkins jenkins) throws Exception {
        LostExecutors lost = new LostExecutors(jenkins);
        for (int i = 0; i < 2_400; i++) {
            lost.giveBack();
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

    /**
     * The log of a run that was deleted while something still had it open stays open, by its file's name: the next run of the same name and
     * number would write to a file that is not there any more, and its log stay empty.
     */
    static void forgetLogs() throws ReflectiveOperationException {
        Field open = FileLogStorage.class.getDeclaredField("openStorages");
        open.setAccessible(true);
        Map<?, ?> logs = (Map<?, ?>) open.get(null);
        synchronized (logs) {
            logs.keySet().removeIf(log -> !((File) log).exists());
        }
    }

    /** Jenkins itself deletes no job whose runs take longer than seconds to end, as they do on a busy machine. */
    public static void deleteWithJobs(Jenkins jenkins) throws Exception {
        end(jenkins);
        for (Item item : List.copyOf(jenkins.getItems())) {
            item.delete();
        }
    }
}

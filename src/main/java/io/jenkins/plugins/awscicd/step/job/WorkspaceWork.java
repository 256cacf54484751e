package io.jenkins.plugins.awscicd.step.job;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Something that is done with a step's workspace. It blocks, so it is done on a thread of its own, and can be taken back. */
final class WorkspaceWork {

    /** Uploads what a job needs, and starts it. */
    @FunctionalInterface
    public interface Work {
        /** @param owner whose workspace it is: the job's full name */
        void run(Workspace workspace, String owner) throws IOException, InterruptedException;
    }

    /** Anything that blocks and can be interrupted. */
    @FunctionalInterface
    interface Blocking {
        void run() throws IOException, InterruptedException;
    }

    private final Future<?> running;
    private final Consumer<Throwable> failed;

    private WorkspaceWork(Future<?> running, Consumer<Throwable> failed) {
        this.running = running;
        this.failed = failed;
    }

    /** @param failed told if it fails, or is interrupted */
    static WorkspaceWork begin(Blocking work, Consumer<Throwable> failed) {
        Future<?> running = AwsConnections.get().uploads().submit(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | Error e) {
                failed.accept(e);
            } catch (InterruptedException e) {
                failed.accept(interrupted());
            }
        });
        return new WorkspaceWork(running, failed);
    }

    /** Does it with the workspace that the step is in. */
    static void run(StepContext context, Work work) throws IOException, InterruptedException {
        FilePath root = context.get(FilePath.class);
        if (root == null) {
            throw new AbortException(Messages.WorkspaceWork_noWorkspace());
        }
        work.run(new AgentWorkspace(root), context.get(Run.class).getParent().getFullName());
    }

    /** Work that is taken back may never have begun, and then tells nobody: so this does. */
    void cancel() {
        if (running.cancel(true)) {
            failed.accept(interrupted());
        }
    }

    private static AbortException interrupted() {
        return new AbortException(Messages.WorkspaceWork_interrupted());
    }
}

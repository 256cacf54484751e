package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Something that is done with a step's workspace. It blocks, so it is done on a thread of its own, and can be taken back. */
final class WorkspaceWork implements Scheduler.Task {

    private final Future<?> running;
    private final Consumer<Throwable> failed;

    private WorkspaceWork(Future<?> running, Consumer<Throwable> failed) {
        this.running = running;
        this.failed = failed;
    }

    /** @param failed told if it fails, or is interrupted */
    @NonNull
    static WorkspaceWork begin(@NonNull JobHost.Blocking work, @NonNull Consumer<Throwable> failed) {
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

    /** Work that is taken back may never have begun, and then tells nobody: so this does. */
    @Override
    public void cancel() {
        if (running.cancel(true)) {
            failed.accept(interrupted());
        }
    }

    private static AbortException interrupted() {
        return new AbortException(Messages.WorkspaceWork_interrupted());
    }
}

package io.jenkins.plugins.awscicd.worker;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import java.util.function.BiConsumer;

/** Tells AWS that a run has begun, and how it has ended: however it has. */
@Extension
public final class RunEnds extends RunListener<Run<?, ?>> {

    private static void with(Run<?, ?> run, BiConsumer<JobWorker, CodePipelineJobAction> tell) {
        CodePipelineJobAction action = run.getAction(CodePipelineJobAction.class);
        JobWorker worker = action == null ? null : JobWorkers.get().find(action);
        if (worker != null && !AwsConnections.get().isClosing()) {
            tell.accept(worker, action);
        }
    }

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        with(run, (worker, action) -> worker.runs(action.getClaim(), RunsOfClaims.id(run)));
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        with(run, (worker, action) -> worker.end(action.getClaim(), RunsOfClaims.result(run)));
    }
}

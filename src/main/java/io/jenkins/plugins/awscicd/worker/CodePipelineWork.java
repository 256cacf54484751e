package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ArtifactAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The action that a run works on, for the steps that have to do with it. */
record CodePipelineWork(CodePipelineJobAction action, JobWorker worker) {

    private static final int PATIENCE_MINUTES = 15;

    /** @throws AbortException if the run was not begun by an action of CodePipeline */
    @NonNull
    static CodePipelineWork of(@NonNull Run<?, ?> run) throws AbortException {
        CodePipelineJobAction action = run.getAction(CodePipelineJobAction.class);
        if (action == null) {
            throw new AbortException(Messages.CodePipelineWork_none());
        }
        JobWorker worker = JobWorkers.get().find(action);
        if (worker == null) {
            throw new AbortException(Messages.Turns_notConfigured(action.of()));
        }
        return new CodePipelineWork(action, worker);
    }

    /** Access to the artifacts, as AWS gives it now. Blocks. */
    @NonNull
    ArtifactAccess artifacts() throws AbortException, InterruptedException {
        try {
            return worker.artifacts(action.getClaim()).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AbortException(Messages.CodePipelineWork_noAccess(
                    AwsCallException.unwrap(e.getCause()).getMessage()));
        } catch (TimeoutException e) {
            throw new AbortException(Messages.CodePipelineWork_noAccess(Messages.CodePipelineWork_late()));
        }
    }
}

package io.jenkins.plugins.awscicd.step.job;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.guard.UploadedObjects;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The workspace that a step is in. */
record StepWorkspace(StepContext context) implements WorkspaceSource {

    @Override
    public Workspace workspace() throws IOException, InterruptedException {
        FilePath root = context.get(FilePath.class);
        if (root == null) {
            throw new AbortException(Messages.WorkspaceWork_noWorkspace());
        }
        return new AgentWorkspace(root);
    }

    @Override
    public Uploads uploads() throws IOException, InterruptedException {
        return UploadedObjects.of(context.get(Run.class));
    }
}

package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a step on this machine.
 *
 * @param directory null if there is no workspace
 */
public record StepFiles(Path directory, Uploads uploads) implements WorkspaceSource {

    /** Nothing is sent from a workspace. */
    public static StepFiles none() {
        return new StepFiles(null, Uploads.of("delivery"));
    }

    @Override
    public Workspace workspace() throws IOException {
        if (directory == null) {
            throw new IOException("no workspace");
        }
        return Workspace.local(directory);
    }
}

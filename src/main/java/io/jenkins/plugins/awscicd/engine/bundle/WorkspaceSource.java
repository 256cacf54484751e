package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;

/** Where a step finds the workspace that it is in, when it needs it. */
public interface WorkspaceSource {

    /**
     * The workspace. May block.
     *
     * @throws IOException if there is none
     */
    @NonNull
    Workspace workspace() throws IOException, InterruptedException;

    /** Whose files they are, and what of them was sent already: equal ones of one owner are sent once. */
    @NonNull
    Uploads uploads() throws IOException, InterruptedException;
}

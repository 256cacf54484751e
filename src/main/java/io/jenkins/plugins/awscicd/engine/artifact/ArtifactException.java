package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;

/** Something is wrong with an artifact, or with where it is to be put: it will be so the next time. No address is in it. */
public final class ArtifactException extends IOException {

    private static final long serialVersionUID = 1L;

    public ArtifactException(@NonNull String message) {
        this(message, null);
    }

    ArtifactException(@NonNull String message, @CheckForNull Throwable cause) {
        super(message, cause);
    }
}

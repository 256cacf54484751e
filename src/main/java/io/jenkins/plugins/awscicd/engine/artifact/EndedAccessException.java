package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;

/** S3 gives nothing any more at an address: its time is over, or that of the credentials with which it was signed. */
final class EndedAccessException extends IOException {

    private static final long serialVersionUID = 1L;

    EndedAccessException(@NonNull String message) {
        super(message);
    }
}

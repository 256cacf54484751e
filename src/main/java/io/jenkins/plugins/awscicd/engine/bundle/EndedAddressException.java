package io.jenkins.plugins.awscicd.engine.bundle;

import java.io.IOException;

/** S3 takes nothing at an address any more, as its time is over or that of the credentials with which it was signed. */
final class EndedAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    EndedAddressException(String message) {
        super(message);
    }
}

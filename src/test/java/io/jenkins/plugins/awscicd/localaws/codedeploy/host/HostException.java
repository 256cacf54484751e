package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;

/** A lifecycle event has failed at an instance. */
final class HostException extends Exception {

    private final transient Diagnostics diagnostics;

    HostException(Diagnostics diagnostics) {
        super(diagnostics.message());
        this.diagnostics = diagnostics;
    }

    HostException(String message) {
        this(Diagnostics.unknownError(message));
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }
}

package io.jenkins.plugins.awscicd.localaws.codebuild;

/** A phase cannot be completed, and this is what its context says. */
final class PhaseFailure extends Exception {

    private final String statusCode;

    PhaseFailure(String statusCode, String message) {
        super(message);
        this.statusCode = statusCode;
    }

    static PhaseFailure client(String message) {
        return new PhaseFailure("CLIENT_ERROR", message);
    }

    Phase.Context context() {
        return new Phase.Context(statusCode, getMessage());
    }
}

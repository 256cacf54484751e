package io.jenkins.plugins.awscicd.localaws.codedeploy;

/** How far a target, or one of its lifecycle events, is; in AWS's own spelling. */
enum TargetStatus {
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    SKIPPED("Skipped"),
    UNKNOWN("Unknown"),
    /** Of targets only: installed, but without traffic yet. */
    READY("Ready");

    private final String text;

    TargetStatus(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static boolean known(String text) {
        for (TargetStatus status : values()) {
            if (status.text.equals(text)) {
                return true;
            }
        }
        return false;
    }
}

package io.jenkins.plugins.awscicd.localaws.codedeploy;

/** How far a deployment is (status of DeploymentInfo), in AWS's own spelling. */
public enum DeploymentStatus {
    CREATED("Created"),
    QUEUED("Queued"),
    IN_PROGRESS("InProgress"),
    BAKING("Baking"),
    READY("Ready"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    STOPPED("Stopped");

    private final String text;

    DeploymentStatus(String text) {
        this.text = text;
    }

    /** As on the wire. */
    public String text() {
        return text;
    }

    /** Whether nothing more happens to the deployment. */
    public boolean complete() {
        return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }

    static boolean known(String text) {
        for (DeploymentStatus status : values()) {
            if (status.text.equals(text)) {
                return true;
            }
        }
        return false;
    }
}

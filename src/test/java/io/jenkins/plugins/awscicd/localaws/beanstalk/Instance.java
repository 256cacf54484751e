package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.time.Instant;

/** An instance of an environment, and the application version that it has got last. */
final class Instance {

    private final String id;
    private final Instant launched;
    private String versionLabel;
    private long deploymentId;
    private String deploymentStatus = "Deployed";
    private Instant deploymentTime;

    Instance(String id, Instant launched) {
        this.id = id;
        this.launched = launched;
    }

    String id() {
        return id;
    }

    Instant launched() {
        return launched;
    }

    /** {@code null} before the first. */
    String versionLabel() {
        return versionLabel;
    }

    long deploymentId() {
        return deploymentId;
    }

    /** In Progress, Deployed or Failed. */
    String deploymentStatus() {
        return deploymentStatus;
    }

    Instant deploymentTime() {
        return deploymentTime;
    }

    boolean inProgress() {
        return deploymentStatus.equals("In Progress");
    }

    boolean failed() {
        return deploymentStatus.equals("Failed");
    }

    void deploying(String label, long deployment, Instant now) {
        versionLabel = label;
        deploymentId = deployment;
        deploymentStatus = "In Progress";
        deploymentTime = now;
    }

    void deployed(boolean success, Instant now) {
        deploymentStatus = success ? "Deployed" : "Failed";
        deploymentTime = now;
    }
}

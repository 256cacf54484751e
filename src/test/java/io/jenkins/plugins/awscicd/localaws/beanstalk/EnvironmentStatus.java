package io.jenkins.plugins.awscicd.localaws.beanstalk;

/** Where an environment is in its life. */
public enum EnvironmentStatus {
    LAUNCHING("Launching"),
    UPDATING("Updating"),
    ABORTING("Aborting"),
    READY("Ready"),
    TERMINATING("Terminating"),
    TERMINATED("Terminated");

    private final String text;

    EnvironmentStatus(String text) {
        this.text = text;
    }

    /** As the API has it, such as {@code Ready}. */
    public String text() {
        return text;
    }
}

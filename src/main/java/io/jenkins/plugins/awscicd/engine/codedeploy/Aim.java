package io.jenkins.plugins.awscicd.engine.codedeploy;

/** What is to be done about a deployment. */
public enum Aim {
    CREATE("Deploying "),
    CONTINUE("Continuing "),
    STOP("Ending "),
    WATCH("Watching ");

    private final String words;

    Aim(String words) {
        this.words = words;
    }

    /** With which the console begins to tell of it. */
    public String words() {
        return words;
    }

    /** Whether what has happened before is told elsewhere. */
    public boolean goesOn() {
        return this == CONTINUE || this == STOP;
    }
}

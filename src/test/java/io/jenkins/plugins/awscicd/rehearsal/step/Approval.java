package io.jenkins.plugins.awscicd.rehearsal.step;

/** What becomes of questions to people. */
public enum Approval {
    /** Everything is approved. */
    ALL,
    /** Nothing is. */
    NONE,
    /** The person at the terminal is asked. */
    ASK
}

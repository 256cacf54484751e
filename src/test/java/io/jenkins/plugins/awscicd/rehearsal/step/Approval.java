package io.jenkins.plugins.awscicd.rehearsal.step;

/** What becomes of questions to people. */
public enum Approval {
    /** Everything is approved, by people who may. */
    ALL,
    /** Nothing is. */
    NONE,
    /** The person at the terminal is asked. */
    ASK,
    /** People who are named say yes, each as far as that person may. */
    PEOPLE
}

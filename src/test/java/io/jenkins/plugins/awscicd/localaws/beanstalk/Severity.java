package io.jenkins.plugins.awscicd.localaws.beanstalk;

/** How grave an event is, the least first. */
public enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL
}

package io.jenkins.plugins.awscicd.localaws.wire;

/** What can go wrong with any call to any service ("Common Errors" in the services' API references). */
public enum CommonFault {
    THROTTLED,
    INTERNAL,
    UNAVAILABLE,
    EXPIRED_TOKEN,
    ACCESS_DENIED,
    /** The request was signed too long ago, or for a time to come. */
    CLOCK,
    /** The request was not signed at all. */
    UNSIGNED
}

package io.jenkins.plugins.awscicd.localaws.beanstalk;

/**
 * Ways of Elastic Beanstalk that are published of some environments and differ from those of others, or of which no published source
 * says that they are the only ones, beside what it does otherwise here.
 */
public enum Dialect {
    /** With enhanced health, too, an environment is Grey while it is updated, and shortly after. Published of answers of 2015. */
    HEALTH_GREY,
    /** With enhanced health an environment turns Red while it is updated, and is so for some seconds when it is Ready. Published. */
    HEALTH_ALARMED,
    /** The version counts as deployed as soon as its deployment begins. Published of UpdateEnvironment's own answer. */
    LABEL_AT_ONCE,
    /** A deployment that fails is complete, but with errors, and the version counts as deployed. */
    COMPLETE_WITH_ERRORS,
    /** A deployment that fails is complete, but with command timeouts. Published in the developer guide. */
    COMMAND_TIMEOUTS,
    /** After the event that says what is deployed none says that the update is completed. Published of AWS's eb. */
    NO_LAST_WORD,
    /** An environment is Ready before the event that says that its settings were reverted. */
    REVERTED_LATE,
    /** A launch that fails ends with an event of severity INFO. Published. */
    LAUNCH_ISSUES,
    /** A launch that fails terminates the environment. Published. */
    LAUNCH_TERMINATED,
    /** A launch that goes well ends with the words that the developer guide has for it, at EventBridge. */
    LAUNCH_COMPLETED,
    /** A termination fails, which leaves the environment as it was. That it may fail is published, also at EventBridge. */
    TERMINATION_FAILS,
    /** The version of a tier is a blank. Published of answers until 2017. */
    BLANK_TIER_VERSION
}

package io.jenkins.plugins.awscicd.engine.beanstalk;

/** What is kept of an update in its journal. */
final class Marks {

    /** The version that is deployed. */
    static final String LABEL = "label";
    /** When AWS was first asked to make it. */
    static final String VERSION_ASKED = "versionAsked";
    /** The call that has begun it, by which AWS names its events. */
    static final String REQUEST = "request";
    /** In a step that goes on from what was prepared: the call that has prepared it; empty if that is not known. */
    static final String PREPARED = "prepared";
    /** When it was asked for last; empty if AWS has refused since. */
    static final String ASKED = "asked";
    /** The id of the environment in which it has begun. */
    static final String ENVIRONMENT = "environment";
    /** The version that was there before. */
    static final String PREVIOUS = "previous";
    /** The run that has asked. */
    static final String RUN = "run";
    /** Its place among others. */
    static final String ORDER = "order";
    /** Whether settings and platform are as they are to be. */
    static final String CONFIGURED = "configured";
    /** How many events are told. */
    static final String EVENTS = "events";

    /** Whether it is told why it has failed. */
    static final String EXPLAINED = "explained";

    private Marks() {}
}

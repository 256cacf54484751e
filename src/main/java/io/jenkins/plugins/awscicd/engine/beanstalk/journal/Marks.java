package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

/** What is kept of an update in its journal. */
public final class Marks {

    /** The version that is deployed. */
    public static final String LABEL = "label";
    /** When AWS was first asked to make it. */
    public static final String VERSION_ASKED = "versionAsked";
    /** The call that has begun it, by which AWS names its events. */
    public static final String REQUEST = "request";
    /** In a step that goes on from what was prepared: the call that has prepared it; empty if that is not known. */
    public static final String PREPARED = "prepared";
    /** When it was asked for last; empty if AWS has refused since. */
    public static final String ASKED = "asked";
    /** The id of the environment in which it has begun. */
    public static final String ENVIRONMENT = "environment";
    /** The version that was there before. */
    public static final String PREVIOUS = "previous";
    /** The run that has asked. */
    public static final String RUN = "run";
    /** Its place among others. */
    public static final String ORDER = "order";
    /** Whether settings and platform are as they are to be. */
    public static final String CONFIGURED = "configured";
    /** How many events are told. */
    public static final String EVENTS = "events";

    /** Whether it is told why it has failed. */
    public static final String EXPLAINED = "explained";

    private Marks() {}
}

package io.jenkins.plugins.awscicd.localaws.codedeploy;

import java.util.function.Consumer;

/** What carries out the lifecycle events of one deployment. */
interface EventWork {

    /**
     * Begins an event of a target, and returns at once.
     *
     * @param over told, on the timeline and never before this method has returned, how it went
     */
    void begin(Target target, String event, Consumer<Diagnostics> over);

    /** Breaks off whatever is under way. What was begun need not be told any more. */
    void breakOff();
}

package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;

/** Whoever does something about events of AWS. Called as the system, on a thread of the queue's own. */
public interface AwsEventReceiver extends ExtensionPoint {

    /**
     * An event has come, perhaps not for the first time, late, or made up by somebody who may send to the queue. If this fails, it comes
     * again.
     *
     * @return whether it means something here
     */
    boolean heard(@NonNull AwsEvent event, @NonNull EventQueue queue);

    /** Nothing is received from the queue for now. */
    default void deaf(@NonNull EventQueue queue) {}
}

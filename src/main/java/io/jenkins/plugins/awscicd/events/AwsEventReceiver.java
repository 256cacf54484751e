package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;

/** Whoever does something about events of AWS. Called as the system, on a thread of the queue's own. */
public interface AwsEventReceiver extends ExtensionPoint {

    /**
     * An event has come, perhaps not for the first time, late, or made up by somebody who may send to the queue. If this or
     * {@link #persist} fails, it comes again.
     *
     * @return whether it means something here
     */
    boolean received(@NonNull AwsEvent event, @NonNull EventQueue queue);

    /**
     * All events that came at once have been heard, perhaps by another queue's thread meanwhile: what they have led to is to outlive the
     * controller from here on. If this fails, all of them come again.
     */
    default void persist() {}

    /** Nothing is received from the queue for now. */
    default void disconnected(@NonNull EventQueue queue) {}
}

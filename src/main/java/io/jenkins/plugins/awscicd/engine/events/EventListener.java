package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Whoever wants to know of events. Called on an ear's thread. */
public interface EventListener {

    /**
     * An event has come, perhaps not for the first time, late, or from somebody who made it up. Once this and {@link #persist} have
     * returned, its message is deleted; if one of them fails, the message comes again.
     *
     * @return whether the event means something here
     */
    boolean heard(@NonNull AwsEvent event);

    /**
     * All messages that AWS gave at once have been heard: what they have led to is to outlive the controller from here on. If this fails,
     * all of them come again.
     */
    default void persist() {}

    /** Nothing is heard for now. */
    default void deaf() {}

    /** Both of them, this one first. */
    @NonNull
    default EventListener and(@NonNull EventListener other) {
        return new EventListener() {
            @Override
            public boolean heard(AwsEvent event) {
                return EventListener.this.heard(event) | other.heard(event);
            }

            @Override
            public void persist() {
                EventListener.this.persist();
                other.persist();
            }

            @Override
            public void deaf() {
                EventListener.this.deaf();
                other.deaf();
            }
        };
    }
}

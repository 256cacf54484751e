package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Whoever wants to know of events. Called on a poller's thread. */
public interface EventListener {

    /**
     * An event has come, perhaps not for the first time, late, or from somebody who made it up. Once this and {@link #persist} have
     * returned, its message is deleted; if one of them fails, the message comes again.
     *
     * @return whether the event means something here
     */
    boolean received(@NonNull AwsEvent event);

    /**
     * All messages that AWS gave at once have been heard: what they have led to is to outlive the controller from here on. If this fails,
     * all of them come again.
     */
    default void persist() {}

    /** Nothing is heard for now. */
    default void disconnected() {}

    /** Both of them, this one first. */
    @NonNull
    default EventListener and(@NonNull EventListener other) {
        return new EventListener() {
            @Override
            public boolean received(AwsEvent event) {
                return EventListener.this.received(event) | other.received(event);
            }

            @Override
            public void persist() {
                EventListener.this.persist();
                other.persist();
            }

            @Override
            public void disconnected() {
                EventListener.this.disconnected();
                other.disconnected();
            }
        };
    }
}

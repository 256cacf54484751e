package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import java.util.List;

/** The event that has started a run, with its place in the queue and with the run. Encrypted, as its values may be secret. */
public final class AwsEventAction extends InvisibleAction implements Queue.QueueAction {

    private final String eventId;
    private final Secret event;

    AwsEventAction(@NonNull AwsEvent event) {
        this.eventId = event.id();
        this.event = Secret.fromString(event.json());
    }

    @NonNull
    String getEventId() {
        return eventId;
    }

    @NonNull
    AwsEvent event() {
        return AwsEvent.of(Secret.toString(event));
    }

    /** Each event has a run of its own. */
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return true;
    }
}

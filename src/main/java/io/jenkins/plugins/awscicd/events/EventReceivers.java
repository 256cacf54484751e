package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.engine.events.EventListener;

/** Passes the events of a queue on to all of Jenkins. */
final class EventReceivers implements EventListener {

    private final EventQueue queue;

    EventReceivers(@NonNull EventQueue queue) {
        this.queue = queue;
    }

    @Override
    public boolean received(AwsEvent event) {
        boolean meant = false;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (AwsEventReceiver receiver : ExtensionList.lookup(AwsEventReceiver.class)) {
                meant |= receiver.received(event, queue);
            }
        }
        return meant;
    }

    @Override
    public void persist() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ExtensionList.lookup(AwsEventReceiver.class).forEach(AwsEventReceiver::persist);
        }
    }

    @Override
    public void disconnected() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ExtensionList.lookup(AwsEventReceiver.class).forEach(receiver -> receiver.disconnected(queue));
        }
    }
}

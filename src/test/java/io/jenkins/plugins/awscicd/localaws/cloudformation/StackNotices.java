package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Event;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.events.ServiceEvents;
import io.jenkins.plugins.awscicd.localaws.sns.Sns;

/** Publishes the events of stacks to their topics ("Receive notifications for stack events"). */
public final class StackNotices implements Stacks.Listener {

    private final Sns sns;
    private final ServiceEvents events;

    public StackNotices(Sns sns, ServiceEvents events) {
        this.sns = sns;
        this.events = events;
    }

    @Override
    public void received(Stack stack, Event event) {
        if (stack.id().equals(event.physicalId()) && event.kind().equals("STACK_EVENT")) {
            events.stack(
                    stack.id(),
                    event.status(),
                    event.reason(),
                    event.operation().token());
        }
        if (stack.settings() == null) {
            return;
        }
        String message = line("StackId", stack.id())
                + line("Timestamp", event.time())
                + line("EventId", event.id())
                + line("LogicalResourceId", event.logicalId())
                + line("PhysicalResourceId", event.physicalId())
                + line("ResourceType", event.type())
                + line("ResourceStatus", event.status())
                + line("ResourceStatusReason", event.reason())
                + line("StackName", stack.name())
                + line("ClientRequestToken", event.operation().token());
        for (String arn : stack.settings().notificationArns()) {
            sns.find(arn).ifPresent(topic -> topic.publish("AWS CloudFormation Notification", message));
        }
    }

    private static String line(String name, Object value) {
        return name + "='" + (value == null ? "" : value) + "'\n";
    }
}

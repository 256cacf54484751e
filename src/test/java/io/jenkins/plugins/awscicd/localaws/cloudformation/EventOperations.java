package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Event;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamException;

/** DescribeStackEvents and DescribeEvents. */
final class EventOperations {

    private EventOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("DescribeStackEvents", EventOperations::ofStack).operation("DescribeEvents", EventOperations::of);
    }

    private static Xml.Content ofStack(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("StackName");
        Stack stack = cloudFormation.stacks().find(name).orElseThrow(() -> Refusal.noStack(name));
        List<Event> events = new ArrayList<>(stack.events());
        events.removeIf(event -> event.validation() != null);
        if (cloudFormation.stacks().speaks(Dialect.EVENTS_LATE)) {
            Instant shown = cloudFormation.timeline().now().minus(StackViews.LATE);
            events.removeIf(event -> event.time().isAfter(shown));
        }
        Collections.reverse(events);
        Pages<Event> page = Pages.after(events, Event::id, input, cloudFormation.pageSize());
        boolean operations = !cloudFormation.stacks().speaks(Dialect.NO_OPERATIONS);
        return xml -> {
            StackXml.list(xml, "StackEvents", page.items(), (event, member) -> {
                member.text("StackId", stack.id()).text("EventId", event.id()).text("StackName", stack.name());
                if (operations) {
                    member.text("OperationId", event.operation().id());
                }
                common(event, member);
                if (event.hook() != null) {
                    member.text("HookInvocationId", event.id());
                }
            });
            xml.text("NextToken", page.next());
        };
    }

    private static void common(Event event, Xml xml) throws XMLStreamException {
        xml.text("LogicalResourceId", event.logicalId().isEmpty() ? null : event.logicalId())
                .text("PhysicalResourceId", event.physicalId() == null ? "" : event.physicalId())
                .text("ResourceType", event.type())
                .text("Timestamp", StackXml.time(event.time()))
                .text("ResourceStatus", event.status())
                .text("ResourceStatusReason", event.reason())
                .text("ResourceProperties", event.properties())
                .text("ClientRequestToken", event.operation().token());
        Event.HookResult hook = event.hook();
        if (hook != null) {
            xml.text("HookType", hook.type())
                    .text("HookStatus", hook.status())
                    .text("HookStatusReason", hook.reason())
                    .text("HookInvocationPoint", "PRE_PROVISION")
                    .text("HookFailureMode", hook.failureMode());
        }
    }

    /** Of an operation, a change set or a stack. */
    private static Xml.Content of(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String operationId = input.text("OperationId");
        String changeSetName = input.text("ChangeSetName");
        Predicate<Event> wanted = event -> true;
        Stack stack;
        if (operationId != null) {
            stack = cloudFormation.stacks().all().stream()
                    .filter(one ->
                            one.operations().stream().anyMatch(each -> each.id().equals(operationId)))
                    .findFirst()
                    .orElseThrow(() -> Refusal.validation("Operation [" + operationId + "] does not exist"));
            wanted = event -> event.operation().id().equals(operationId);
        } else if (changeSetName != null && changeSetName.startsWith("arn:")) {
            ChangeSet changeSet = ChangeSetOperations.changeSet(cloudFormation, input);
            stack = changeSet.stack();
            wanted = event -> event.operation() == changeSet.operation();
        } else if (input.text("StackName") != null) {
            stack = cloudFormation.stack(input);
            List<Operation> operations = stack.operations();
            if (!cloudFormation.stacks().speaks(Dialect.EVENTS_OF_ALL_OPERATIONS)) {
                wanted = event -> event.operation() == operations.get(operations.size() - 1);
            }
        } else {
            throw Refusal.validation("One of ChangeSetName, OperationId or StackName must be specified");
        }
        boolean failed = Refusal.flag(input, "Filters.FailedEvents");
        List<Event> events = new ArrayList<>(stack.events());
        Predicate<Event> fits = wanted.and(event -> !failed || event.failed());
        events.removeIf(fits.negate());
        if (!cloudFormation.stacks().speaks(Dialect.OLDEST_EVENT_FIRST)) {
            Collections.reverse(events);
        }
        Pages<Event> page = Pages.after(events, Event::id, input, cloudFormation.pageSize());
        return xml -> {
            StackXml.list(xml, "OperationEvents", page.items(), (event, member) -> event(stack, event, member));
            xml.text("NextToken", page.next());
        };
    }

    private static void event(Stack stack, Event event, Xml xml) throws XMLStreamException {
        xml.text("EventId", event.id())
                .text("StackId", stack.id())
                .text("OperationId", event.operation().id())
                .text("OperationType", event.operation().type())
                .text("EventType", event.kind());
        if (event.kind().equals("STACK_EVENT")) {
            xml.text("OperationStatus", status(event.status()));
        }
        common(event, xml);
        Event.Validation validation = event.validation();
        if (validation != null) {
            xml.text("ValidationFailureMode", validation.mode())
                    .text("ValidationName", validation.name())
                    .text("ValidationStatus", "FAILED")
                    .text("ValidationStatusReason", validation.reason())
                    .text("ValidationPath", validation.path());
        }
    }

    private static String status(String stackStatus) {
        return stackStatus.endsWith("_IN_PROGRESS")
                ? "IN_PROGRESS"
                : stackStatus.endsWith("_FAILED") ? "FAILED" : "SUCCEEDED";
    }
}

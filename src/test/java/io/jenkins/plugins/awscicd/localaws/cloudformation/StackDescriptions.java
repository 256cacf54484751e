package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Output;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** DescribeStacks and ListStacks. */
final class StackDescriptions {

    private static final int OPERATIONS = 5;

    private StackDescriptions() {}

    static void addTo(CloudFormationApi api) {
        api.operation("DescribeStacks", StackDescriptions::describe).operation("ListStacks", StackDescriptions::list);
    }

    private static Xml.Content describe(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        List<Stack> stacks;
        if (input.text("StackName") != null) {
            stacks = List.of(cloudFormation.stack(input));
        } else {
            stacks = newestFirst(cloudFormation);
            stacks.removeIf(stack -> stack.status() == StackStatus.DELETE_COMPLETE);
        }
        Pages<Stack> page = Pages.of(stacks, input, cloudFormation.pageSize());
        return xml -> {
            StackXml.list(xml, "Stacks", page.items(), (stack, member) -> stack(cloudFormation, stack, member));
            xml.text("NextToken", page.next());
        };
    }

    private static List<Stack> newestFirst(CloudFormation cloudFormation) {
        List<Stack> all = new ArrayList<>(cloudFormation.stacks().all());
        Collections.reverse(all);
        return all;
    }

    private static void stack(CloudFormation cloudFormation, Stack stack, Xml xml) throws XMLStreamException {
        StackViews.View view = cloudFormation.view(stack);
        xml.text("StackId", stack.id())
                .text("StackName", stack.name())
                .text("ChangeSetId", view.changeSetId())
                .text("CreationTime", StackXml.time(stack.created()))
                .text("DeletionTime", StackXml.time(view.deleted()))
                .text("LastUpdatedTime", StackXml.time(view.updated()))
                .text("StackStatus", view.status())
                .text("StackStatusReason", view.reason())
                .text("DisableRollback", stack.disableRollback())
                .text("TimeoutInMinutes", stack.timeoutInMinutes())
                .text("EnableTerminationProtection", stack.terminationProtected())
                .text("ParentId", stack.parent() == null ? null : stack.parent().id())
                .text("RootId", stack.parent() == null ? null : stack.root().id());
        if (view.settings() != null) {
            xml.text("Description", view.settings().template().description())
                    .text("RoleARN", view.settings().roleArn());
            StackXml.settings(xml, view.settings());
        }
        if (!view.outputs().isEmpty()) {
            StackXml.list(xml, "Outputs", view.outputs(), StackDescriptions::output);
        }
        drift(stack, xml);
        operations(cloudFormation, view.operations(), xml);
    }

    private static void output(Output output, Xml xml) throws XMLStreamException {
        xml.text("OutputKey", output.key())
                .text("OutputValue", output.value())
                .text("Description", output.description())
                .text("ExportName", output.export());
    }

    private static void drift(Stack stack, Xml xml) throws XMLStreamException {
        xml.element(
                "DriftInformation",
                drift -> drift.text("StackDriftStatus", stack.drift())
                        .text("LastCheckTimestamp", StackXml.time(stack.driftChecked())));
    }

    private static void operations(CloudFormation cloudFormation, List<Operation> all, Xml xml)
            throws XMLStreamException {
        if (cloudFormation.stacks().speaks(Dialect.NO_OPERATIONS)) {
            return;
        }
        List<Operation> last = new ArrayList<>(all.subList(Math.max(0, all.size() - OPERATIONS), all.size()));
        if (!cloudFormation.stacks().speaks(Dialect.OLDEST_OPERATION_FIRST)) {
            Collections.reverse(last);
        }
        StackXml.list(
                xml,
                "LastOperations",
                last,
                (operation, member) ->
                        member.text("OperationType", operation.type()).text("OperationId", operation.id()));
    }

    private static Xml.Content list(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        List<String> wanted = input.texts("StackStatusFilter");
        List<Stack> stacks = newestFirst(cloudFormation);
        stacks.removeIf(
                stack -> !wanted.isEmpty() && !wanted.contains(stack.status().name()));
        Pages<Stack> page = Pages.of(stacks, input, cloudFormation.pageSize());
        return xml -> {
            StackXml.list(xml, "StackSummaries", page.items(), (stack, member) -> {
                member.text("StackId", stack.id())
                        .text("StackName", stack.name())
                        .text(
                                "TemplateDescription",
                                stack.template() == null
                                        ? null
                                        : stack.template().description())
                        .text("CreationTime", StackXml.time(stack.created()))
                        .text("LastUpdatedTime", StackXml.time(stack.updated()))
                        .text("DeletionTime", StackXml.time(stack.deleted()))
                        .text("StackStatus", stack.status())
                        .text("StackStatusReason", stack.reason())
                        .text(
                                "ParentId",
                                stack.parent() == null ? null : stack.parent().id())
                        .text(
                                "RootId",
                                stack.parent() == null ? null : stack.root().id());
                drift(stack, member);
                operations(cloudFormation, stack.operations(), member);
            });
            xml.text("NextToken", page.next());
        };
    }
}

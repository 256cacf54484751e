package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackResource;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Operations that show the resources of stacks. */
final class ResourceDescriptions {

    private ResourceDescriptions() {}

    static void addTo(CloudFormationApi api) {
        api.operation("DescribeStackResources", ResourceDescriptions::describeAll)
                .operation("DescribeStackResource", ResourceDescriptions::describe)
                .operation("ListStackResources", ResourceDescriptions::list);
    }

    private static List<StackResource> begun(Stack stack) {
        List<StackResource> resources = new ArrayList<>(stack.resources().values());
        resources.removeIf(resource -> resource.status() == null);
        return resources;
    }

    private static Xml.Content describeAll(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String physicalId = input.text("PhysicalResourceId");
        Stack stack = physicalId == null
                ? cloudFormation.stack(input)
                : cloudFormation.stacks().all().stream()
                        .filter(one -> begun(one).stream().anyMatch(each -> physicalId.equals(each.physicalId())))
                        .findFirst()
                        .orElseThrow(() -> Refusal.validation("Stack for " + physicalId + " does not exist"));
        String logicalId = input.text("LogicalResourceId");
        List<StackResource> resources = begun(stack);
        resources.removeIf(
                resource -> logicalId != null && !resource.logicalId().equals(logicalId));
        return xml -> StackXml.list(xml, "StackResources", resources, (resource, member) -> {
            member.text("StackName", stack.name())
                    .text("StackId", stack.id())
                    .text("Timestamp", StackXml.time(resource.since()));
            resource(resource, member);
        });
    }

    private static void resource(StackResource resource, Xml xml) throws XMLStreamException {
        xml.text("LogicalResourceId", resource.logicalId())
                .text("PhysicalResourceId", resource.physicalId())
                .text("ResourceType", resource.type())
                .text("ResourceStatus", resource.status())
                .text("ResourceStatusReason", resource.reason());
        xml.element(
                "DriftInformation",
                drift -> drift.text("StackResourceDriftStatus", resource.drift())
                        .text("LastCheckTimestamp", StackXml.time(resource.driftChecked())));
    }

    private static Xml.Content describe(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("StackName");
        Stack stack = cloudFormation
                .stacks()
                .find(name)
                .orElseThrow(() -> Refusal.validation("Stack '" + name + "' does not exist"));
        String logicalId = input.required("LogicalResourceId");
        StackResource resource = stack.resource(logicalId)
                .filter(one -> one.status() != null)
                .orElseThrow(() -> Refusal.validation("Resource " + logicalId + " does not exist for stack " + name));
        return xml -> xml.element("StackResourceDetail", detail -> {
            detail.text("StackName", stack.name())
                    .text("StackId", stack.id())
                    .text("LastUpdatedTimestamp", StackXml.time(resource.since()));
            resource(resource, detail);
        });
    }

    private static Xml.Content list(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = cloudFormation.stack(input);
        Pages<StackResource> page = Pages.of(begun(stack), input, cloudFormation.pageSize());
        return xml -> {
            StackXml.list(xml, "StackResourceSummaries", page.items(), (resource, member) -> {
                member.text("LastUpdatedTimestamp", StackXml.time(resource.since()));
                resource(resource, member);
            });
            xml.text("NextToken", page.next());
        };
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackResource;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Operations that find drift. */
final class DriftOperations {

    private DriftOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("DetectStackDrift", DriftOperations::detect)
                .operation("DetectStackResourceDrift", DriftOperations::detectOne)
                .operation("DescribeStackDriftDetectionStatus", DriftOperations::status)
                .operation("DescribeStackResourceDrifts", DriftOperations::describe);
    }

    private static Stack stack(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = cloudFormation.stack(input);
        StackStatus status = stack.status();
        if (status.inProgress() || status == StackStatus.REVIEW_IN_PROGRESS || status == StackStatus.DELETE_COMPLETE) {
            throw Refusal.validation("Drift detection cannot be performed on stack [" + stack.id() + "] while it is in "
                    + status + " state.");
        }
        return stack;
    }

    private static Xml.Content detect(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = stack(cloudFormation, input);
        if (cloudFormation.drifts().isInProgress(stack)) {
            throw Refusal.validation("Drift detection is already in progress for stack [" + stack.id() + "]");
        }
        String id = cloudFormation
                .drifts()
                .begin(stack, input.texts("LogicalResourceIds"))
                .id();
        return xml -> xml.text("StackDriftDetectionId", id);
    }

    private static Xml.Content detectOne(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = stack(cloudFormation, input);
        String logicalId = input.required("LogicalResourceId");
        StackResource resource = stack.resource(logicalId)
                .filter(one -> one.physicalId() != null)
                .orElseThrow(() ->
                        Refusal.validation("Resource " + logicalId + " does not exist for stack " + stack.name()));
        Drifts.Found found = cloudFormation.drifts().look(stack, resource);
        return xml -> xml.element("StackResourceDrift", drift -> drift(stack, found, drift));
    }

    private static Xml.Content status(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String id = input.required("StackDriftDetectionId");
        Drifts.Detection detection = cloudFormation
                .drifts()
                .find(id)
                .orElseThrow(() -> Refusal.validation("Drift detection [" + id + "] does not exist"));
        boolean complete = detection.status() != null;
        return xml -> xml.text("StackId", detection.stack().id())
                .text("StackDriftDetectionId", id)
                .text("StackDriftStatus", detection.status())
                .text("DetectionStatus", complete ? "DETECTION_COMPLETE" : "DETECTION_IN_PROGRESS")
                .text("DriftedStackResourceCount", complete ? detection.drifted() : null)
                .text("Timestamp", StackXml.time(detection.started()));
    }

    private static Xml.Content describe(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = cloudFormation.stack(input);
        List<String> wanted = input.texts("StackResourceDriftStatusFilters");
        List<Drifts.Found> all = new ArrayList<>(cloudFormation.drifts().of(stack));
        all.removeIf(one -> !wanted.isEmpty() && !wanted.contains(one.status()));
        String most = input.text("MaxResults");
        Pages<Drifts.Found> page =
                Pages.of(all, input, most == null ? cloudFormation.pageSize() : Integer.parseInt(most));
        return xml -> {
            StackXml.list(xml, "StackResourceDrifts", page.items(), (one, member) -> drift(stack, one, member));
            xml.text("NextToken", page.next());
        };
    }

    private static void drift(Stack stack, Drifts.Found found, Xml xml) throws XMLStreamException {
        xml.text("StackId", stack.id())
                .text("LogicalResourceId", found.resource().logicalId())
                .text("PhysicalResourceId", found.resource().physicalId())
                .text("ResourceType", found.resource().type())
                .text("ExpectedProperties", found.expected())
                .text("ActualProperties", found.actual());
        StackXml.list(
                xml,
                "PropertyDifferences",
                found.differences(),
                (one, member) -> member.text("PropertyPath", one.path())
                        .text("ExpectedValue", one.expected())
                        .text("ActualValue", one.actual())
                        .text("DifferenceType", one.type()));
        xml.text("StackResourceDriftStatus", found.status()).text("Timestamp", StackXml.time(found.at()));
    }
}

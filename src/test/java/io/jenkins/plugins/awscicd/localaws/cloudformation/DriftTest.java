package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;

/** What somebody changed without CloudFormation. */
class DriftTest extends SteppedStacks {

    @Test
    void isFoundByProperty() {
        deploy(template(
                "Resources:",
                "  Queue: {Type: 'AWS::SQS::Queue', Properties: {Delay: 1, Keep: 2}}",
                "  Topic: {Type: 'AWS::SNS::Topic'}",
                "  Same: {Type: 'AWS::SQS::Queue'}"));
        assertEquals("NOT_CHECKED", stack().driftInformation().stackDriftStatusAsString());
        simulation()
                .drifting("Queue", properties -> {
                    properties.put("Delay", "9").put("More", "1");
                    properties.remove("Keep");
                })
                .gone("Topic");
        String id = cloudFormation
                .detectStackDrift(request -> request.stackName(WEB))
                .stackDriftDetectionId();
        assertEquals("DETECTION_IN_PROGRESS", status(id).detectionStatusAsString());
        advance(2);
        assertEquals("DETECTION_COMPLETE", status(id).detectionStatusAsString());
        assertEquals(2, status(id).driftedStackResourceCount());
        assertEquals("DRIFTED", stack().driftInformation().stackDriftStatusAsString());
        List<StackResourceDrift> drifts = cloudFormation
                .describeStackResourceDrifts(request -> request.stackName(WEB)
                        .stackResourceDriftStatusFilters(
                                StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED))
                .stackResourceDrifts();
        assertEquals(
                List.of("/Delay 1 9 NOT_EQUAL", "/Keep 2 null REMOVE", "/More null 1 ADD"),
                drifts.get(0).propertyDifferences().stream()
                        .map(one -> one.propertyPath() + " " + one.expectedValue() + " " + one.actualValue() + " "
                                + one.differenceTypeAsString())
                        .toList());
        assertEquals("DELETED", drifts.get(1).stackResourceDriftStatusAsString());
    }

    private DescribeStackDriftDetectionStatusResponse status(String id) {
        return cloudFormation.describeStackDriftDetectionStatus(request -> request.stackDriftDetectionId(id));
    }
}

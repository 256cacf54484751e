package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.OperationIdAlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.OperationInProgressException;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotEmptyException;

/** One template in accounts and regions. */
class StackSetTest extends SteppedStacks {

    private static final String TEMPLATE = template(
            "Parameters: {Size: {Type: String, Default: small}}",
            "Resources: {Queue: {Type: 'AWS::SQS::Queue', Properties: {Size: !Ref Size}}}");
    private static final String SECOND = "210987654321";

    private void create() {
        cloudFormation.createStackSet(request -> request.stackSetName("all").templateBody(TEMPLATE));
        cloudFormation.createStackInstances(request -> request.stackSetName("all")
                .operationId("make-1")
                .accounts("123456789012", SECOND)
                .regions("eu-west-1", "us-east-1"));
    }

    private String status(String operation) {
        return cloudFormation
                .describeStackSetOperation(
                        request -> request.stackSetName("all").operationId(operation))
                .stackSetOperation()
                .statusAsString();
    }

    private List<String> results(String operation) {
        return cloudFormation
                .listStackSetOperationResults(
                        request -> request.stackSetName("all").operationId(operation))
                .summaries()
                .stream()
                .map(one -> one.account() + " " + one.region() + " " + one.statusAsString())
                .sorted()
                .toList();
    }

    @Test
    void instancesAreMadeAndDeleted() {
        create();
        cloudFormation.createStackInstances(request -> request.stackSetName("all")
                .operationId("make-1")
                .accounts("123456789012", SECOND)
                .regions("eu-west-1", "us-east-1"));
        assertThrows(
                OperationIdAlreadyExistsException.class,
                () -> cloudFormation.createStackInstances(request -> request.stackSetName("all")
                        .operationId("make-1")
                        .accounts(SECOND)
                        .regions("eu-west-1")));
        assertThrows(
                OperationInProgressException.class,
                () -> cloudFormation.updateStackSet(
                        request -> request.stackSetName("all").usePreviousTemplate(true)));
        assertEquals("RUNNING", status("make-1"));
        advance(60);
        assertEquals("SUCCEEDED", status("make-1"));
        assertEquals(
                List.of(
                        "123456789012 eu-west-1 SUCCEEDED",
                        "123456789012 us-east-1 SUCCEEDED",
                        SECOND + " eu-west-1 SUCCEEDED",
                        SECOND + " us-east-1 SUCCEEDED"),
                results("make-1"));
        String there = cloudFormation
                .listStackInstances(request ->
                        request.stackSetName("all").stackInstanceAccount(SECOND).stackInstanceRegion("us-east-1"))
                .summaries()
                .get(0)
                .stackId();
        assertEquals(
                "CREATE_COMPLETE",
                aws.cloudFormation(new Place(SECOND, "us-east-1"))
                        .stack(there)
                        .status()
                        .name());
        assertThrows(
                StackSetNotEmptyException.class,
                () -> cloudFormation.deleteStackSet(request -> request.stackSetName("all")));
        cloudFormation.deleteStackInstances(request -> request.stackSetName("all")
                .operationId("end-1")
                .retainStacks(false)
                .accounts("123456789012", SECOND)
                .regions("eu-west-1", "us-east-1"));
        advance(60);
        assertEquals("SUCCEEDED", status("end-1"));
        cloudFormation.deleteStackSet(request -> request.stackSetName("all"));
    }

    @Test
    void failuresBeyondToleranceCancelTheRest() {
        create();
        advance(60);
        String first = cloudFormation
                .listStackInstances(request -> request.stackSetName("all")
                        .stackInstanceAccount("123456789012")
                        .stackInstanceRegion("eu-west-1"))
                .summaries()
                .get(0)
                .stackId();
        aws.cloudFormation().stack(first).simulation().failing(Action.UPDATE, "Queue", "No room");
        cloudFormation.updateStackSet(request -> request.stackSetName("all")
                .operationId("update-1")
                .usePreviousTemplate(true)
                .parameters(parameter("Size", "large")));
        advance(60);
        assertEquals("FAILED", status("update-1"));
        assertEquals(
                List.of(
                        "123456789012 eu-west-1 FAILED",
                        "123456789012 us-east-1 CANCELLED",
                        SECOND + " eu-west-1 CANCELLED",
                        SECOND + " us-east-1 CANCELLED"),
                results("update-1"));
    }
}

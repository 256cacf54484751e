package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;

/** Stacks from their first change set to their end. */
class StackLifeTest extends SteppedStacks {

    private static final String TWO = template(
            "Parameters:",
            "  Size: {Type: String, Default: small}",
            "Resources:",
            "  Queue:",
            "    Type: AWS::SQS::Queue",
            "    Properties: {VisibilityTimeout: 30}",
            "  Reader:",
            "    Type: AWS::Lambda::Function",
            "    Properties: {MemorySize: !Ref Size, Queue: !GetAtt Queue.Arn}",
            "Outputs:",
            "  Url: {Value: !Sub 'https://${Queue}/${AWS::Region}'}");

    @Test
    void isMadeByAChangeSet() {
        DescribeChangeSetResponse changeSet = plan("CREATE", TWO);
        assertEquals(
                "CREATE_COMPLETE AVAILABLE", changeSet.statusAsString() + " " + changeSet.executionStatusAsString());
        assertEquals(2, changeSet.changes().size());
        assertEquals("REVIEW_IN_PROGRESS", stack().stackStatusAsString());
        execute(changeSet);
        assertEquals("CREATE_COMPLETE", stack().stackStatusAsString());
        String queue = aws.cloudFormation().stack(WEB).resources().get("Queue").physicalId();
        assertEquals(Map.of("Url", "https://" + queue + "/eu-west-1"), outputs(stack()));
        are(
                events(WEB),
                "web REVIEW_IN_PROGRESS: User Initiated",
                "web CREATE_IN_PROGRESS: User Initiated",
                "Queue CREATE_IN_PROGRESS",
                "Queue CREATE_IN_PROGRESS: Resource creation Initiated",
                "Queue CREATE_COMPLETE",
                "Reader CREATE_IN_PROGRESS",
                "Reader CREATE_IN_PROGRESS: Resource creation Initiated",
                "Reader CREATE_COMPLETE",
                "web CREATE_COMPLETE");
    }

    @Test
    void aChangeSetWithoutChangesFails() {
        deploy(TWO);
        DescribeChangeSetResponse changeSet = plan("UPDATE", TWO);
        assertEquals("FAILED UNAVAILABLE", changeSet.statusAsString() + " " + changeSet.executionStatusAsString());
        assertEquals(
                "The submitted information didn't contain changes. Submit different information to create a change set.",
                changeSet.statusReason());
    }

    @Test
    void whatIsReplacedIsDeletedInTheEnd() {
        deploy(TWO);
        int seen = events(WEB).size();
        String before = aws.cloudFormation().stack(WEB).resources().get("Queue").physicalId();
        deploy(TWO.replace("{VisibilityTimeout: 30}", "{QueueName: jobs}"));
        assertEquals("UPDATE_COMPLETE", stack().stackStatusAsString());
        assertNotEquals(
                before, aws.cloudFormation().stack(WEB).resources().get("Queue").physicalId());
        are(
                events(WEB, seen),
                "web UPDATE_IN_PROGRESS: User Initiated",
                "Queue UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.",
                "Queue UPDATE_IN_PROGRESS: Resource creation Initiated",
                "Queue UPDATE_COMPLETE",
                "Reader UPDATE_IN_PROGRESS",
                "Reader UPDATE_COMPLETE",
                "web UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                "Queue DELETE_IN_PROGRESS",
                "Queue DELETE_COMPLETE",
                "web UPDATE_COMPLETE");
    }

    @Test
    void anUpdateThatFailsIsTakenBack() {
        deploy(TWO);
        int seen = events(WEB).size();
        simulation().failing(Action.UPDATE, "Reader", "Memory is full");
        deploy(TWO, parameter("Size", "large"));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
        are(
                events(WEB, seen),
                "web UPDATE_IN_PROGRESS: User Initiated",
                "Reader UPDATE_IN_PROGRESS",
                "Reader UPDATE_FAILED: Memory is full",
                "web UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Reader].",
                "Reader UPDATE_IN_PROGRESS",
                "Reader UPDATE_COMPLETE",
                "web UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                "web UPDATE_ROLLBACK_COMPLETE");
        assertEquals("small", stack().parameters().get(0).parameterValue());
    }

    @Test
    void aCreationThatFailsIsTakenBack() {
        simulation().failing(Action.CREATE, "Reader", "No such handler");
        deploy(TWO);
        assertEquals("ROLLBACK_COMPLETE", stack().stackStatusAsString());
        are(
                events(WEB, 5),
                "Reader CREATE_IN_PROGRESS",
                "Reader CREATE_FAILED: No such handler",
                "web ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Reader]. Rollback requested by user.",
                "Reader DELETE_COMPLETE",
                "Queue DELETE_IN_PROGRESS",
                "Queue DELETE_COMPLETE",
                "web ROLLBACK_COMPLETE");
        String id = stack().stackId();
        refused(
                "ValidationError",
                "Stack:" + id + " is in ROLLBACK_COMPLETE state and can not be updated.",
                () -> plan("UPDATE", TWO));
    }

    @Test
    void isDeletedInTheOppositeOrder() {
        String id = deploy(TWO).stackId();
        int seen = events(WEB).size();
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        assertEquals("DELETE_IN_PROGRESS", stack().stackStatusAsString());
        advance(60);
        refused("ValidationError", "Stack with id web does not exist", this::stack);
        assertEquals("DELETE_COMPLETE", stack(id).stackStatusAsString());
        are(
                events(id, seen),
                "web DELETE_IN_PROGRESS: User Initiated",
                "Reader DELETE_IN_PROGRESS",
                "Reader DELETE_COMPLETE",
                "Queue DELETE_IN_PROGRESS",
                "Queue DELETE_COMPLETE",
                "web DELETE_COMPLETE");
        assertTrue(!aws.cloudFormation().has(WEB));
    }

    @Test
    void whatFailsOnceItIsMadeIsDeletedAgain() {
        simulation().failingWhenMade("Reader", "It does not answer");
        deploy(TWO);
        are(
                events(WEB, 5).subList(0, 6),
                "Reader CREATE_IN_PROGRESS",
                "Reader CREATE_IN_PROGRESS: Resource creation Initiated",
                "Reader CREATE_FAILED: It does not answer",
                "web ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Reader]. Rollback requested by user.",
                "Reader DELETE_IN_PROGRESS",
                "Reader DELETE_COMPLETE");
        simulation().heal();
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertEquals("CREATE_COMPLETE", deploy(TWO).stackStatusAsString());
    }
}

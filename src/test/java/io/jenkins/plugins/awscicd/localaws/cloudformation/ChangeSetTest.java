package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceToImport;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** What change sets show, and what becomes of them. */
class ChangeSetTest extends SteppedStacks {

    private static final String BASE = template(
            "Parameters:",
            "  Name: {Type: String, Default: one}",
            "  Secret: {Type: String, NoEcho: true, Default: abc}",
            "Resources:",
            "  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref Name, Delay: 1}}",
            "  Reader: {Type: 'AWS::Lambda::Function', Properties: {Role: !GetAtt Queue.Arn, Key: !Ref Secret}}",
            "  Old: {Type: 'AWS::SNS::Topic'}");

    private static ResourceChange change(DescribeChangeSetResponse changeSet, String logicalId) {
        return changeSet.changes().stream()
                .map(one -> one.resourceChange())
                .filter(one -> one.logicalResourceId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> details(ResourceChange change) {
        return change.details().stream()
                .map(detail -> detail.target().name() + " " + detail.evaluationAsString() + " "
                        + detail.changeSourceAsString() + " " + detail.causingEntity() + " "
                        + detail.target().requiresRecreationAsString())
                .toList();
    }

    @Test
    void showsWhyAndHowResourcesChange() {
        deploy(BASE);
        DescribeChangeSetResponse changeSet = plan(
                "UPDATE",
                BASE.replace("Delay: 1", "Delay: 2").replace("  Old: {Type: 'AWS::SNS::Topic'}\n", "")
                        + "  New: {Type: 'AWS::SNS::Topic'}\n",
                parameter("Name", "two"));
        ResourceChange queue = change(changeSet, "Queue");
        assertEquals(
                "Modify True ReplaceAndDelete",
                queue.actionAsString() + " " + queue.replacementAsString() + " " + queue.policyActionAsString());
        assertEquals(
                List.of(
                        "QueueName Static ParameterReference Name Always",
                        "QueueName Dynamic DirectModification null Always",
                        "Delay Static DirectModification null Never"),
                details(queue));
        ResourceChange reader = change(changeSet, "Reader");
        assertEquals("False", reader.replacementAsString());
        assertEquals(List.of("Role Dynamic ResourceAttribute Queue.Arn Never"), details(reader));
        assertEquals("Add", change(changeSet, "New").actionAsString());
        ResourceChange old = change(changeSet, "Old");
        assertEquals("Remove Delete", old.actionAsString() + " " + old.policyActionAsString());
    }

    @Test
    void anotherVersionOfALaunchTemplateIsAChangeOfTheGroupThatLaunchesIt() {
        String fleet = template(
                "Resources:",
                "  Template: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {ImageId: ami-1}}}",
                "  Fleet:",
                "    Type: AWS::AutoScaling::AutoScalingGroup",
                "    Properties:",
                "      MinSize: '1'",
                "      MaxSize: '1'",
                "      LaunchTemplate:",
                "        LaunchTemplateId: !Ref Template",
                "        Version: !GetAtt Template.LatestVersionNumber");
        deploy(fleet);
        DescribeChangeSetResponse changeSet = plan("UPDATE", fleet.replace("ami-1", "ami-2"));
        List<String> why = details(change(changeSet, "Fleet"));
        assertTrue(
                why.contains("LaunchTemplate Dynamic ResourceAttribute Template.LatestVersionNumber Never"),
                why.toString());
        execute(changeSet);
        assertEquals("UPDATE_COMPLETE", stack().stackStatusAsString());
        assertTrue(events(WEB).contains("Fleet UPDATE_COMPLETE"), events(WEB).toString());
    }

    @Test
    void showsValuesIfAsked() {
        deploy(BASE);
        String id = plan("UPDATE", BASE.replace("Delay: 1", "Delay: 2"), parameter("Secret", "xyz"))
                .changeSetId();
        DescribeChangeSetResponse values = cloudFormation.describeChangeSet(
                request -> request.changeSetName(id).includePropertyValues(true));
        ResourceChangeDetail delay = change(values, "Queue").details().get(0);
        assertEquals(
                "/Properties/Delay 1 2 Modify",
                delay.target().path() + " "
                        + delay.target().beforeValue() + " " + delay.target().afterValue() + " "
                        + delay.target().attributeChangeTypeAsString());
        assertTrue(change(values, "Reader").afterContext().contains("\"Key\":\"****\""));
        assertTrue(!values.toString().contains("xyz"));
        aws.cloudFormation().speak(Dialect.VALUES_LOSE_CHANGES);
        assertEquals(
                1,
                cloudFormation
                        .describeChangeSet(request -> request.changeSetName(id).includePropertyValues(true))
                        .changes()
                        .size());
        assertEquals(
                2,
                cloudFormation
                        .describeChangeSet(request -> request.changeSetName(id))
                        .changes()
                        .size());
    }

    @Test
    void emptyOnesSaySoInTwoWays() {
        deploy(BASE);
        aws.cloudFormation().speak(List.of(Dialect.EMPTY_NO_UPDATES, Dialect.VALUES_WITHOUT_REASON));
        DescribeChangeSetResponse empty = plan("UPDATE", BASE);
        assertEquals("No updates are to be performed.", empty.statusReason());
        assertNull(cloudFormation
                .describeChangeSet(
                        request -> request.changeSetName(empty.changeSetId()).includePropertyValues(true))
                .statusReason());
        refused(
                "InvalidChangeSetStatus",
                "ChangeSet [" + empty.changeSetId() + "] cannot be executed in its current status of [FAILED]",
                () -> execute(empty));
    }

    @Test
    void outputsAloneAreChanges() {
        deploy(BASE);
        DescribeChangeSetResponse changeSet = plan("UPDATE", BASE + template("Outputs:", "  Url: {Value: !Ref Queue}"));
        assertEquals("CREATE_COMPLETE", changeSet.statusAsString());
        assertEquals(0, changeSet.changes().size());
        execute(changeSet);
        assertEquals(Map.of("Url", "one"), outputs(stack()));
    }

    @Test
    void tagsAloneAreChanges() {
        deploy(BASE);
        DescribeChangeSetResponse changeSet = plan(
                "UPDATE",
                BASE,
                request -> request.tags(Tag.builder().key("team").value("shop").build()));
        assertEquals(List.of("Tags"), change(changeSet, "Queue").scopeAsStrings());
    }

    @Test
    void othersAreGoneOrObsoleteOnceOneIsExecuted() {
        deploy(BASE);
        DescribeChangeSetResponse one = plan("UPDATE", BASE.replace("Delay: 1", "Delay: 2"));
        DescribeChangeSetResponse other = plan("UPDATE", BASE.replace("Delay: 1", "Delay: 3"));
        execute(one);
        assertEquals(
                "EXECUTE_COMPLETE",
                cloudFormation
                        .describeChangeSet(request -> request.changeSetName(one.changeSetId()))
                        .executionStatusAsString());
        refused(
                "ChangeSetNotFound",
                "ChangeSet [" + other.changeSetId() + "] does not exist",
                () -> cloudFormation.describeChangeSet(request -> request.changeSetName(other.changeSetId())));
        aws.cloudFormation().speak(Dialect.OTHERS_OBSOLETE);
        DescribeChangeSetResponse third = plan("UPDATE", BASE.replace("Delay: 1", "Delay: 4"));
        execute(plan("UPDATE", BASE.replace("Delay: 1", "Delay: 5")));
        refused(
                "InvalidChangeSetStatus",
                "ChangeSet [" + third.changeSetId()
                        + "] cannot be executed in its current execution status of [OBSOLETE]",
                () -> execute(third));
    }

    @Test
    void aDirectUpdateMakesThemObsolete() {
        deploy(BASE);
        DescribeChangeSetResponse one = plan("UPDATE", BASE.replace("Delay: 1", "Delay: 2"));
        cloudFormation.updateStack(
                request -> request.stackName(WEB).templateBody(BASE.replace("Delay: 1", "Delay: 3")));
        advance(60);
        assertEquals(
                "OBSOLETE",
                cloudFormation
                        .describeChangeSet(request -> request.changeSetName(one.changeSetId()))
                        .executionStatusAsString());
        refused(
                "ValidationError",
                "No updates are to be performed.",
                () -> cloudFormation.updateStack(
                        request -> request.stackName(WEB).templateBody(BASE.replace("Delay: 1", "Delay: 3"))));
    }

    @Test
    void tokensMakeRepetitionsHarmless() {
        String first = null;
        for (int i = 0; i < 2; i++) {
            String id = cloudFormation
                    .createChangeSet(request -> request.stackName(WEB)
                            .changeSetName("first")
                            .changeSetType("CREATE")
                            .clientToken("create-1")
                            .templateBody(BASE))
                    .id();
            assertTrue(first == null || first.equals(id));
            first = id;
        }
        String id = first;
        advance(2);
        for (int i = 0; i < 2; i++) {
            cloudFormation.executeChangeSet(request -> request.changeSetName(id).clientRequestToken("execute-1"));
        }
        advance(60);
        assertEquals(
                "execute-1",
                cloudFormation
                        .describeStackEvents(request -> request.stackName(WEB))
                        .stackEvents()
                        .get(0)
                        .clientRequestToken());
        refused(
                "TokenAlreadyExistsException",
                "A client request token already exists: execute-1",
                () -> cloudFormation.executeChangeSet(request -> request.changeSetName(id)
                        .clientRequestToken("execute-1")
                        .disableRollback(true)));
        aws.cloudFormation().speak(Dialect.TOKEN_ONCE);
        refused(
                "TokenAlreadyExistsException",
                "A client request token already exists: execute-1",
                () -> cloudFormation.executeChangeSet(
                        request -> request.changeSetName(id).clientRequestToken("execute-1")));
    }

    @Test
    void refusesWhatTheStackIsNotReadyFor() {
        refused("ValidationError", "Stack [web] does not exist", () -> plan("UPDATE", BASE));
        deploy(BASE);
        CloudFormationException exists = org.junit.jupiter.api.Assertions.assertThrows(
                CloudFormationException.class, () -> plan("CREATE", BASE));
        assertTrue(exists.getMessage().contains("already exists and cannot be created again"), exists.getMessage());
        String id = plan("UPDATE", BASE.replace("Delay: 1", "Delay: 2")).changeSetId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(id));
        refused(
                "ValidationError",
                "Stack:" + stack().stackId() + " is in UPDATE_IN_PROGRESS state and can not be updated.",
                () -> plan("UPDATE", BASE));
    }

    @Test
    void changesComeInPages() {
        deploy(BASE);
        aws.cloudFormation().pageSize(1);
        String id = plan(
                        "UPDATE",
                        BASE.replace("Delay: 1", "Delay: 2")
                                .replace("'AWS::SNS::Topic'}", "'AWS::SNS::Topic', DeletionPolicy: Retain}"))
                .changeSetId();
        DescribeChangeSetResponse first = cloudFormation.describeChangeSet(request -> request.changeSetName(id));
        assertEquals(1, first.changes().size());
        DescribeChangeSetResponse second = cloudFormation.describeChangeSet(
                request -> request.changeSetName(id).nextToken(first.nextToken()));
        assertEquals("Old", second.changes().get(0).resourceChange().logicalResourceId());
        assertNull(second.nextToken());
    }

    @Test
    void importsWhatExists() {
        aws.s3().createBucket("existing", false);
        String template = template(
                "Resources:",
                "  Bucket:",
                "    Type: AWS::S3::Bucket",
                "    DeletionPolicy: Retain",
                "    Properties: {BucketName: existing}");
        DescribeChangeSetResponse changeSet = plan(
                "IMPORT",
                template,
                request -> request.resourcesToImport(List.of(ResourceToImport.builder()
                        .logicalResourceId("Bucket")
                        .resourceType("AWS::S3::Bucket")
                        .resourceIdentifier(Map.of("BucketName", "existing"))
                        .build())));
        assertEquals("Import", change(changeSet, "Bucket").actionAsString());
        execute(changeSet);
        assertEquals("IMPORT_COMPLETE", stack().stackStatusAsString());
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertTrue(aws.s3().exists("existing"));
    }

    @Test
    void theSameNameAgainIsTheSameOrRefused() {
        String id =
                plan("CREATE", BASE, request -> request.changeSetName("first")).changeSetId();
        assertEquals(
                id,
                plan("CREATE", BASE, request -> request.changeSetName("first")).changeSetId());
        refused(
                "AlreadyExistsException",
                "ChangeSet first cannot be created due to a mismatch with existing attribute ClientToken",
                () -> plan(
                        "CREATE",
                        BASE,
                        request -> request.changeSetName("first").clientToken("other")));
        refused(
                "AlreadyExistsException",
                "ChangeSet first cannot be created due to a mismatch with existing attribute Template",
                () -> plan("CREATE", BASE + " ", request -> request.changeSetName("first")));
    }

    @Test
    void earlyValidationSaysWhatIsWrongByEvents() {
        simulation()
                .invalid(
                        "Old",
                        "NAME_CONFLICT_VALIDATION",
                        "Resource of type 'AWS::SNS::Topic' with identifier 'old' already exists.");
        DescribeChangeSetResponse changeSet = plan("CREATE", BASE);
        assertEquals("FAILED", changeSet.statusAsString());
        assertEquals(
                "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot"
                        + " Early Validation errors, use the DescribeEvents API for detailed failure information.",
                changeSet.statusReason());
        assertEquals(
                List.of("VALIDATION_ERROR Old NAME_CONFLICT_VALIDATION FAILED"),
                cloudFormation
                        .describeEvents(request -> request.changeSetName(changeSet.changeSetId())
                                .filters(filters -> filters.failedEvents(true)))
                        .operationEvents()
                        .stream()
                        .map(event -> event.eventTypeAsString() + " " + event.logicalResourceId() + " "
                                + event.validationName() + " " + event.validationStatusAsString())
                        .toList());
    }

    @Test
    void eventsAreThoseOfAnOperation() {
        deploy(BASE);
        simulation().failing(Action.UPDATE, "Queue", "No room");
        deploy(BASE.replace("Delay: 1", "Delay: 2"));
        assertEquals(
                List.of("ROLLBACK", "UPDATE_STACK", "CREATE_CHANGESET"),
                stack().lastOperations().subList(0, 3).stream()
                        .map(one -> one.operationTypeAsString())
                        .toList());
        String update = stack().lastOperations().get(1).operationId();
        assertEquals(
                List.of("Queue No room"),
                cloudFormation
                        .describeEvents(
                                request -> request.operationId(update).filters(filters -> filters.failedEvents(true)))
                        .operationEvents()
                        .stream()
                        .map(event -> event.logicalResourceId() + " " + event.resourceStatusReason())
                        .toList());
        assertEquals(
                0,
                cloudFormation
                        .describeEvents(
                                request -> request.stackName(WEB).filters(filters -> filters.failedEvents(true)))
                        .operationEvents()
                        .size());
        aws.cloudFormation().speak(List.of(Dialect.NO_OPERATIONS));
        assertEquals(0, stack().lastOperations().size());
    }
}

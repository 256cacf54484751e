package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Hooks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.ResourceSignalStatus;
import software.amazon.awssdk.services.cloudformation.model.RollbackTrigger;

/** What is taken back, what is kept, and what cannot be taken back. */
class RollbackTest extends SteppedStacks {

    private static final String PAIR = template(
            "Parameters:",
            "  Size: {Type: String, Default: small}",
            "Resources:",
            "  One: {Type: 'AWS::Lambda::Function', Properties: {MemorySize: !Ref Size}}",
            "  Two: {Type: 'AWS::Lambda::Function', Properties: {MemorySize: !Ref Size}, DependsOn: One}");
    private int seen;

    @BeforeEach
    void make() {
        deploy(PAIR);
        seen = events(WEB).size();
    }

    private List<String> later() {
        return events(WEB, seen);
    }

    @Test
    void whatCannotBeTakenBackIsSkippedLater() {
        simulation().failing(Action.UPDATE, "Two", "No room").failing(Action.UNDO, "One", "It is gone");
        deploy(PAIR, parameter("Size", "large"));
        assertEquals("UPDATE_ROLLBACK_FAILED", stack().stackStatusAsString());
        assertEquals("The following resource(s) failed to update: [One].", stack().stackStatusReason());
        refused(
                "ValidationError",
                "Stack:" + stack().stackId() + " is in UPDATE_ROLLBACK_FAILED state and can not be updated.",
                () -> plan("UPDATE", PAIR));
        seen = events(WEB).size();
        cloudFormation.continueUpdateRollback(request -> request.stackName(WEB).resourcesToSkip("One"));
        advance(60);
        are(
                later(),
                "web UPDATE_ROLLBACK_IN_PROGRESS: User Initiated",
                "One UPDATE_COMPLETE",
                "Two UPDATE_IN_PROGRESS",
                "Two UPDATE_COMPLETE",
                "web UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                "web UPDATE_ROLLBACK_COMPLETE");
    }

    @Test
    void anUpdateIsCancelled() {
        simulation().takes(Duration.ofMinutes(5));
        String id = plan("UPDATE", PAIR, parameter("Size", "large")).changeSetId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(id).clientRequestToken("deploy-1"));
        advance(10);
        cloudFormation.cancelUpdateStack(request -> request.stackName(WEB));
        advance(3600);
        are(
                later(),
                "web UPDATE_IN_PROGRESS: User Initiated",
                "One UPDATE_IN_PROGRESS",
                "One UPDATE_FAILED: Resource update cancelled",
                "web UPDATE_ROLLBACK_IN_PROGRESS: User Initiated",
                "One UPDATE_IN_PROGRESS",
                "One UPDATE_COMPLETE",
                "web UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                "web UPDATE_ROLLBACK_COMPLETE");
        refused(
                "ValidationError",
                "CancelUpdateStack cannot be called from current stack status",
                () -> cloudFormation.cancelUpdateStack(request -> request.stackName(WEB)));
    }

    @Test
    void whatWasMadeIsKeptIfThatIsAsked() {
        simulation().failingNext(Action.UPDATE, "Two", "No room");
        String id = plan("UPDATE", PAIR, parameter("Size", "large")).changeSetId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(id).disableRollback(true));
        advance(60);
        assertEquals("UPDATE_FAILED", stack().stackStatusAsString());
        seen = events(WEB).size();
        cloudFormation.rollbackStack(request -> request.stackName(WEB));
        advance(60);
        are(
                later(),
                "web UPDATE_ROLLBACK_IN_PROGRESS: User Initiated",
                "One UPDATE_IN_PROGRESS",
                "One UPDATE_COMPLETE",
                "Two UPDATE_IN_PROGRESS",
                "Two UPDATE_COMPLETE",
                "web UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                "web UPDATE_ROLLBACK_COMPLETE");
    }

    @Test
    void aStackThatCannotBeMadeIsDeletedOrKept() {
        aws.cloudFormation().simulation("other").failing(Action.CREATE, "Two", "No room");
        for (String mode : List.of("DELETE", "DO_NOTHING")) {
            String id = cloudFormation
                    .createStack(request ->
                            request.stackName("other").templateBody(PAIR).onFailure(mode))
                    .stackId();
            advance(60);
            assertEquals(
                    mode.equals("DELETE") ? "DELETE_COMPLETE" : "CREATE_FAILED",
                    stack(id).stackStatusAsString());
        }
        assertEquals(
                "The following resource(s) failed to create: [Two].",
                stack("other").stackStatusReason());
        cloudFormation.deleteStack(request -> request.stackName("other"));
        advance(60);
        String set = cloudFormation
                .createChangeSet(request -> request.stackName("other")
                        .changeSetName("first")
                        .changeSetType("CREATE")
                        .templateBody(PAIR)
                        .onStackFailure(OnStackFailure.DELETE))
                .id();
        advance(2);
        String stackId = stack("other").stackId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(set));
        advance(60);
        assertEquals("DELETE_COMPLETE", stack(stackId).stackStatusAsString());
    }

    @Test
    void othersAreCancelledWhenOneFails() {
        String wide = PAIR.replace(", DependsOn: One", "");
        deploy(wide, parameter("Size", "medium"));
        seen = events(WEB).size();
        simulation().takes("One", Duration.ofSeconds(30)).failing(Action.UPDATE, "Two", "No room");
        deploy(wide, parameter("Size", "large"));
        are(
                later().subList(0, 6),
                "web UPDATE_IN_PROGRESS: User Initiated",
                "One UPDATE_IN_PROGRESS",
                "Two UPDATE_IN_PROGRESS",
                "Two UPDATE_FAILED: No room",
                "One UPDATE_FAILED: Resource update cancelled",
                "web UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Two, One].");
    }

    @Test
    void aHookRefuses() {
        aws.cloudFormation()
                .hook(new Hooks.Hook("Our::Lambda::Small", "AWS::Lambda::Function", "FAIL", "large is too large"));
        deploy(PAIR, parameter("Size", "large"));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
        assertEquals(
                "One UPDATE_FAILED: The following hook(s) failed: [Our::Lambda::Small]",
                later().stream()
                        .filter(event -> event.contains("FAILED"))
                        .findFirst()
                        .orElse(""));
        assertEquals(
                List.of("Hook failed with message: large is too large"),
                cloudFormation.describeStackEvents(request -> request.stackName(WEB)).stackEvents().stream()
                        .filter(event -> "HOOK_COMPLETE_FAILED".equals(event.hookStatusAsString()))
                        .map(event -> event.hookStatusReason())
                        .toList());
    }

    @Test
    void anAlarmRollsBack() {
        String alarm = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors";
        String id = plan(
                        "UPDATE",
                        PAIR,
                        request -> request.parameters(parameter("Size", "large"))
                                .rollbackConfiguration(triggers -> triggers.monitoringTimeInMinutes(5)
                                        .rollbackTriggers(List.of(RollbackTrigger.builder()
                                                .arn(alarm)
                                                .type("AWS::CloudWatch::Alarm")
                                                .build()))))
                .changeSetId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(id));
        advance(60);
        assertEquals("UPDATE_IN_PROGRESS", stack().stackStatusAsString());
        aws.cloudFormation().alarm(alarm);
        assertEquals("UPDATE_ROLLBACK_IN_PROGRESS", stack().stackStatusAsString());
        advance(60);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
    }

    @Test
    void signalsAreWaitedFor() {
        String fleet = PAIR
                + template(
                        "  Fleet:",
                        "    Type: AWS::AutoScaling::AutoScalingGroup",
                        "    CreationPolicy: {ResourceSignal: {Count: 2, Timeout: PT10M}}",
                        "    Properties: {MinSize: 2, MaxSize: 2}");
        simulation().waitsForSignals("Fleet");
        deploy(fleet);
        assertEquals("UPDATE_IN_PROGRESS", stack().stackStatusAsString());
        for (String instance : List.of("i-1", "i-2")) {
            cloudFormation.signalResource(request -> request.stackName(WEB)
                    .logicalResourceId("Fleet")
                    .uniqueId(instance)
                    .status(ResourceSignalStatus.SUCCESS));
        }
        advance(60);
        assertEquals("UPDATE_COMPLETE", stack().stackStatusAsString());
    }

    @Test
    void signalsThatDoNotComeFailTheStack() {
        String fleet = PAIR
                + template(
                        "  Fleet:",
                        "    Type: AWS::AutoScaling::AutoScalingGroup",
                        "    CreationPolicy: {ResourceSignal: {Count: 2, Timeout: PT10M}}",
                        "    Properties: {MinSize: 2, MaxSize: 2}");
        simulation().waitsForSignals("Fleet");
        deploy(fleet);
        advance(660);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
        assertEquals(
                "Fleet CREATE_FAILED: Failed to receive 2 resource signal(s) within the specified duration",
                later().stream()
                        .filter(event -> event.contains("FAILED"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void aPolicyProtectsResources() {
        cloudFormation.setStackPolicy(request -> request.stackName(WEB)
                .stackPolicyBody("{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"Update:*\",\"Principal\":\"*\","
                        + "\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"Update:*\",\"Principal\":\"*\","
                        + "\"Resource\":\"LogicalResourceId/Two\"}]}"));
        deploy(PAIR, parameter("Size", "large"));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
        assertEquals(
                "Two UPDATE_FAILED: Action denied by stack policy: Statement [#2] does not allow [Update:*] for resource"
                        + " [LogicalResourceId/Two];",
                later().stream()
                        .filter(event -> event.contains("FAILED"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void whatIsRetainedIsSkipped() {
        deploy(PAIR
                + template("  Kept: {Type: 'AWS::SNS::Topic', DeletionPolicy: Retain, Properties: {TopicName: kept}}"));
        seen = events(WEB).size();
        deploy(PAIR);
        are(
                later(),
                "web UPDATE_IN_PROGRESS: User Initiated",
                "web UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                "Kept DELETE_SKIPPED",
                "web UPDATE_COMPLETE");
        assertEquals("kept", aws.sns().topic("kept").name());
    }

    @Test
    void aFailedUpdateGoesOnWithTheNext() {
        simulation().failingNext(Action.UPDATE, "Two", "No room");
        String id = plan("UPDATE", PAIR, parameter("Size", "large")).changeSetId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(id).disableRollback(true));
        advance(60);
        assertEquals("UPDATE_FAILED", stack().stackStatusAsString());
        String again = plan("UPDATE", PAIR, parameter("Size", "large")).changeSetId();
        cloudFormation.executeChangeSet(request -> request.changeSetName(again).disableRollback(true));
        advance(60);
        assertEquals("UPDATE_COMPLETE", stack().stackStatusAsString());
        assertEquals("large", stack().parameters().get(0).parameterValue());
    }

    @Test
    void aCreationIsStoppedByItsDeletion() {
        aws.cloudFormation().simulation("other").takes(Duration.ofMinutes(5));
        String id = cloudFormation
                .createStack(
                        request -> request.stackName("other").templateBody(PAIR).timeoutInMinutes(20))
                .stackId();
        advance(10);
        cloudFormation.deleteStack(request -> request.stackName("other"));
        advance(1000);
        assertEquals("DELETE_COMPLETE", stack(id).stackStatusAsString());
    }

    @Test
    void aCreationThatTakesTooLongFails() {
        aws.cloudFormation().simulation("other").takes(Duration.ofMinutes(5));
        cloudFormation.createStack(
                request -> request.stackName("other").templateBody(PAIR).timeoutInMinutes(7));
        advance(3600);
        assertEquals("ROLLBACK_COMPLETE", stack("other").stackStatusAsString());
    }
}

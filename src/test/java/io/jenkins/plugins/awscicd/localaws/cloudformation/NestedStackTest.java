package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;

/** Stacks that are resources of others. */
class NestedStackTest extends SteppedStacks {

    private static final String INNER = template(
            "Parameters:",
            "  Size: {Type: String}",
            "Resources:",
            "  Function: {Type: 'AWS::Lambda::Function', Properties: {MemorySize: !Ref Size}}",
            "Outputs:",
            "  Name: {Value: !Ref Function}");
    private static final String OUTER = template(
            "Parameters:",
            "  Size: {Type: String, Default: small}",
            "Resources:",
            "  Inner:",
            "    Type: AWS::CloudFormation::Stack",
            "    Properties:",
            "      TemplateURL: https://templates.s3.eu-west-1.amazonaws.com/inner.yaml",
            "      Parameters: {Size: !Ref Size}",
            "  After: {Type: 'AWS::SSM::Parameter', Properties: {Value: !GetAtt Inner.Outputs.Name, Type: String}}");

    @BeforeEach
    void store() {
        aws.s3().createBucket("templates", false);
        aws.s3().put("templates", "inner.yaml", INNER.getBytes(StandardCharsets.UTF_8));
    }

    private String inner() {
        return aws.cloudFormation().stack(WEB).resources().get("Inner").physicalId();
    }

    @Test
    void isMadeAndDeletedWithItsParent() {
        deploy(OUTER);
        assertEquals(
                "CREATE_COMPLETE",
                stack().stackStatusAsString(),
                () -> events(WEB).toString());
        String inner = inner();
        assertEquals("CREATE_COMPLETE", stack(inner).stackStatusAsString());
        assertEquals(stack().stackId(), stack(inner).parentId());
        assertEquals(stack().stackId(), stack(inner).rootId());
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertEquals("DELETE_COMPLETE", stack(inner).stackStatusAsString());
    }

    @Test
    void whatFailsInsideFailsOutside() {
        aws.cloudFormation().simulation("web/Inner").failing(Action.CREATE, "Function", "No room");
        deploy(OUTER);
        assertEquals("ROLLBACK_COMPLETE", stack().stackStatusAsString());
        String failed = events(WEB).stream()
                .filter(event -> event.startsWith("Inner CREATE_FAILED"))
                .findFirst()
                .orElse("");
        assertTrue(
                failed.endsWith(
                        " was not successfully created: The following resource(s) failed to create: [Function]."),
                failed);
    }

    @Test
    void anUpdateThatFailsInsideIsTakenBackInside() {
        deploy(OUTER);
        String inner = inner();
        int seen = events(inner).size();
        aws.cloudFormation().simulation("web/Inner").failing(Action.UPDATE, "Function", "No room");
        deploy(OUTER, parameter("Size", "large"));
        assertEquals(
                "UPDATE_ROLLBACK_COMPLETE",
                stack().stackStatusAsString(),
                () -> events(WEB).toString());
        are(
                events(inner, seen),
                stack(inner).stackName() + " UPDATE_IN_PROGRESS",
                "Function UPDATE_IN_PROGRESS",
                "Function UPDATE_FAILED: No room",
                stack(inner).stackName()
                        + " UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Function].",
                "Function UPDATE_IN_PROGRESS",
                "Function UPDATE_COMPLETE",
                stack(inner).stackName() + " UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                stack(inner).stackName() + " UPDATE_ROLLBACK_COMPLETE");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anUpdateThatFailsOutsideIsTakenBackInside(Dialect dialect) {
        aws.cloudFormation().speak(dialect);
        deploy(OUTER);
        String inner = inner();
        aws.cloudFormation().simulation(WEB).failing(Action.CREATE, "Last", "No room");
        deploy(
                OUTER + template("  Last: {Type: 'AWS::SQS::Queue', DependsOn: [Inner, After]}"),
                parameter("Size", "large"));
        assertEquals(
                "UPDATE_ROLLBACK_COMPLETE",
                stack().stackStatusAsString(),
                () -> events(WEB).toString());
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack(inner).stackStatusAsString());
        assertEquals("small", stack(inner).parameters().get(0).parameterValue());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anUpdateThatStandsIsCleanedUpInside(Dialect dialect) {
        aws.cloudFormation().speak(dialect);
        deploy(OUTER);
        deploy(OUTER, parameter("Size", "large"));
        assertEquals("UPDATE_COMPLETE", stack().stackStatusAsString());
        assertEquals("UPDATE_COMPLETE", stack(inner()).stackStatusAsString());
        assertEquals("large", stack(inner()).parameters().get(0).parameterValue());
    }

    @Test
    void aChangeSetShowsItAsChangedUnlessItLooksInside() {
        deploy(OUTER);
        DescribeChangeSetResponse without = plan("UPDATE", OUTER);
        assertEquals("CREATE_COMPLETE", without.statusAsString());
        assertEquals(
                "Automatic",
                without.changes().get(0).resourceChange().details().get(0).changeSourceAsString());
        DescribeChangeSetResponse inside = plan("UPDATE", OUTER, request -> request.includeNestedStacks(true));
        assertEquals("FAILED", inside.statusAsString(), inside.toString());
        inside = plan(
                "UPDATE", OUTER, request -> request.includeNestedStacks(true).parameters(parameter("Size", "large")));
        String nested = inside.changes().get(0).resourceChange().changeSetId();
        DescribeChangeSetResponse inner = cloudFormation.describeChangeSet(request -> request.changeSetName(nested));
        assertEquals(inside.changeSetId(), inner.rootChangeSetId());
        assertEquals(
                List.of("Function"),
                inner.changes().stream()
                        .map(change -> change.resourceChange().logicalResourceId())
                        .toList());
        execute(inside);
        assertEquals("large", stack(inner()).parameters().get(0).parameterValue());
    }

    @Test
    void aChangeSetOfANewOneIsInReview() {
        DescribeChangeSetResponse inside = plan("CREATE", OUTER, request -> request.includeNestedStacks(true));
        String nested = inside.changes().get(0).resourceChange().changeSetId();
        String inner = cloudFormation
                .describeChangeSet(request -> request.changeSetName(nested))
                .stackId();
        assertEquals("REVIEW_IN_PROGRESS", stack(inner).stackStatusAsString());
        execute(inside);
        assertEquals("CREATE_COMPLETE", stack(inner).stackStatusAsString());
        assertEquals(inner, inner());
    }
}

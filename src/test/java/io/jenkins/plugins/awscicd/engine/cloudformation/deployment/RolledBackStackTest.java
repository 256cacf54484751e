package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Simulation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has failed is gone on with, or rolled back: with what was kept of it, and where a rollback has failed as well. */
class RolledBackStackTest extends SteppedStacks {

    private static final String PARENT = template(
            "Parameters:",
            "  Size: {Type: String, Default: small}",
            "Resources:",
            "  Network:",
            "    Type: AWS::CloudFormation::Stack",
            "    Properties:",
            "      TemplateURL: 'https://templates.s3.eu-west-1.amazonaws.com/web.yaml'",
            "      Parameters: {Size: !Ref Size}",
            "  Topic:",
            "    Type: AWS::SNS::Topic",
            "    DependsOn: Network",
            "    Properties: {DisplayName: !Ref Size}");

    @BeforeEach
    void store() {
        bench.aws().s3().createBucket("templates", false);
        bench.aws().s3().put("templates", "web.yaml", TWO.getBytes(StandardCharsets.UTF_8));
    }

    private Simulation nested() {
        return bench.aws().cloudFormation().simulation("web/Network");
    }

    private String nestedName() {
        String arn = bench.aws()
                .cloudFormation()
                .stack("web")
                .resource("Network")
                .orElseThrow()
                .physicalId();
        return arn.split("/")[1];
    }

    private Step large(String template) {
        return deploy(template).with("parameters", Map.of("Size", "large"));
    }

    private void good(Step step) {
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
    }

    private void kept() {
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Reader", "Memory is full");
        Step failed = large(TWO).with("onFailure", "keep").run();
        assertEquals(Verdict.End.FAILED, failed.verdict());
        assertEquals("UPDATE_FAILED", status());
        failed.says("Continue with onFailure: 'keep', or roll back with continueRollback: true");
        simulation().heal();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatWasKeptIsGoneOnWith(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        kept();
        Step refused = large(TWO).run();
        assertTrue(
                refused.why().contains("AWS updates such a stack only with onFailure: 'keep'; or roll it back first"),
                refused::why);
        assertEquals("UPDATE_FAILED", status());
        Step again = large(TWO).with("onFailure", "keep").run();
        good(again);
        assertEquals("UPDATE_COMPLETE", status());
        assertEquals("large", again.result().getOutputs().get("Size"));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatWasKeptIsRolledBack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        kept();
        Step back = step().with("continueRollback", true).run();
        good(back);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
        assertEquals("small", back.result().getOutputs().get("Size"));
        assertEquals(1, calls("RollbackStack"));
        good(large(TWO).run());
    }

    @Test
    void nothingIsSkippedOfWhatWasKept() {
        kept();
        Step refused = step().with("continueRollback", List.of("Reader")).run();
        assertTrue(refused.why().contains("use continueRollback: true"), refused::why);
        assertEquals("UPDATE_FAILED", status());
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "ROLLBACK_DELETES"})
    void aCreationThatWasKeptIsGoneOnWithOrRolledBack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        simulation().failing(Action.CREATE, "Reader", "No such handler");
        deploy(TWO).with("onFailure", "keep").run();
        assertEquals("CREATE_FAILED", status());
        Step refused = deploy(TWO).run();
        assertTrue(refused.why().contains("onFailure: 'keep'"), refused::why);
        Step back = step().with("continueRollback", true).run();
        good(back);
        simulation().heal();
        good(deploy(TWO).with("recreateFailed", true).run());
        assertEquals("CREATE_COMPLETE", status());
    }

    @Test
    void whatIsReplacedIsNotBegunWithIfItIsToBeKept() {
        deployed(TWO);
        Step step = deploy(TWO.replace("{VisibilityTimeout: 30}", "{QueueName: jobs}"))
                .with("onFailure", "keep")
                .run();
        assertTrue(step.why().startsWith("onFailure: AWS does not replace resources with 'keep'"), step::why);
        assertTrue(step.why().contains("Queue"), step::why);
        assertEquals("CREATE_COMPLETE", status());
        assertEquals(1, calls("ExecuteChangeSet"));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aRollbackThatHasFailedIsNamedAndContinuedToItsEnd(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Reader", "Memory is full").failing(Action.UNDO, "Reader", "It is gone");
        Step failed = large(TWO).run();
        assertEquals(Verdict.End.FAILED, failed.verdict());
        assertEquals("UPDATE_ROLLBACK_FAILED", status());
        failed.says("or skip what cannot be rolled back with continueRollback: ['Reader']");
        assertEquals(
                "Cause: Reader (AWS::Lambda::Function): Memory is full",
                failed.lines().get(failed.lines().size() - 1));
        Step next = large(TWO).run();
        assertTrue(next.why().endsWith("continueRollback: ['Reader']"), next::why);
        Step again = step().with("continueRollback", true).run();
        assertEquals(Verdict.End.FAILED, again.verdict());
        assertEquals(
                "Cause: Reader (AWS::Lambda::Function): It is gone",
                again.lines().get(again.lines().size() - 1));
        Step skipped = step().with("continueRollback", List.of("Reader")).run();
        good(skipped);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
    }

    @Test
    void whoMayNotReadWhatCouldNotBeRolledBackIsToldWhatToAllow() {
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Reader", "Memory is full").failing(Action.UNDO, "Reader", "It is gone");
        large(TWO).run();
        bench.aws().faults().on("CloudFormation.DescribeStackEvents").accessDenied();
        Step next = large(TWO).run();
        assertTrue(next.why().contains("continueRollback: ['Id', ...]"), next::why);
        assertTrue(next.why().contains("cloudformation:DescribeStackEvents"), next::why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Network.Reader", "Network/Reader", "%s.Reader"})
    void whatFailedInANestedStackIsSkippedByName(String named) {
        good(deploy(PARENT).run());
        nested().failing(Action.UNDO, "Reader", "It is gone");
        simulation().failing(Action.UPDATE, "Topic", "No such topic");
        Step failed = large(PARENT).run();
        assertEquals("UPDATE_ROLLBACK_FAILED", status(), () -> failed.lines().toString());
        String asAws = nestedName() + ".Reader";
        failed.says("continueRollback: ['" + asAws + "']");
        Step next = large(PARENT).run();
        assertTrue(next.why().endsWith("continueRollback: ['" + asAws + "']"), next::why);
        Step skipped = step().with("continueRollback", List.of(String.format(named, nestedName())))
                .run();
        good(skipped);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
    }
}

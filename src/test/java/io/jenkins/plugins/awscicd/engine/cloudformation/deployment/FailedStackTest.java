package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Hooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has failed is told down to what came first, and so is what to do about it. */
class FailedStackTest extends SteppedStacks {

    private static final String PARENT = template(
            "Resources:",
            "  Network:",
            "    Type: AWS::CloudFormation::Stack",
            "    Properties: {TemplateURL: 'https://templates.s3.eu-west-1.amazonaws.com/web.yaml'}",
            "  Topic:",
            "    Type: AWS::SNS::Topic",
            "    Properties: {DisplayName: news}");

    private void nested() {
        bench.aws().s3().createBucket("templates", false);
        bench.aws().s3().put("templates", "web.yaml", TWO.getBytes(StandardCharsets.UTF_8));
    }

    private static String last(Step step) {
        return step.lines().get(step.lines().size() - 1);
    }

    @Test
    void aRollbackThatFailsIsContinued() {
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Reader", "Memory is full");
        // The rollback updates it once more.
        Step step = deploy(TWO.replace("30}", "60}"))
                .with("parameters", Map.of("Size", "large"))
                .begin();
        bench.advanceUntil(() -> status().startsWith("UPDATE_ROLLBACK") || step.kept.isOver(), LONG);
        step.end();
        assertEquals(Verdict.End.FAILED, step.verdict());
        if (status().equals("UPDATE_ROLLBACK_FAILED")) {
            step.says("continueRollback: ['Reader']");
        }
        assertEquals("Cause: Reader (AWS::Lambda::Function): Memory is full", last(step));
    }

    @Test
    void aRollbackInWhichSomethingFailsSaysHowToGoOn() {
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Queue", "It is locked");
        simulation().failingNext(Action.UPDATE, "Reader", "Memory is full");
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertEquals("Cause: Reader (AWS::Lambda::Function): Memory is full", last(step));
    }

    @Test
    void theCauseInANestedStackIsTheCause() {
        nested();
        bench.aws().cloudFormation().simulation("web/Network").failing(Action.CREATE, "Reader", "No such handler");
        Step step = deploy(PARENT).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        step.says("Network/Reader (AWS::Lambda::Function) CREATE_FAILED: No such handler");
        assertEquals("Cause: Network/Reader (AWS::Lambda::Function): No such handler", last(step));
    }

    @Test
    void whatEarlyValidationFindsInANestedStackIsSaid() {
        nested();
        bench.aws()
                .cloudFormation()
                .simulation("web/Network")
                .invalid("Queue", "PROPERTY_VALIDATION", "VisibilityTimeout is too long.");
        Step step = deploy(PARENT).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertTrue(step.why().contains(": nested stack web-Network-"), step::why);
        assertTrue(
                step.why().endsWith("/Queue /Resources/Queue/Properties: VisibilityTimeout is too long."), step::why);
    }

    @Test
    void whatIsWrongWithANestedTemplateIsSaid() {
        nested();
        bench.aws()
                .s3()
                .put(
                        "templates",
                        "web.yaml",
                        TWO.replace("!GetAtt Queue.Arn", "!ImportValue none").getBytes(StandardCharsets.UTF_8));
        Step step = deploy(PARENT).run();
        assertTrue(step.why().endsWith("No export named none found."), step::why);
    }

    @Test
    void aHookThatRefusesInANestedStackIsTheCause() {
        nested();
        bench.aws()
                .cloudFormation()
                .hook(new Hooks.Hook("Company::Lambda::Signed", "AWS::Lambda::Function", "FAIL", "It is not signed"));
        Step step = deploy(PARENT).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertTrue(
                last(step).startsWith("Cause: Network/Reader (AWS::Lambda::Function): refused by hook"),
                () -> last(step));
        assertTrue(last(step).contains("It is not signed"), () -> last(step));
    }

    @Test
    void aNestedStackThatCannotBeBegunWithIsTheCauseThoughMoreFailsLater() {
        nested();
        simulation().failing(Action.CREATE, "Topic", "No such topic").takes("Topic", Duration.ofSeconds(2));
        Step step = deploy(PARENT)
                .with("onFailure", "keep")
                .with("includeNestedStacks", false)
                .begin();
        bench.advanceUntil(() -> calls("CreateChangeSet") == 1, LONG);
        bench.aws().s3().put("templates", "web.yaml", "Resources: {}".getBytes(StandardCharsets.UTF_8));
        step.end();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertTrue(
                last(step).startsWith("Cause: Network (AWS::CloudFormation::Stack): "),
                () -> step.lines().toString());
    }

    @Test
    void nestedStacksAreInTheTable() {
        nested();
        Step step = deploy(PARENT).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("Network/Queue");
        assertTrue(
                step.result().getChanges().stream()
                        .anyMatch(change -> change.getLogicalId().equals("Network/Queue")),
                () -> step.result().getChanges().toString());
    }

    @Test
    void whatIsSlowIsNamedOnceAMinute() {
        simulation().takes("Reader", Duration.ofMinutes(5));
        Step step = deploy(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        List<String> progress = step.lines().stream()
                .filter(line -> line.contains(" of 2 resources "))
                .toList();
        assertTrue(progress.size() >= 3 && progress.size() <= 6, step.lines()::toString);
        assertTrue(
                progress.get(0).contains("Reader (AWS::Lambda::Function) is in CREATE_IN_PROGRESS"),
                progress::toString);
    }

    @Test
    void aStackThatIsBusyIsWaitedForOrNot() {
        deployed(TWO);
        simulation().takes("Reader", Duration.ofMinutes(3));
        Step one = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        one.crash(); // another controller's, as it were
        bench.advance(1);
        Step refused = deploy(TWO).with("whenBusy", "fail").run();
        assertTrue(refused.why().startsWith("whenBusy: "), refused::why);
        Step waiting = deploy(TWO).with("parameters", Map.of("Size", "huge")).run();
        assertEquals(Verdict.End.SUCCEEDED, waiting.verdict(), waiting::why);
        waiting.says("waiting for its end");
        assertEquals("huge", waiting.result().getOutputs().get("Size"));
    }

    @Test
    void throttlingFailsNothing() {
        bench.aws().faults().on("CloudFormation.DescribeStacks").throttle().times(5);
        bench.aws().faults().on("CloudFormation.DescribeStackEvents").throttle().times(20);
        bench.aws().faults().on("CloudFormation.ExecuteChangeSet").throttle().times(3);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            steps.add(deploy(TWO).with("stack", "web-" + i).begin());
        }
        for (Step step : steps) {
            step.end();
            assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        }
    }

    @Test
    void withoutTheRightToReadEventsItIsFollowedAllTheSame() {
        bench.aws().faults().on("CloudFormation.DescribeStackEvents").accessDenied();
        Step step = deploy(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("cloudformation:DescribeStackEvents");
        assertFalse(step.result().getOutputs().isEmpty());
    }
}

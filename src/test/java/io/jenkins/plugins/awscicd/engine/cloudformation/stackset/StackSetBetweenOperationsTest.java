package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;

/** What others, an abort and a restart do to a step whose first operation has ended, and whose second has not begun. */
class StackSetBetweenOperationsTest extends SteppedStackSets {

    private void othersCreate(String... accounts) {
        client().createStackInstances(
                        it -> it.stackSetName("all").accounts(accounts).regions("us-east-1"));
    }

    /** Before the second operation could begin, somebody else has done what it was for. */
    @Test
    void whatAnotherOperationHasDoneMeanwhileIsNotFollowedAsOurs() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        othersCreate(FIRST, SECOND);
        step.end();
        step.says("AWS is performing another operation on stack set all; waiting for its end");
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, step.result().getOperations().size(), step::why);
        assertEquals(4, instances().size());
    }

    @Test
    void anAbortAfterARestartBeginsNothingMore() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        bench.advance(1);
        step.restart();
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        othersCreate(FIRST);
        bench.advanceUntil(() -> calls("CreateStackInstances") == 4, LONG);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        long tried = calls("CreateStackInstances");
        step.end();
        bench.advance(600);
        assertEquals(tried, calls("CreateStackInstances"));
        assertEquals(3, instances().size(), "one of them is another's");
    }

    /** The answer to the call that begins it is lost, and the next attempts are refused: it has begun all the same. */
    @Test
    void whatHasBegunThoughItsCallFailedIsFollowed() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        bench.loseAnswerTo("CloudFormation.CreateStackInstances");
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .accessDenied()
                .skip(1);
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(2, step.result().getOperations().size(), step::why);
        assertEquals(4, instances().size());
    }

    @Test
    void whatHasNotBegunAsItsCallFailedIsAFailure() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        bench.aws().faults().on("CloudFormation.CreateStackInstances").accessDenied();
        step.end();
        assertEquals(Verdict.End.FAILED, step.verdict(), step::why);
        step.says("cloudformation:CreateStackInstances");
        assertEquals(2, instances().size());
    }

    /** Three parts, as the missing stacks are no rectangle: an abort after the first begins no other. */
    @Test
    void anAbortBetweenTwoPartsBeginsNothingMoreAndSaysSo() {
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        bench.advanceUntil(() -> calls("CreateStackInstances") == 3, LONG);
        client().createStackInstances(
                        it -> it.stackSetName("all").accounts(FIRST).regions("ap-south-1"));
        bench.advanceUntil(() -> calls("CreateStackInstances") == 5, LONG);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.end();
        bench.advance(600);
        assertEquals(
                4,
                client().listStackSetOperations(it -> it.stackSetName("all"))
                        .summaries()
                        .size(),
                "made, updated, the first part, and another's");
        step.says("Aborted: no other operation on stack set 'all' was begun");
    }

    /** What is missing would be made of what they have brought, under this step's name, however much there was before. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 1100", "true, 1100"})
    void anUpdateOfOthersBetweenTwoPartsIsTheEnd(boolean oldestFirst, int before) {
        if (oldestFirst) {
            bench.aws().cloudFormation().speak(Dialect.OLDEST_SET_OPERATION_FIRST);
        }
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        for (int i = 0; i < before; i++) {
            othersUpdate();
            bench.advance(60);
        }
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        bench.advanceUntil(() -> calls("CreateStackInstances") == 3, LONG);
        othersUpdate();
        step.end();
        assertEquals(Verdict.End.FAILED, step.verdict(), step::why);
        step.says("Somebody else has updated stack set 'all' in the meantime");
    }

    private void othersUpdate() {
        client().updateStackSet(it -> it.stackSetName("all").usePreviousTemplate(true));
    }

    private static final String OTHERS = """
            Resources: {Topic: {Type: 'AWS::SNS::Topic'}}
            """;

    /** Another controller makes a stack set of that name, just before a step does: with or without a restart, it is updated. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStackSetThatSomebodyElseHasMadeIsNotTakenForOurs(boolean restarts) {
        bench.aws().faults().on("CloudFormation.CreateStackSet").error(503).times(1);
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackSet") == 1, LONG);
        client().createStackSet(it -> it.stackSetName("all").templateBody(OTHERS));
        if (restarts) {
            step.restart();
        }
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, calls("UpdateStackSet"));
        assertEquals(
                TEMPLATE,
                client().describeStackSet(it -> it.stackSetName("all"))
                        .stackSet()
                        .templateBody());
        assertEquals(4, instances().size());
    }

    /** Whatever AWS says to the token: the stack set that it was for is deleted, and another one there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStackSetOfOthersInPlaceOfOursIsNotTakenForOurs(boolean tokenOutlives) {
        if (tokenOutlives) {
            bench.aws().cloudFormation().speak(Dialect.TOKEN_OUTLIVES_SET);
        }
        bench.loseAnswerTo("CloudFormation.CreateStackSet");
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackSet") == 1, LONG);
        client().deleteStackSet(it -> it.stackSetName("all"));
        client().createStackSet(it -> it.stackSetName("all").templateBody(OTHERS));
        othersCreate(FIRST, SECOND);
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(
                TEMPLATE,
                client().describeStackSet(it -> it.stackSetName("all"))
                        .stackSet()
                        .templateBody());
    }

    /** AWS leaves it out of each update, and says that all has succeeded. */
    @Test
    void aStackThatNoUpdateReachesIsReported() {
        deploy().in(List.of(FIRST, SECOND), List.of("eu-west-1")).succeeds();
        String stack = instances().get(0).stackId();
        bench.aws()
                .cloudFormation(new Place(instances().get(0).account(), "eu-west-1"))
                .stack(stack)
                .simulation()
                .failing(Action.DELETE, "Queue", "Still in use");
        step().with("delete", true)
                .in(List.of(instances().get(0).account()), List.of("eu-west-1"))
                .run();
        for (Step step : List.of(
                deploy().in(List.of(FIRST, SECOND), List.of("eu-west-1")), step().with("template", "previous"))) {
            step.succeeds().says("The stack in " + instances().get(0).account() + " eu-west-1 is INOPERABLE");
        }
    }

    /** The first of two operations leaves a stack, which others take out before the end of the second. */
    @Test
    void aStackSetIsDeletedWhenOthersHaveTakenOutWhatWasLeft() {
        deploy().in(List.of(FIRST), List.of("eu-west-1", "us-east-1")).succeeds();
        deploy().in(List.of(SECOND), List.of("eu-west-1")).succeeds();
        instances().stream()
                .filter(one -> one.region().equals("eu-west-1") && one.account().equals(FIRST))
                .forEach(one -> bench.aws()
                        .cloudFormation(new Place(FIRST, "eu-west-1"))
                        .stack(one.stackId())
                        .simulation()
                        .failing(Action.DELETE, "Queue", "Still in use"));
        bench.aws()
                .faults()
                .on("CloudFormation.DeleteStackInstances")
                .error(503)
                .skip(1)
                .times(1);
        Step step = step().with("delete", true).with("failureTolerance", 3).begin();
        bench.advanceUntil(() -> calls("DeleteStackInstances") == 2, LONG);
        client().deleteStackInstances(it ->
                it.stackSetName("all").accounts(FIRST).regions("eu-west-1").retainStacks(true));
        step.end();

        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertThrows(StackSetNotFoundException.class, this::instances);
    }
}

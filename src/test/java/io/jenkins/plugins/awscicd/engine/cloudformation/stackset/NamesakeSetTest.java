package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack set that is deleted and made again under its name by others between two calls of a step. */
class NamesakeSetTest extends SteppedStackSets {

    /** Made by the step; others delete it and make another before its stacks are created. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noStacksAreCreatedOfTheTemplateOfOthersInPlaceOfOurs(boolean restarts) {
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(2);
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        othersReplace();
        if (restarts) {
            step.restart();
        }
        step.end();
        String template = template();
        assertFalse(
                step.verdict() == Verdict.End.SUCCEEDED && template.equals(OTHERS),
                () -> "stacks of others' template: " + step.why());
        if (step.verdict() == Verdict.End.SUCCEEDED) {
            assertEquals(4, instances().size(), () -> "it has succeeded without its stacks: " + step.why());
        }
    }

    /** Updated by the step; others delete it and make another before the missing stacks are created. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noStacksAreCreatedInAStackSetOfOthersAfterAnUpdate(boolean restarts) {
        client().createStackSet(it -> it.stackSetName("all").templateBody(TEMPLATE));
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(2);
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        othersReplace();
        if (restarts) {
            step.restart();
        }
        step.end();
        String template = template();
        assertFalse(
                step.verdict() == Verdict.End.SUCCEEDED && template.equals(OTHERS),
                () -> "stacks of others' template: " + step.why());
    }

    /** The stacks are deleted; the last call, which deletes the stack set, is repeated, and meets another one. */
    @ParameterizedTest
    @ValueSource(strings = {"503", "answer"})
    void theStackSetOfOthersIsNotDeleted(String how) {
        deploy().succeeds();
        if (how.equals("503")) {
            bench.aws().faults().on("CloudFormation.DeleteStackSet").error(503).times(1);
        } else {
            bench.loseAnswerTo("CloudFormation.DeleteStackSet");
        }
        Step step = step().with("delete", true).begin();
        bench.advanceUntil(() -> calls("DeleteStackSet") == 1 || step.kept.isOver(), LONG);
        if (!step.kept.isOver()) {
            if (how.equals("503")) {
                client().deleteStackSet(it -> it.stackSetName("all"));
            }
            client().createStackSet(it -> it.stackSetName("all").templateBody(OTHERS));
        }
        step.end();
        assertEquals(
                1,
                client().listStackSets(it -> it.status("ACTIVE")).summaries().size(),
                () -> "the stack set of others is deleted: " + step.why());
    }

    /** Between two operations by which stacks are deleted others make another stack set of the name, with stacks. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theStacksOfOthersAreNotDeleted(boolean targets) {
        // two parts, as the stacks are no rectangle
        deploy().in(List.of(FIRST), List.of("eu-west-1", "us-east-1")).succeeds();
        deploy().in(List.of(SECOND), List.of("eu-west-1")).succeeds();
        Step step = step().with("delete", true);
        if (targets) {
            step.in(List.of(FIRST, SECOND), List.of("eu-west-1", "us-east-1"));
        }
        bench.aws()
                .faults()
                .on("CloudFormation.DeleteStackInstances")
                .error(503)
                .times(3)
                .skip(1);
        step.begin();
        bench.advanceUntil(() -> calls("DeleteStackInstances") == 2 || step.kept.isOver(), LONG);
        assertFalse(step.kept.isOver());
        bench.aws().faults().clear();
        drain();
        othersReplace(FIRST, SECOND);
        untilEnded();
        assertEquals(2, instances().size());
        step.end();
        assertEquals(
                1,
                client().listStackSets(it -> it.status("ACTIVE")).summaries().size(),
                () -> "the stack set of others is deleted: " + step.why());
        assertEquals(2, instances().size(), () -> "stacks of others are deleted: " + step.why());
    }

    /** What has come of the operation is asked for again, when others have deleted the stack set. */
    @Test
    void aStackSetThatIsGoneWhileTheRestIsLookedAtIsNoFailure() {
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        Step step = step().with("delete", true).begin();
        bench.advanceUntil(() -> calls("DeleteStackInstances") == 1, LONG);
        untilEnded();
        client().createStackInstances(
                        it -> it.stackSetName("all").accounts(SECOND).regions("us-east-1"));
        untilEnded();
        bench.advanceUntil(() -> calls("ListStackSetOperationResults") >= 1, LONG);
        bench.aws()
                .faults()
                .on("CloudFormation.ListStackSetOperationResults")
                .error(503)
                .times(2);
        bench.advanceUntil(() -> calls("DeleteStackInstances") >= 2 || step.kept.isOver(), LONG);
        step.end();
        assertNotEquals(Verdict.End.FAILED, step.verdict(), step::why);
    }
}

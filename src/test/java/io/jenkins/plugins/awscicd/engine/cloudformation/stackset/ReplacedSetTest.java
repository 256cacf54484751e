package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplacedSetTest extends SteppedStackSets {

    private void fault(String call, int times) {
        bench.aws().faults().on("CloudFormation." + call).error(503).times(times);
    }

    /** After the update has ended, before the stacks are created. */
    @Test
    void aDeployWhoseSetWasReplacedSaysSo() {
        client().createStackSet(it -> it.stackSetName("all").templateBody(TEMPLATE));
        fault("CreateStackInstances", 2);
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        othersReplace();
        step.end();
        assertEquals(Verdict.End.FAILED, step.verdict(), step::why);
        assertTrue(step.why().contains("omebody else has deleted stack set 'all'"), step::why);
    }

    /** AWS has refused to begin, as it is at work for others; they replace the set while this step waits. */
    @Test
    void aDeployThatWaitsUpdatesTheOneThatIsThereThen() {
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        client().createStackInstances(
                        it -> it.stackSetName("all").accounts(SECOND).regions("us-east-1"));
        long updates = calls("UpdateStackSet");
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") > updates, LONG);
        bench.advance(1);
        step.says("waiting for its end");
        bench.aws().faults().on("CloudFormation.DescribeStackSet").error(503);
        untilEnded();
        drain();
        othersReplace();
        bench.aws().faults().clear();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    /** Made by the step, and replaced before its stacks are created. */
    @Test
    void aDeployWhoseOwnSetWasReplacedSaysSo() {
        fault("CreateStackInstances", 2);
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        othersReplace();
        step.end();
        assertTrue(step.why().contains("omebody else has deleted stack set 'all'"), step::why);
    }

    /** The answer and the last write are lost. */
    @Test
    void anUpdateThatWasBegunIsNotRepeatedOnAnotherSet() {
        client().createStackSet(it -> it.stackSetName("all").templateBody(TEMPLATE));
        bench.loseAnswerTo("CloudFormation.UpdateStackSet");
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        step.kept.execution().leave();
        bench.advance(Duration.ofSeconds(300));
        assertEquals(
                1,
                client().listStackSetOperations(it -> it.stackSetName("all"))
                        .summaries()
                        .size());
        othersReplace();
        step.kept.disk.put("begun." + step.kept.token.token(), "");
        step.restart();
        step.end();
        assertEquals(OTHERS, template(), step::why);
    }

    /** Replaced while the call that updates it is repeated; nothing was begun, which after a restart nobody knows. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeployThatHasBegunNothingUpdatesTheOneThatIsThereNow(boolean restarts) {
        client().createStackSet(it -> it.stackSetName("all").templateBody(OTHERS));
        fault("UpdateStackSet", 2);
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        othersReplace();
        if (restarts) {
            step.restart();
        }
        step.end();
        assertEquals(restarts ? Verdict.End.FAILED : Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    /** A late look after a restart forgets which one it was: what comes after is done to the one of others. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLateLookAfterARestartDoesNotForgetTheSet(boolean late) {
        if (late) {
            bench.aws()
                    .faults()
                    .on("CloudFormation.DescribeStackSet")
                    .stale(Duration.ofMinutes(2))
                    .afterExecution();
        }
        bench.loseAnswerTo("CloudFormation.CreateStackInstances");
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        assertFalse(step.kept.isOver());
        step.kept.execution().leave();
        bench.aws().faults().on("CloudFormation.ListStackSetOperationResults").error(503);
        step.restart();
        bench.advanceUntil(() -> calls("ListStackSetOperationResults") >= 1, LONG);
        untilEnded();
        bench.advance(20);
        drain();
        othersReplace();
        bench.aws().faults().clear();
        step.end();
        assertEquals(0, instances().size(), () -> "stacks of others' template: " + step.why());
        assertEquals(Verdict.End.FAILED, step.verdict(), step::why);
    }

    /** Others delete the set and make another while this step waits for AWS; it has deleted nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletionThatHasBegunNothingIsNoSuccess(boolean targets) {
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        client().createStackInstances(
                        it -> it.stackSetName("all").accounts(SECOND).regions("us-east-1"));
        Step step = step().with("delete", true);
        if (targets) {
            step.in(List.of(FIRST), List.of("eu-west-1"));
        }
        step.begin();
        bench.advanceUntil(() -> calls("DeleteStackInstances") >= 1, LONG);
        step.says("waiting for its end");
        bench.aws().faults().on("CloudFormation.DescribeStackSet").error(503);
        untilEnded();
        drain();
        othersReplace();
        client().createStackInstances(
                        it -> it.stackSetName("all").accounts(FIRST).regions("eu-west-1"));
        untilEnded();
        bench.aws().faults().clear();
        step.end();
        if (step.verdict() == Verdict.End.SUCCEEDED) {
            assertTrue(
                    client().listStackSets(it -> it.status("ACTIVE"))
                                    .summaries()
                                    .isEmpty()
                            || instances().isEmpty(),
                    () -> "it has deleted nothing, and says it has: " + step.why());
        }
    }
}

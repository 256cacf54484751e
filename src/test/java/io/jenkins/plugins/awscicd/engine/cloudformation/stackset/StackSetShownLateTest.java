package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stack sets of which AWS shows what is not so any more, or not yet. */
class StackSetShownLateTest extends SteppedStackSets {

    private void speak(Dialect... dialects) {
        bench.aws().cloudFormation().speak(List.of(dialects));
    }

    /** Neither what has come of an operation nor its stacks are shown when it has ended: what is left is left all the same. */
    @Test
    void eachPartIsBegunThoughAwsIsLateWithAllThatTheOneBeforeHasDone() {
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        speak(Dialect.INSTANCES_LATE, Dialect.RESULTS_LATE);
        bench.advance(60);
        Step step = deploy().succeeds();
        assertEquals(3, step.result().getOperations().size(), step::why);
        assertFalse(
                step.kept.console.lines().stream().anyMatch(line -> line.contains("No stack was created")), step::why);
        assertFalse(step.kept.console.lines().stream().anyMatch(line -> line.contains("0 of 0")), step::why);
        bench.advance(60);
        assertEquals(4, instances().size());
        step().with("delete", true).in(List.of(FIRST), List.of("us-east-1")).succeeds();
        bench.advance(60);
        Step gone = step().with("delete", true).succeeds();
        assertEquals(2, gone.result().getOperations().size(), gone::why);
        assertEquals(1, calls("DeleteStackSet"));
    }

    @Test
    void aStackSetThatIsDeletedIsNoneThoughItIsStillShown() {
        speak(Dialect.DELETED_SET_SHOWN);
        deploy().succeeds();
        step().with("delete", true).succeeds();
        step().with("delete", true).succeeds().says("There is no stack set all: nothing to delete");
        deploy().succeeds();
        assertEquals(2, calls("CreateStackSet"));
        assertEquals(4, instances().size());
    }

    /** The last write is lost, or was never followed by its call: the operation before it has been begun all the same. */
    @Test
    void aRestartFollowsTheLastOperationThatAwsKnows() {
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        Step step = deploy().in(List.of(FIRST, SECOND, "333333333333"), List.of("eu-west-1", "us-east-1", "eu-north-1"))
                .with("parameters", Map.of("Size", "large"))
                .begin();
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .skip(1)
                .times(3);
        bench.advanceUntil(() -> calls("CreateStackInstances") >= 3, LONG);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(9, instances().size());
        assertFalse(
                step.kept.console.lines().stream().anyMatch(line -> line.contains("No stack was created")), step::why);
    }
}

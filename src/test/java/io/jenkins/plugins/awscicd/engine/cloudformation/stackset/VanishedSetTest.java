package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack set that was just made, and is gone or not shown after a restart. */
class VanishedSetTest extends SteppedStackSets {

    /** A set of ours that is deleted by others right after it was made, with no other in its place. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSetThatIsGoneAfterARestartIsMadeAgain(boolean shown) {
        if (shown) {
            bench.aws().cloudFormation().speak(Dialect.DELETED_SET_SHOWN);
        }
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        client().deleteStackSet(it -> it.stackSetName("all"));
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(4, instances().size());
    }

    /** A late look right after it was made, and a restart. */
    @Test
    void aLateLookAfterItWasMade() {
        bench.aws()
                .faults()
                .on("CloudFormation.DescribeStackSet")
                .stale(Duration.ofMinutes(2))
                .afterExecution();
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        Step step = deploy().begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        step.kept.execution().leave();
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(4, instances().size());
    }
}

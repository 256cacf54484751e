package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drift is looked for over restarts, and beside what others do. */
class DriftedStackTest extends SteppedStacks {

    @BeforeEach
    void drift() {
        deployed(TWO);
        simulation().drifting("Reader", it -> it.put("MemorySize", "tiny"));
    }

    private void found(Step step) {
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals(
                Map.of("Reader", "MODIFIED /MemorySize is tiny, not small"),
                step.result().getDrift());
    }

    private Step look() {
        return step().with("driftOnly", true);
    }

    @Test
    void oneThatSomebodyElseHasBegunIsWaitedFor() {
        CloudFormationService.client(bench.session()).detectStackDrift(it -> it.stackName("web"));
        Step step = look().run();
        found(step);
        step.says("drift detection of the stack is in progress already");
    }

    @Test
    void twoControllersLookAtOneStack() {
        Step one = look().begin();
        Step other = look().elsewhere().begin();
        found(one.end());
        found(other.end());
    }

    @Test
    void theOneThatWasBegunIsGoneOnWithAfterARestart() {
        Step step = look().begin();
        bench.advanceUntil(() -> calls("DetectStackDrift") == 1, LONG);
        found(step.restart().end());
        assertEquals(1, calls("DetectStackDrift"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void isFoundWhateverCallTheProcessEndsAt(int call) {
        Fault fault = bench.aws()
                .faults()
                .on("CloudFormation.*")
                .cutConnection()
                .afterExecution()
                .skip(call)
                .times(1);
        Step step = look().begin();
        bench.advanceUntil(() -> fault.hits() > 0 || step.kept.isOver(), LONG);
        if (!step.kept.isOver()) {
            step.restart().end();
        }
        found(step);
    }

    @Test
    void aStackThatIsBusyIsWaitedFor() {
        simulation().heal().takes("Reader", Duration.ofMinutes(2));
        Step deployment =
                deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        Step step = look().run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals("UPDATE_COMPLETE", status());
        deployment.end();
    }
}

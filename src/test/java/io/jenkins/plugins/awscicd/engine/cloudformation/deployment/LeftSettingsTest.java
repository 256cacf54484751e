package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a stack whose step is left, or aborted, while they are tried again. */
class LeftSettingsTest extends SteppedStacks {

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void settingsAreNotChangedForAStepThatWasLeft(String when) {
        if (when.equals("before")) {
            deploy(TWO).run();
        }
        Fault fault = bench.aws()
                .faults()
                .on("CloudFormation.UpdateTerminationProtection")
                .error(503);
        Step step = deploy(TWO).with("terminationProtection", true);
        step.kept.leaving();
        step.begin();
        bench.advanceUntil(() -> fault.hits() >= 2, LONG);
        step.abort();
        bench.advance(1);
        bench.aws().faults().lift(fault);
        bench.advance(Duration.ofMinutes(10));
        assertEquals(0, bench.aws().calls().count("CloudFormation.UpdateTerminationProtection") - fault.hits());
    }
}

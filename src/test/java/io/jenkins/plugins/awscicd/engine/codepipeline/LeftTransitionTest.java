package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transitions whose step is left, or aborted, while the call is tried again. */
class LeftTransitionTest extends SteppedPipelines {

    @ParameterizedTest
    @ValueSource(strings = {"left", "aborted", "aborted within 10 s", "run over"})
    void aTransitionIsNotEnabledForAStepThatIsOver(String how) {
        pipeline("SUPERSEDED");
        Fault fault = bench.aws()
                .faults()
                .on("CodePipeline.EnableStageTransition")
                .error(503)
                .times(6);
        Step step = step().with("operation", "enableTransition").with("pipelineStage", "Deploy");
        if (how.equals("left")) {
            step.kept.leaving();
        }
        step.begin();
        bench.advanceUntil(() -> fault.hits() >= 2, LONG);
        if (how.equals("run over")) {
            step.kept.execution().leave();
        } else {
            step.kept
                    .execution()
                    .stop(new RuntimeException("aborted"), how.endsWith("10 s") ? Duration.ofSeconds(10) : null);
        }
        bench.advance(15);
        bench.advance(Duration.ofMinutes(10));
        assertEquals(fault.hits(), calls("EnableStageTransition"), "none was carried out");
    }
}

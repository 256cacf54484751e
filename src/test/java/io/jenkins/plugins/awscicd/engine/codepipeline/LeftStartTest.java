package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that is left while its start, of which AWS has carried out nothing, is tried again. */
class LeftStartTest extends SteppedPipelines {

    @ParameterizedTest
    @ValueSource(strings = {"left", "run over"})
    void nothingIsStartedForAStepThatWasLeft(String how) {
        pipeline("QUEUED");
        Fault fault = bench.aws()
                .faults()
                .on("CodePipeline.StartPipelineExecution")
                .error(503)
                .times(3);
        Step step = step();
        step.kept.leaving();
        step.begin();
        bench.advanceUntil(() -> fault.hits() >= 2, LONG);
        bench.aws().faults().lift(fault);
        begun(); // by somebody else
        if (how.equals("left")) {
            step.kept.execution().stop(new RuntimeException("aborted"), null);
        } else {
            step.kept.execution().leave();
        }
        bench.advance(Duration.ofMinutes(10));
        assertEquals(1, executions().size(), "only somebody else's");
    }
}

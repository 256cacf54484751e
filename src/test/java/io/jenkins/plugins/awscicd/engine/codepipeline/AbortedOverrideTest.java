package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** An abort comes after AWS has overridden a condition unheard. */
class AbortedOverrideTest extends SteppedPipelines {

    @Test
    void whatGoesOnUnheardIsSaid() {
        pipelineWithCondition();
        String id = begun();
        bench.advance(30);
        loseAnswerTo("OverrideStageCondition");
        Step step = operation("override", id)
                .with("pipelineStage", "Deploy")
                .with("condition", "BEFORE_ENTRY")
                .begin();
        bench.advanceUntil(() -> calls("OverrideStageCondition") == 1, LONG);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.untilOver();
        bench.advance(60);
        String said = step.lines() + " " + step.kept.outcome().verdict().reason();
        assertTrue(calls("StopPipelineExecution") == 1 || said.contains("may"), said);
    }
}

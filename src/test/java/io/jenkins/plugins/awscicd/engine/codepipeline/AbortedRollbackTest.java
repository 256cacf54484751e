package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An abort comes after AWS has begun a rollback unheard. */
class AbortedRollbackTest extends SteppedPipelines {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5})
    void whatWasBegunUnheardIsFoundOrSaid(long seconds) {
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        loseAnswerTo("RollbackStage");
        Step step = operation("rollback", id).with("pipelineStage", "Deploy").begin();
        bench.advanceUntil(() -> calls("RollbackStage") == 1, LONG);
        bench.advance(seconds);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.untilOver();
        assertEquals(2, executions().size());
        String said = step.lines() + " " + step.kept.outcome().verdict().reason();
        assertTrue(calls("StopPipelineExecution") == 1 || said.contains("Rolling back to"), said);
    }
}

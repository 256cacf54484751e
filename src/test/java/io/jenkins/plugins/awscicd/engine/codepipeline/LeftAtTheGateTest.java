package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step is left while its gate is asked. */
class LeftAtTheGateTest extends SteppedPipelines {

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "start"})
    void nothingIsBegunForNobody(String what) {
        pipeline("SUPERSEDED");
        String id = begun();
        bench.advance(60);
        Step step = what.equals("rollback") ? operation(what, id).with("pipelineStage", "Deploy") : step();
        step.guarded((application, target, revision) -> step.kept.execution().leave());
        step.begin();
        bench.advance(60);
        assertEquals(1, executions().size());
    }
}

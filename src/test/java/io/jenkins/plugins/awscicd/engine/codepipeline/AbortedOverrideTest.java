package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import org.junit.jupiter.api.Test;

/** An abort comes after AWS has overridden a condition unheard. */
class AbortedOverrideTest extends SteppedPipelines {

    @Test
    void whatGoesOnUnheardIsSaid() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Ship")
                        .condition("beforeEntry", "FAIL", "InTheWeek"));
        bench.aws().codePipeline().simulation("web").rule("InTheWeek", true);
        String id = PipelineService.client(bench.session())
                .startPipelineExecution(it -> it.name("web"))
                .pipelineExecutionId();
        bench.advance(30);
        loseAnswerTo("OverrideStageCondition");
        Step step = step().with("operation", "override")
                .with("execution", id)
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

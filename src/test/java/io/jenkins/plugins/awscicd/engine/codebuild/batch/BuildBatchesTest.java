package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Batches from their start to the last line of their story, on local AWS and stepped time. */
class BuildBatchesTest extends SteppedBatches {

    @Test
    void aGraphIsToldWithItsBuildsAndFailsByTheOneThatFailed() {
        BatchRun run = run(GRAPH);
        untilOver(run);
        run.console().lines().forEach(System.out::println);
        System.out.println(run.verdict());
        System.out.println(calls("BatchGetBuildBatches") + " " + calls("BatchGetBuilds"));
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;

/** Batches on local AWS and stepped time. */
abstract class SteppedBatches {

    static final Duration LONG = Duration.ofMinutes(20);

    /** A graph of which a part fails, and may be tried again. */
    static final String GRAPH = """
            version: 0.2
            batch:
              build-graph:
                - identifier: unit
                - identifier: lint
                  ignore-failure: true
                  env: {variables: {SIMULATED_STATUS: FAILED, SIMULATED_SECONDS: 20}}
                - identifier: pack
                  env: {variables: {SIMULATED_STATUS: 'FAILED,SUCCEEDED'}}
                  depend-on: [unit, lint]
                - identifier: site
                  depend-on: [pack]
            """;

    @AutoClose
    final Bench bench = Bench.stepped();

    final void project(String name, String buildspec) {
        bench.aws().codeBuild().project(ProjectSpec.simulated(name).batches().buildspec(buildspec));
    }

    final BatchRun run(String buildspec) {
        project("web", buildspec);
        return new BatchRun(bench).start("web");
    }

    final void untilOver(BatchRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
    }

    final void until(java.util.function.BooleanSupplier so) {
        bench.advanceUntil(so, LONG);
    }

    final Batch onlyBatch() {
        List<Batch> all = bench.aws().codeBuild().batches().all();
        assertEquals(1, all.size(), "Batches in AWS");
        return all.get(0);
    }

    final long calls(String operation) {
        return bench.aws().calls().count("CodeBuild." + operation);
    }

    final long lines(BatchRun run, String pattern) {
        return run.console().lines().stream()
                .filter(line -> line.matches(pattern))
                .count();
    }
}

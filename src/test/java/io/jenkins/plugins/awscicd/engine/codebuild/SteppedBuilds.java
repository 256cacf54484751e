package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;

/** Builds on local AWS and stepped time. */
abstract class SteppedBuilds {

    static final Duration LONG = Duration.ofMinutes(5);

    @AutoClose
    final Bench bench = Bench.stepped();

    final BuildRun run(String project) {
        return new BuildRun(bench).start(project);
    }

    final void untilOver(BuildRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
    }

    final Build onlyBuild() {
        assertEquals(1, bench.aws().codeBuild().builds().size(), "Builds in AWS");
        return bench.aws().codeBuild().builds().get(0);
    }

    final long calls(String operation) {
        return bench.aws().calls().count("CodeBuild." + operation);
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;

/** Builds on local AWS and stepped time. */
abstract class SteppedBuilds {

    static final Duration LONG = Duration.ofMinutes(5);

    @AutoClose
    final Bench bench = Bench.stepped();

    final BuildRun run(String project) {
        return new BuildRun(bench).start(project);
    }

    /** A step that builds a project, as in Jenkins. */
    final KeptStep<BuildSnapshot> step(String project, TestRecorder tests, ArtifactReceiver artifacts) {
        return new KeptStep<>(
                bench,
                (at, token) -> bench.codeBuild()
                        .prepare(
                                at,
                                () -> new BuildRequest(Map.of("project", project)),
                                RetryRequest.NONE,
                                token,
                                LogMode.NONE,
                                tests,
                                artifacts,
                                () -> {},
                                StepFiles.none()));
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

    /** An agent, on the thread that moves the clock. */
    abstract class SteppedReceiver implements ArtifactReceiver {

        final List<String> archived = new ArrayList<>();

        @Override
        public final Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
            return bench.scheduler().schedule(Duration.ofSeconds(5), () -> {
                try {
                    work.run();
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failed.accept(e);
                }
            });
        }

        @Override
        public final void archive(String build, List<String> paths) {
            archived.addAll(paths);
        }
    }
}

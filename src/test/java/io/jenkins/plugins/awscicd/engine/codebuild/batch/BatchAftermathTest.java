package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.artifact.Fetch;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.KeptTests;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests and the artifacts of batches: those of all builds, and of each the attempt that counts. */
class BatchAftermathTest extends SteppedBatches {

    private static final String LIST = """
            version: 0.2
            batch:
              build-list:
                - identifier: one
                - identifier: two
                  env: {variables: {SIMULATED_STATUS: 'FAILED,SUCCEEDED'}}
            """;

    private final List<String> archived = new ArrayList<>();

    @TempDir
    private Path workspace;

    private Build attempt(String identifier) {
        until(() -> onlyBatch().build(identifier) != null);
        return onlyBatch().build(identifier);
    }

    private void report(Build build, String... statuses) {
        List<TestCase> cases = new ArrayList<>();
        for (String status : statuses) {
            cases.add(new TestCase("SumTest", "case" + cases.size(), status, 1, null));
        }
        bench.aws().codeBuild().report(build.id(), "unit", cases);
    }

    @Test
    void testsAreThoseOfTheLastAttempts() {
        project("web", LIST);
        KeptTests kept = new KeptTests(TestResults.FAIL);
        BatchRun run = new BatchRun(bench).with("retryFailed", 1).tests(kept).start("web");
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        report(attempt("one"), "SUCCEEDED", "SKIPPED");
        Build first = attempt("two");
        report(first, "FAILED", "FAILED", "FAILED");
        until(() -> onlyBatch().build("two") != null
                && !onlyBatch().build("two").id().equals(first.id()));
        report(attempt("two"), "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
        untilOver(run);

        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
        assertEquals(5, run.result().getTests().getTotal());
        assertEquals(0, run.result().getTests().getFailed());
        assertEquals(
                List.of(onlyBatch().build("one").id(), onlyBatch().build("two").id()), kept.builds);
        assertEquals(1, lines(run, "All builds: 5 tests, 1 skipped.*"));
    }

    @Test
    void aFailedTestFailsTheStepWhereThatIsWanted() {
        project("web", LIST.replace("'FAILED,SUCCEEDED'", "SUCCEEDED"));
        BatchRun run =
                new BatchRun(bench).tests(new KeptTests(TestResults.FAIL)).start("web");
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        report(attempt("one"), "SUCCEEDED", "FAILED");
        untilOver(run);
        assertEquals(
                "web batch #1 succeeded, but its tests did not: 1 of 2 tests failed",
                run.verdict().reason());
    }

    @Test
    void noReportAtAllIsSaid() {
        project("web", LIST.replace("'FAILED,SUCCEEDED'", "SUCCEEDED"));
        KeptTests kept = new KeptTests(TestResults.UNSTABLE);
        BatchRun run = new BatchRun(bench).tests(kept).start("web");
        untilOver(run);
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
        run.result();
        assertEquals(List.of("web batch #1: The builds of the batch have no test reports"), kept.unstable);
    }

    @Test
    void withoutAWishTheyAreSummedUpAll() {
        project("web", LIST.replace("'FAILED,SUCCEEDED'", "SUCCEEDED"));
        BatchRun run = new BatchRun(bench).start("web");
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        report(attempt("one"), "SUCCEEDED");
        report(attempt("two"), "SUCCEEDED", "FAILED");
        untilOver(run);
        assertEquals(3, run.result().getTests().getTotal());
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end());
        assertEquals(1, lines(run, "All builds: 3 tests, 1 failed.*"));
    }

    private final class Receiver implements ArtifactReceiver {

        @Override
        public DownloadRequest wanted() {
            return DownloadRequest.of("dist", true);
        }

        @Override
        public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
            return bench.scheduler().schedule(Duration.ofSeconds(1), () -> {
                try {
                    work.run();
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failed.accept(e);
                }
            });
        }

        @Override
        public Fetched fetch(FetchPlan plan) throws IOException, InterruptedException {
            return new Fetch().run(workspace, plan);
        }

        @Override
        public void archive(String build, List<String> paths) {
            archived.addAll(paths);
        }
    }

    private void packed(Build build, String content) throws NoSuchAlgorithmException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String key = build.id().substring(build.id().indexOf(':') + 1) + "/app.txt";
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        bench.aws().s3().put("builds", key, bytes);
        bench.aws().codeBuild().packed(build.id(), null, "arn:aws:s3:::builds/" + key, sha256);
    }

    @Test
    void eachBuildsArtifactsComeIntoADirectoryOfTheirOwn() throws Exception {
        bench.aws().s3().createBucket("builds", false);
        bench.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .batches()
                        .artifacts("builds", "web") // where the build that downloads the source puts nothing
                        .buildspec(LIST.replace("'FAILED,SUCCEEDED'", "SUCCEEDED")));
        BatchRun run = new BatchRun(bench).artifacts(new Receiver()).start("web");
        until(() -> !bench.aws().codeBuild().batches().all().isEmpty());
        packed(attempt("one"), "1");
        packed(attempt("two"), "2");
        untilOver(run);
        assertNull(run.failure());
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end(), run.verdict().reason());
        assertEquals("1", Files.readString(workspace.resolve("dist/one/app.txt")));
        assertEquals("2", Files.readString(workspace.resolve("dist/two/app.txt")));
        assertEquals(List.of("dist/one/app.txt", "dist/two/app.txt"), archived);
    }

    @Test
    void aBatchWithoutArtifactsFailsWhereSomeAreWanted() {
        project("web", LIST.replace("'FAILED,SUCCEEDED'", "SUCCEEDED"));
        BatchRun run = new BatchRun(bench).artifacts(new Receiver()).start("web");
        untilOver(run);
        assertEquals(Verdict.End.FAILED, run.verdict().end());
        assertTrue(
                run.verdict().reason().startsWith("web batch #1 succeeded, but its artifacts were not downloaded: "),
                run.verdict().reason());
    }
}

package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.artifact.Fetch;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches whose builds really build, and what comes of their artifacts: combined by AWS, or each build's own. */
@Timeout(120)
class CombinedArtifactsTest {

    private static final String BUILDSPEC = """
            version: 0.2
            batch:
              build-list:
                - identifier: one
                - identifier: two
            phases:
              build:
                commands:
                  - mkdir -p out docs
                  - echo $CODEBUILD_BATCH_BUILD_IDENTIFIER > out/app.txt
                  - echo "about $CODEBUILD_BATCH_BUILD_IDENTIFIER" > docs/about.txt
            artifacts:
              base-directory: out
              files: ['**/*']
              secondary-artifacts:
                docs:
                  base-directory: docs
                  files: ['**/*']
            """;

    @AutoClose
    private final Bench bench = Bench.real(it -> it.timing(Timing.NONE));

    @TempDir
    private Path workspace;

    private final class Receiver implements ArtifactReceiver {

        private final Object download;

        Receiver(Object download) {
            this.download = download;
        }

        @Override
        public DownloadRequest wanted() {
            return DownloadRequest.of(download, false);
        }

        @Override
        public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
            bench.scheduler().blocking().execute(() -> {
                try {
                    work.run();
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failed.accept(e);
                }
            });
            return () -> {};
        }

        @Override
        public Fetched fetch(FetchPlan plan) throws IOException, InterruptedException {
            return new Fetch().run(workspace, plan);
        }

        @Override
        public void archive(String build, List<String> paths) {
            throw new AssertionError("not wanted: " + paths);
        }
    }

    private void project(String packaging, boolean combine) {
        project(packaging, combine, "BUILD_ID");
    }

    private void project(String packaging, boolean combine, String namespace) {
        project(packaging, combine, namespace, BUILDSPEC);
    }

    private void project(String packaging, boolean combine, String namespace, String buildspec) {
        bench.aws().s3().createBucket("builds", false);
        ProjectSpec web =
                ProjectSpec.named("web").batches().artifacts("builds", "web").buildspec(buildspec);
        web.node().withObject("/artifacts").put("packaging", packaging).put("namespaceType", namespace);
        web.node()
                .withArray("secondaryArtifacts")
                .addObject()
                .put("artifactIdentifier", "docs")
                .put("type", "S3")
                .put("location", "builds")
                .put("name", "docs")
                .put("namespaceType", "BUILD_ID")
                .put("packaging", "NONE");
        web.node().withObject("/buildBatchConfig").put("combineArtifacts", combine);
        bench.aws().codeBuild().project(web);
    }

    private BatchRun run(Object download) throws InterruptedException {
        BatchRun run = new BatchRun(bench).artifacts(new Receiver(download)).start("web");
        run.await();
        assertNull(run.failure());
        assertEquals(Verdict.End.SUCCEEDED, run.verdict().end(), run.verdict().reason());
        return run;
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(workspace)) {
            Set<String> files = new TreeSet<>();
            all.filter(Files::isRegularFile)
                    .forEach(file ->
                            files.add(workspace.relativize(file).toString().replace('\\', '/')));
            return files;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZIP", "NONE"})
    void whatAwsHasMadeOfAllBuildsComesInTheirPlace(String packaging) throws Exception {
        project(packaging, true);
        BatchRun run = run(Map.of("to", "dist", "unzip", true));
        assertEquals(Set.of("dist/one/app.txt", "dist/two/app.txt"), files());
        assertEquals(List.of("one", "two"), List.of(read("dist/one/app.txt"), read("dist/two/app.txt")));
        List<BuildResult.Artifact> artifacts = run.result().getArtifacts();
        assertEquals(1, artifacts.size());
        if (packaging.equals("ZIP")) {
            assertNotNull(run.result().deliverable(), "it can be deployed");
        }
        assertTrue(run.console().lines().contains("Artifact " + artifacts.get(0).getLocation()));
    }

    /** Nobody says that AWS combines them as well. */
    @Test
    void secondaryArtifactsAreEachBuildsOwn() throws Exception {
        project("ZIP", true);
        run(Map.of("to", "dist", "unzip", true, "secondary", List.of("docs")));
        assertEquals(
                Set.of("dist/one/app.txt", "dist/two/app.txt", "dist/one/docs/about.txt", "dist/two/docs/about.txt"),
                files());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutThatEachBuildsComeIntoADirectoryOfTheirOwn(boolean named) throws Exception {
        if (named) {
            bench.aws().codeBuild().dialect(Dialect.BATCH_NAMES_PLACE_UNCOMBINED);
        }
        project("ZIP", false);
        BatchRun run = run(Map.of("to", "dist", "unzip", true));
        assertEquals(Set.of("dist/one/app.txt", "dist/two/app.txt"), files());
        assertEquals(List.of(), run.result().getArtifacts(), "there are none of the batch");
        assertEquals(
                1,
                run.result().member("one").getArtifacts().stream()
                        .filter(it -> it.getIdentifier() == null)
                        .count());
    }

    /** As CodePipeline calls what comes of a batch. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void identifiersAreThoseOfTheBuildspec(boolean combined) throws Exception {
        bench.aws().codeBuild().dialect(Dialect.BATCH_ARTIFACTS_IDENTIFIED);
        project("ZIP", combined);
        BatchRun run = run(Map.of("to", "dist", "unzip", true, "secondary", List.of("docs")));
        assertEquals(
                Set.of("dist/one/app.txt", "dist/two/app.txt", "dist/one/docs/about.txt", "dist/two/docs/about.txt"),
                files());
        assertEquals(
                List.of("docs"),
                run.result().member("one").getArtifacts().stream()
                        .map(BuildResult.Artifact::getIdentifier)
                        .filter(it -> it != null)
                        .toList());
        assertNotNull(run.result().member("two").deliverable());
    }

    /** Where they overwrite each other, nobody gets one build's for another's. */
    @Test
    void buildsThatPutTheirsInOnePlaceAreSaidTo() throws Exception {
        project("ZIP", false, "NONE");
        BatchRun run = new BatchRun(bench).artifacts(new Receiver("dist")).start("web");
        run.await();
        assertEquals(Verdict.End.FAILED, run.verdict().end());
        assertTrue(
                run.verdict()
                        .reason()
                        .endsWith(
                                ": one and two have put their artifacts at s3://builds/web, so that only the last is there."
                                        + " With namespaceType BUILD_ID each has its own place, and with batchConfig:"
                                        + " [combineArtifacts: true] AWS makes one of them"),
                run.verdict().reason());
    }

    /** What a buildspec calls its builds becomes names of directories: none leads out, nor into a repository of git. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil",
                "/tmp/evil",
                "one/../../../evil",
                "C:\\\\evil",
                "..",
                ".git/hooks",
                "GIT~1",
                "a\\0b",
                "${HOME}/../..",
            })
    void namesOfBuildsLeadNowhereElse(String name) throws Exception {
        String spec = BUILDSPEC.replace("identifier: two", "identifier: \"" + name + "\"");
        project("ZIP", false, "BUILD_ID", spec);
        BatchRun run = new BatchRun(bench)
                .artifacts(new Receiver(Map.of("to", "dist", "unzip", true)))
                .start("web");
        run.await();
        boolean left = name.matches("(?i).*git.*"); // as of an archive, what would be git's own is left out
        assertEquals(
                left ? Verdict.End.SUCCEEDED : Verdict.End.FAILED, run.verdict().end());
        Set<String> inside = files();
        inside.removeIf(it -> it.startsWith("dist/one/"));
        assertEquals(Set.of(), inside);
        assertFalse(Files.exists(workspace.resolveSibling("evil")));
        assertFalse(Files.exists(Path.of("/tmp/evil")));
    }

    private String read(String file) throws IOException {
        return Files.readString(workspace.resolve(file)).strip();
    }
}

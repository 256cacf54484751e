package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.artifact.Fetch;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.Archive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The artifacts of a build come to the step's files, whole or not at all. */
class BuildDownloadTest extends SteppedBuilds {

    private static final List<String> SECONDARY = List.of("docs", "tools");
    private static final byte[] PAGE = "tea".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path workspace;

    private final Receiver receiver = new Receiver();
    private KeptStep<BuildSnapshot> step;

    /** An agent, on the thread that moves the clock. */
    private final class Receiver extends SteppedReceiver {

        private DownloadRequest wanted = DownloadRequest.of("dist/", null);
        private final List<FetchPlan> plans = new ArrayList<>();
        private Consumer<FetchPlan> before = plan -> {};
        private int absent;

        @Override
        public DownloadRequest wanted() {
            return wanted;
        }

        @Override
        public Fetched fetch(FetchPlan plan) throws IOException, InterruptedException {
            if (absent > 0) {
                absent--;
                throw new IOException("the agent is offline");
            }
            plans.add(plan);
            before.accept(plan);
            return new Fetch().run(workspace, sent(plan));
        }
    }

    private static FetchPlan sent(FetchPlan plan) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (FetchPlan) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private void project(String packaging) {
        bench.aws().s3().createBucket("builds", false);
        bench.simulatedProject("web", spec -> {
            spec.artifacts("builds", "web");
            spec.node().withObject("/artifacts").put("packaging", packaging);
            return spec;
        });
    }

    private void begin() {
        begin(bench.scheduler());
        bench.advanceUntil(() -> !bench.aws().codeBuild().builds().isEmpty(), LONG);
    }

    private void begin(Scheduler scheduler) {
        step = new KeptStep<>(
                bench,
                (at, token) -> bench.codeBuild()
                        .prepare(
                                at,
                                () -> new BuildRequest(Map.of("project", "web")),
                                token,
                                LogMode.NONE,
                                TestRecorder.NONE,
                                receiver,
                                () -> {},
                                StepFiles.none()));
        step.begin(scheduler);
    }

    private void packed(byte[] archive) {
        packed(null, "web", archive);
    }

    private void packed(String identifier, String key, byte[] archive) {
        bench.aws().s3().put("builds", key, archive);
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
            bench.aws().codeBuild().packed(onlyBuild().id(), identifier, "arn:aws:s3:::builds/" + key, sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Verdict end() {
        bench.advanceUntil(step::isOver, Duration.ofHours(2));
        return step.outcome().verdict();
    }

    private String read(String file) throws IOException {
        return Files.readString(workspace.resolve(file));
    }

    @Test
    void aFolderIsFetchedAsItIs() throws Exception {
        project("NONE");
        bench.aws().s3().put("builds", "web/index.html", PAGE);
        bench.aws().s3().put("builds", "web/css/", new byte[0]);
        bench.aws().s3().put("builds", "web/css/a.css", PAGE);
        bench.aws().s3().put("builds", "web2/other.html", PAGE);
        begin();
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals("tea", read("dist/index.html"));
        assertEquals("tea", read("dist/css/a.css"));
        assertFalse(Files.exists(workspace.resolve("dist/other.html")));
        assertTrue(
                step.console.lines().contains("Downloaded 2 files to dist/"),
                () -> step.console.lines().toString());
        assertFalse(String.join("", step.console.lines()).contains("X-Amz"));
    }

    @Test
    void anArchiveIsUnpackedAndArchivedOnRequest() throws Exception {
        receiver.wanted = DownloadRequest.of(Map.of("to", "dist", "unzip", true), true);
        project("ZIP");
        begin();
        packed(Archive.zip(Map.of("index.html", "tea", "css/a.css", "red")));
        assertEquals(
                Verdict.End.SUCCEEDED,
                end().end(),
                () -> String.valueOf(step.outcome().verdict().reason()));
        assertEquals("red", read("dist/css/a.css"));
        assertEquals(
                List.of("dist/css/a.css", "dist/index.html"),
                receiver.archived.stream().sorted().toList());
    }

    @Test
    void whatIsNotWhatTheBuildHasMadeIsRefused() throws Exception {
        project("ZIP");
        begin();
        packed(Archive.zip(Map.of("index.html", "tea")));
        bench.aws().s3().put("builds", "web", PAGE);
        Verdict verdict = end();
        assertEquals(Verdict.End.FAILED, verdict.end());
        assertTrue(verdict.reason().contains("its SHA-256 differs"), verdict.reason());
        assertFalse(Files.exists(workspace.resolve("dist/web")));
    }

    @Test
    void noArtifactsAndNothingThereAreSaid() {
        bench.simulatedProject("web");
        begin();
        assertEquals(
                "web #1 succeeded, but its artifacts were not downloaded: the build has no artifacts: neither its project nor the"
                        + " argument artifacts says where they go",
                end().reason());
    }

    @Test
    void nothingAtThePlaceIsSaid() {
        project("NONE");
        begin();
        bench.aws().s3().delete("builds", "web");
        assertTrue(end().reason().contains("There is nothing at s3://builds/web"), () -> end().reason());
    }

    @Test
    void namesThatLeadOutAreRefused() {
        project("NONE");
        bench.aws().s3().put("builds", "web/../evil", PAGE);
        begin();
        assertTrue(end().reason().contains("outside of its directory"), () -> end().reason());
        assertFalse(Files.exists(workspace.resolve("evil")));
        assertFalse(Files.exists(workspace.resolve("dist/evil")));
    }

    @Test
    void moreThanIsAllowedIsNotRead() {
        receiver.wanted = DownloadRequest.of(Map.of("to", "dist", "maxMb", 1), null);
        project("NONE");
        bench.aws().s3().put("builds", "web/big", new byte[(1 << 20) + 1]);
        begin();
        assertTrue(end().reason().contains("raise download.maxMb"), () -> end().reason());
        assertEquals(List.of(), receiver.plans);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLimitIsOfAllThatIsUnpackedTogether(boolean inPieces) throws Exception {
        if (inPieces) {
            bench.aws().faults().on("S3.GetObject").expiredToken().skip(1).times(1);
        }
        receiver.wanted = DownloadRequest.of(Map.of("to", "dist", "unzip", true, "maxMb", 1, "secondary", SECONDARY), null);
        bench.aws().s3().createBucket("builds", false);
        bench.simulatedProject("web", spec -> {
            spec.artifacts("builds", "web");
            for (String identifier : SECONDARY) {
                spec.node()
                        .withArray("secondaryArtifacts")
                        .addObject()
                        .put("type", "S3")
                        .put("artifactIdentifier", identifier)
                        .put("location", "builds")
                        .put("name", identifier)
                        .put("packaging", "ZIP");
            }
            return spec;
        });
        begin();
        byte[] halfAMegabyte = Archive.zip(Map.of("zeros", "0".repeat(1 << 19)));
        packed(null, "web", halfAMegabyte);
        for (String identifier : SECONDARY) {
            packed(identifier, identifier, halfAMegabyte);
        }
        assertTrue(
                String.valueOf(end().reason()).contains("more than the 1 MB allowed; raise maxMb"),
                () -> String.valueOf(end().reason()));
        assertEquals(inPieces ? 2 : 1, receiver.plans.size());
    }

    @Test
    void addressesThatHaveEndedAreSignedAnew() throws Exception {
        project("NONE");
        bench.aws().s3().put("builds", "web/a", PAGE);
        bench.aws().s3().put("builds", "web/b", PAGE);
        bench.aws().faults().on("S3.GetObject").expiredToken().skip(1).times(1);
        begin();
        assertEquals(
                Verdict.End.SUCCEEDED,
                end().end(),
                () -> String.valueOf(step.outcome().verdict().reason()));
        assertEquals("tea", read("dist/b"));
        assertEquals(2, receiver.plans.size());
    }

    @Test
    void anAgentThatComesBackIsWaitedFor() throws Exception {
        project("NONE");
        bench.aws().s3().put("builds", "web/a", PAGE);
        receiver.absent = 4;
        begin();
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals("tea", read("dist/a"));
    }

    @Test
    void anAgentThatStaysAwayIsNotWaitedForWithoutEnd() {
        project("NONE");
        bench.aws().s3().put("builds", "web/a", PAGE);
        receiver.absent = Integer.MAX_VALUE;
        begin();
        assertTrue(end().reason().endsWith("the agent is offline"), () -> end().reason());
    }

    @Test
    void anAbortEndsIt() {
        project("NONE");
        bench.aws().s3().put("builds", "web/a", PAGE);
        receiver.absent = Integer.MAX_VALUE;
        begin();
        bench.advanceUntil(() -> receiver.absent < Integer.MAX_VALUE, LONG);
        step.execution().stop(new CancellationException("aborted"), null);
        bench.advanceUntil(step::isOver, Duration.ofSeconds(10));
        assertFalse(Files.exists(workspace.resolve("dist")));
    }

    @Test
    void itIsDoneAgainAfterARestartInTheMiddle() throws Exception {
        project("NONE");
        bench.aws().s3().put("builds", "web/a", PAGE);
        begin();
        receiver.before = plan -> step.execution().leave(); // as a process that ends
        bench.advanceUntil(() -> !receiver.plans.isEmpty(), LONG);
        assertFalse(step.isOver());
        Files.delete(workspace.resolve("dist/a"));
        receiver.before = plan -> {};
        step.resume(bench.scheduler(), null, null);
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals("tea", read("dist/a"));
        assertEquals(1, bench.aws().codeBuild().builds().size());
    }
}

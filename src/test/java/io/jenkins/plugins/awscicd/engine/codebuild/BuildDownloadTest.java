package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.engine.artifact.Fetch;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.s3.Dialect;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        bench.aws().codeBuild().project(spec(packaging, artifacts -> {}));
    }

    private static ProjectSpec spec(String packaging, Consumer<ObjectNode> more) {
        ProjectSpec spec = ProjectSpec.simulated("web").artifacts("builds", "web");
        ObjectNode artifacts = spec.node().withObject("/artifacts").put("packaging", packaging);
        more.accept(artifacts);
        return spec;
    }

    private void begin() {
        begin(bench.scheduler());
        bench.advanceUntil(() -> !bench.aws().codeBuild().builds().isEmpty(), LONG);
    }

    private void begin(Scheduler scheduler) {
        step = step("web", TestRecorder.NONE, receiver);
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
        begin();
        bench.aws().s3().put("builds", "web/index.html", PAGE);
        bench.aws().s3().put("builds", "web/css/", new byte[0]);
        bench.aws().s3().put("builds", "web/css/a.css", PAGE);
        bench.aws().s3().put("builds", "web2/other.html", PAGE);
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals("tea", read("dist/index.html"));
        assertEquals("tea", read("dist/css/a.css"));
        assertFalse(Files.exists(workspace.resolve("dist/other.html")));
        assertTrue(
                step.console.lines().contains("Downloaded 2 files to dist/"),
                () -> step.console.lines().toString());
        assertFalse(String.join("", step.console.lines()).contains("X-Amz"));
    }

    /** While the controller is down. */
    private void longAfterTheEnd(Runnable something) {
        step.execution().leave();
        bench.advanceUntil(() -> onlyBuild().endTime() != null, LONG);
        bench.advance(60);
        something.run();
        step.resume(bench.scheduler(), null, null);
    }

    private void put(String key) {
        bench.aws().s3().put("builds", key, PAGE);
    }

    private boolean said(String line) {
        return step.console.lines().contains(line);
    }

    @Test
    void whatAnotherBuildHasPutIntoTheFolderIsLeftThere() throws Exception {
        project("NONE");
        put("web/of-a-build-before");
        put("web/index.html");
        bench.advance(60);
        begin();
        put("web/index.html");
        longAfterTheEnd(() -> put("web/of-a-build-since"));
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals(List.of("index.html"), files("dist"));
        assertTrue(
                said(
                        "s3://builds/web is not this build's alone: 2 files are left out, as they were put there before it began or"
                                + " after it had ended. With namespaceType BUILD_ID each build has a folder of its own"),
                () -> step.console.lines().toString());
    }

    @Test
    void aFolderInWhichNothingIsOfTheBuildIsSaid() {
        project("NONE");
        put("web/of-a-build-before");
        bench.advance(60);
        begin();
        assertTrue(
                String.valueOf(end().reason())
                        .contains(
                                "There is nothing of this build at s3://builds/web, but 1 file that was put there before it"
                                        + " began or after it had ended"),
                () -> String.valueOf(step.outcome().verdict().reason()));
    }

    @Test
    void ofASharedFolderIsSaidThatItIsShared() {
        project("NONE");
        begin();
        put("web/index.html");
        end();
        assertTrue(said(
                "s3://builds/web is not this build's alone: if another build has put files there at the same time, they"
                        + " come, too. With namespaceType BUILD_ID each build has a folder of its own"));
    }

    /** Whatever S3 says of their time: nobody else puts anything there. */
    @Test
    void aFolderOfTheBuildsOwnComesAsItIs() throws Exception {
        project("NONE");
        bench.aws().codeBuild().change(spec("NONE", it -> it.put("namespaceType", "BUILD_ID")));
        begin();
        String id = onlyBuild().id();
        longAfterTheEnd(() -> put(id.substring(id.indexOf(':') + 1) + "/web/index.html"));
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals(List.of("index.html"), files("dist"));
        assertFalse(step.console.lines().toString().contains("namespaceType"));
    }

    /** Whether AWS says so or not, and whether a look at the object takes it, too. */
    @ParameterizedTest
    @CsvSource({
        "false, false, false",
        "true, false, false",
        "false, true, false",
        "true, true, false",
        "false, false, true",
        "true, false, true"
    })
    void whatMayNotBeDecryptedNamesThePermissionAndTheKey(boolean unnamed, boolean head, boolean folder) {
        String key = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
        if (unnamed) {
            bench.aws().s3().dialect(Dialect.KMS_DENIAL_UNNAMED);
        }
        if (head) {
            bench.aws().s3().dialect(Dialect.HEAD_TAKES_DECRYPT);
        }
        bench.aws().s3().refuseDecrypt(key);
        project(folder ? "NONE" : "ZIP");
        begin();
        if (folder) {
            bench.aws().s3().putEncrypted("builds", "web/index.html", PAGE, key);
        } else {
            packed(Archive.zip(Map.of("index.html", "tea")));
            bench.aws().s3().putEncrypted("builds", "web", PAGE, key);
        }
        String reason = String.valueOf(end().reason());
        assertTrue(reason.contains("kms:Decrypt"), reason);
        assertTrue(reason.contains(key) || head || unnamed && folder, reason); // of a folder, S3 lists no keys
        assertFalse(!head && reason.contains("s3:GetObject on this resource"), reason);
    }

    /** Nor does anybody take its ETag for an MD5. */
    @Test
    void whatAKmsKeyEncryptsIsFetched() throws Exception {
        project("ZIP");
        begin();
        byte[] archive = Archive.zip(Map.of("index.html", "tea"));
        packed(archive);
        bench.aws().s3().putEncrypted("builds", "web", archive, "alias/builds");
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertArrayEquals(archive, Files.readAllBytes(workspace.resolve("dist/web")));
    }

    private List<String> files(String directory) throws IOException {
        try (Stream<Path> all = Files.walk(workspace.resolve(directory))) {
            return all.filter(Files::isRegularFile)
                    .map(it -> workspace.resolve(directory).relativize(it).toString())
                    .sorted()
                    .toList();
        }
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

    /** Nothing gets better by waiting. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "../evil; download.to: '../evil' is outside the workspace",
                "/evil; download.to: '/evil' is outside the workspace",
                "page/below; download.to: 'page/below' is no directory",
                "page; download.to: 'page' is no directory"
            })
    void aDirectoryThatCannotBeIsSaidAtOnce(String directory, String why) throws Exception {
        Files.write(workspace.resolve("page"), PAGE);
        receiver.wanted = DownloadRequest.of(directory, null);
        project("NONE");
        begin();
        put("web/index.html");
        assertTrue(end().reason().endsWith(why), () -> end().reason());
        assertEquals(1, receiver.plans.size());
    }

    @Test
    void namesThatLeadOutAreRefused() {
        project("NONE");
        begin();
        bench.aws().s3().put("builds", "web/../evil", PAGE);
        assertTrue(end().reason().contains("outside of its directory"), () -> end().reason());
        assertFalse(Files.exists(workspace.resolve("evil")));
        assertFalse(Files.exists(workspace.resolve("dist/evil")));
    }

    @Test
    void moreThanIsAllowedIsNotRead() {
        receiver.wanted = DownloadRequest.of(Map.of("to", "dist", "maxMb", 1), null);
        project("NONE");
        begin();
        bench.aws().s3().put("builds", "web/big", new byte[(1 << 20) + 1]);
        assertTrue(end().reason().contains("raise download.maxMb"), () -> end().reason());
        assertEquals(List.of(), receiver.plans);
    }

    private void projectWithSecondary() {
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
    }

    @Test
    void artifactsOfOneBuildAtOnePlaceAreSaidToBe() throws Exception {
        receiver.wanted = DownloadRequest.of(Map.of("to", "dist", "secondary", SECONDARY), null);
        projectWithSecondary();
        begin();
        byte[] archive = Archive.zip(Map.of("a", "a"));
        packed(null, "web", archive);
        for (String identifier : SECONDARY) {
            packed(identifier, "web", archive);
        }
        assertTrue(
                end().reason()
                        .endsWith(
                                "the build has put more than one of its artifacts at s3://builds/web, so that only the last"
                                        + " is there; give each of them a name of its own"),
                () -> end().reason());
        assertEquals(List.of(), receiver.plans);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLimitIsOfAllThatIsUnpackedTogether(boolean inPieces) throws Exception {
        if (inPieces) {
            bench.aws().faults().on("S3.GetObject").expiredToken().skip(1).times(1);
        }
        receiver.wanted =
                DownloadRequest.of(Map.of("to", "dist", "unzip", true, "maxMb", 1, "secondary", SECONDARY), null);
        projectWithSecondary();
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
        bench.aws().faults().on("S3.GetObject").expiredToken().skip(1).times(1);
        begin();
        bench.aws().s3().put("builds", "web/a", PAGE);
        bench.aws().s3().put("builds", "web/b", PAGE);
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
        receiver.absent = 4;
        begin();
        bench.aws().s3().put("builds", "web/a", PAGE);
        assertEquals(Verdict.End.SUCCEEDED, end().end());
        assertEquals("tea", read("dist/a"));
    }

    @Test
    void anAgentThatStaysAwayIsNotWaitedForWithoutEnd() {
        project("NONE");
        receiver.absent = Integer.MAX_VALUE;
        begin();
        bench.aws().s3().put("builds", "web/a", PAGE);
        assertTrue(end().reason().endsWith("the agent is offline"), () -> end().reason());
    }

    @Test
    void anAbortEndsIt() {
        project("NONE");
        receiver.absent = Integer.MAX_VALUE;
        begin();
        bench.aws().s3().put("builds", "web/a", PAGE);
        bench.advanceUntil(() -> receiver.absent < Integer.MAX_VALUE, LONG);
        step.execution().stop(new CancellationException("aborted"), null);
        bench.advanceUntil(step::isOver, Duration.ofSeconds(10));
        assertFalse(Files.exists(workspace.resolve("dist")));
    }

    @Test
    void itIsDoneAgainAfterARestartInTheMiddle() throws Exception {
        project("NONE");
        begin();
        bench.aws().s3().put("builds", "web/a", PAGE);
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

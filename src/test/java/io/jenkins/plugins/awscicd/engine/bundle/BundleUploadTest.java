package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.s3.Dialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories brought into S3 by an agent that has no credentials. On real time, as an upload holds its thread. */
@Timeout(60)
class BundleUploadTest {

    private static final int MB = 1 << 20;
    private static final S3Location TO = new S3Location("sources", "jenkins/web", null);

    @AutoClose
    private final Bench bench = Bench.real(it -> it);

    private final RecordedConsole console = new RecordedConsole();

    @TempDir
    Path root;

    @BeforeEach
    void bucket() {
        bench.aws().s3().createBucket("sources", false);
    }

    private final Uploads uploads = Uploads.of("web");

    private String upload(Workspace workspace) throws IOException, InterruptedException {
        return new BundleUpload(bench.session(), bench.scheduler(), console)
                .upload(workspace, Trees.spec(null, null), TO, uploads)
                .key();
    }

    private String upload() throws IOException, InterruptedException {
        return upload(agent());
    }

    /** What a test does not say otherwise is as on this machine. */
    private class Disturbed implements Workspace {
        @Override
        public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
            return Workspace.local(root).scan(spec);
        }

        @Override
        public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
            return Workspace.local(root).upload(spec, plan);
        }

        @Override
        public String text(BundleSpec spec, String name) throws IOException, InterruptedException {
            return Workspace.local(root).text(spec, name);
        }

        @Override
        public <T extends Serializable> T look(BundleSpec spec, Look<T> look) throws IOException, InterruptedException {
            return Workspace.local(root).look(spec, look);
        }
    }

    /** Another process: all that comes and goes is serialized. */
    private Workspace agent() {
        Workspace local = Workspace.local(root);
        return new Disturbed() {
            @Override
            public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
                return sent(local.scan(sent(spec)));
            }

            @Override
            public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
                return sent(local.upload(sent(spec), sent(plan)));
            }
        };
    }

    @SuppressWarnings("unchecked") // what goes in comes out
    private static <T> T sent(T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private TreeMap<String, byte[]> stored(String key) throws IOException {
        return Trees.unzip(bench.aws().s3().bytes("sources", key));
    }

    private long calls(String operation) {
        return bench.aws().calls().count("S3." + operation);
    }

    /** An upload that failed leaves nothing behind; the abort itself is not waited for by the upload. */
    private void assertNothingLeft() throws InterruptedException {
        for (int i = 0; i < 200 && bench.aws().s3().openUploads("sources") > 0; i++) {
            CountDownLatch moment = new CountDownLatch(1);
            bench.scheduler().schedule(Duration.ofMillis(25), moment::countDown);
            Bench.await(moment);
        }
        assertEquals(0, bench.aws().s3().openUploads("sources"));
        assertEquals(List.of(), bench.aws().s3().keys("sources"));
    }

    @Test
    void aSmallTreeIsBroughtToABucketWithoutVersions() throws Exception {
        Trees.write(root, "src/main.c", "int main;");
        Trees.write(root, "buildspec.yml", "version: 0.2");
        String key = upload();
        assertTrue(key.matches("jenkins/web/[0-9a-f]{64}\\.zip"), key);
        assertEquals(Set.of("src/main.c", "buildspec.yml"), stored(key).keySet());
        assertEquals(1, console.lines().size());
        assertTrue(
                console.lastLine().matches("Uploaded 2 files \\(0\\.\\d KB\\) in .* s: s3://sources/" + key),
                console.lastLine());
        assertEquals(1, calls("UploadPart"));
        assertEquals(0, bench.aws().s3().openUploads("sources"));
    }

    /** Whoever may write to the bucket knows what keys look like. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatSomebodyElseHasPutThereDoesNotCountAsSent(boolean versioned) throws Exception {
        bench.aws().s3().createBucket("shared", versioned);
        S3Location to = new S3Location("shared", TO.prefix(), null);
        Trees.write(root, "a.txt", "A");
        BundleUpload upload = new BundleUpload(bench.session(), bench.scheduler(), console);
        BundleSpec spec = Trees.spec(null, null);
        UploadedObject first = upload.upload(agent(), spec, to, Uploads.of("elsewhere"));
        assertEquals(versioned, first.version() != null);
        bench.aws().s3().put("shared", first.key(), "evil".getBytes(StandardCharsets.UTF_8));

        UploadedObject sent = upload.upload(agent(), spec, to, uploads);
        assertEquals(first.key(), sent.key());
        assertEquals(
                Set.of("a.txt"),
                Trees.unzip(bench.aws().s3().bytes("shared", sent.key())).keySet());
        bench.aws().s3().put("shared", first.key(), "evil".getBytes(StandardCharsets.UTF_8));
        UploadedObject again = upload.upload(agent(), spec, to, uploads);
        assertEquals(
                Set.of("a.txt"),
                Trees.unzip(bench.aws().s3().bytes("shared", again.key())).keySet());
        assertEquals(again, upload.upload(agent(), spec, to, uploads));
        assertEquals(3, calls("CreateMultipartUpload"));
    }

    @Test
    void equalTreesAreSentOnce() throws Exception {
        Trees.write(root, "a.txt", "A");
        String key = upload();
        assertEquals(key, upload());
        assertEquals(1, calls("CreateMultipartUpload"));
        assertTrue(console.lastLine().endsWith("already in S3: s3://sources/" + key), console.lastLine());
        Trees.write(root, "a.txt", "B");
        assertNotEquals(key, upload());
        assertEquals(2, calls("CreateMultipartUpload"));
    }

    @Test
    void aLargeTreeIsSentInPartsOfABoundedSize() throws Exception {
        byte[] large = Trees.noise(1, 45 * MB);
        Trees.write(root, "large.bin", large);
        Trees.write(root, "small.txt", "s");
        String key = upload();
        assertEquals(6, calls("UploadPart")); // of 8 MB
        assertArrayEquals(large, stored(key).get("large.bin"));
    }

    @Test
    void nothingOfAPartIsSignedByTheAgent() throws Exception {
        Trees.write(root, "a.txt", "A");
        upload();
        Call part = bench.aws().calls().of("S3.UploadPart").get(0);
        assertFalse(part.userAgent().contains("aws-sdk-java"), part.userAgent());
        assertEquals("AKIAALICE00000000000", part.accessKeyId());
    }

    @Test
    void aPartThatFailsIsSentAgain() throws Exception {
        byte[] large = Trees.noise(2, 20 * MB);
        Trees.write(root, "large.bin", large);
        bench.aws().faults().on("S3.UploadPart").error(503).times(1);
        bench.aws().faults().on("S3.UploadPart").cutConnection().times(1);
        assertArrayEquals(large, stored(upload()).get("large.bin"));
        assertEquals(5, calls("UploadPart"));
    }

    /** S3 completed the upload, and nobody heard of it: asked again, it knows the upload no more, or answers once more. */
    @ParameterizedTest
    @NullSource
    @EnumSource
    void anUploadThatIsCompleteIsNoFailureHoweverItsAnswerGotLost(Dialect dialect) throws Exception {
        if (dialect != null) {
            bench.aws().s3().dialect(dialect);
        }
        Trees.write(root, "a.txt", "1");
        bench.loseAnswerTo("S3.CompleteMultipartUpload");
        assertEquals(Set.of("a.txt"), stored(upload()).keySet());
        Trees.write(root, "a.txt", "2");
        bench.aws()
                .faults()
                .on("S3.CompleteMultipartUpload")
                .error(500)
                .afterExecution()
                .times(1);
        assertEquals(Set.of("a.txt"), stored(upload()).keySet());
        Trees.write(root, "a.txt", "3");
        bench.aws()
                .faults()
                .on("S3.CompleteMultipartUpload")
                .lateError()
                .afterExecution()
                .times(1);
        assertEquals(Set.of("a.txt"), stored(upload()).keySet());
        Trees.write(root, "a.txt", "4");
        bench.loseAnswerTo("S3.CompleteMultipartUpload");
        bench.aws().faults().on("S3.HeadObject").accessDenied(); // who may not look knows it all the same
        assertEquals(Set.of("a.txt"), stored(upload()).keySet());
    }

    /** As of an answer with status 200, which S3 begins to send before it knows how the assembly ends. */
    @Test
    void anErrorInTheBodyOfAnAnswerIsTriedAgain() throws Exception {
        Trees.write(root, "a.txt", "A");
        bench.aws().faults().on("S3.CompleteMultipartUpload").lateError().times(1);
        assertEquals(Set.of("a.txt"), stored(upload()).keySet());
        assertEquals(2, calls("CompleteMultipartUpload"));
    }

    @Test
    void anUploadThatSomebodyElseEndedIsAFailure() throws Exception {
        Trees.write(root, "a.txt", "A");
        bench.aws().faults().on("S3.CompleteMultipartUpload").notYetVisible();
        assertThrows(AwsCallException.class, this::upload);
        bench.aws().faults().on("S3.CompleteMultipartUpload").cutConnection().times(1);
        Trees.write(root, "a.txt", "B");
        assertThrows(AwsCallException.class, this::upload, "the answer was lost, but nothing is there");
    }

    @Test
    void whatS3TakesLaterIsSentAgainByTheAgentToo() throws Exception {
        Trees.write(root, "large.bin", Trees.noise(7, 20 * MB));
        bench.aws().faults().on("S3.UploadPart").throttle().times(1);
        bench.aws().faults().on("S3.UploadPart").error(500).times(1);
        upload();
        assertEquals(5, calls("UploadPart"));
    }

    /** Addresses end with the credentials that have signed them, however long they were meant to last. */
    @Test
    void partsWhoseAddressesHaveEndedAreSentToNewOnes() throws Exception {
        byte[] large = Trees.noise(8, 45 * MB);
        Trees.write(root, "large.bin", large);
        bench.aws().faults().on("S3.UploadPart").expiredToken().skip(3).times(3);
        assertArrayEquals(large, stored(upload()).get("large.bin"));
        assertEquals(1, calls("CreateMultipartUpload"));
        assertTrue(calls("UploadPart") <= 9, "What has arrived is not sent again: " + calls("UploadPart"));
    }

    @Test
    void addressesThatNeverWorkAreGivenUp() throws Exception {
        Trees.write(root, "a.txt", "A");
        bench.aws().faults().on("S3.UploadPart").expiredToken();
        IOException why = assertThrows(IOException.class, this::upload);
        assertTrue(why.getMessage().contains("ExpiredToken"), why.getMessage());
        assertNothingLeft();
    }

    @Test
    void aPartThatIsRefusedFailsTheUploadAndLeavesNothing() throws Exception {
        Trees.write(root, "large.bin", Trees.noise(3, 60 * MB));
        bench.aws().faults().on("S3.UploadPart").accessDenied();
        IOException why = assertThrows(IOException.class, this::upload);
        assertTrue(
                why.getMessage()
                        .matches("Part \\d+ of the bundle could not be uploaded: S3 answered 403 AccessDenied: .*"),
                why.getMessage());
        assertFalse(why.getMessage().contains("X-Amz-Signature"), "The address is a credential");
        assertTrue(calls("UploadPart") <= 6, "Sent on after a part was refused: " + calls("UploadPart"));
        assertNothingLeft();
    }

    @Test
    void filesThatChangeWhileTheyAreUploadedFailTheUpload() throws Exception {
        Trees.write(root, "a.txt", "A");
        Workspace agent = agent();
        Workspace changing = new Disturbed() {
            @Override
            public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
                Manifest manifest = agent.scan(spec);
                Trees.write(root, "a.txt", "B");
                return manifest;
            }

            @Override
            public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
                return agent.upload(spec, plan);
            }
        };
        IOException why = assertThrows(IOException.class, () -> upload(changing));
        assertTrue(why.getMessage().startsWith("The files changed during the upload; "), why.getMessage());
        assertNothingLeft();
    }

    @Test
    void filesThatGrowBeyondThePlanFailTheUpload() throws Exception {
        Trees.write(root, "a.txt", "A");
        Workspace agent = agent();
        Workspace growing = new Disturbed() {
            @Override
            public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
                Manifest manifest = agent.scan(spec);
                Trees.write(root, "b.bin", Trees.noise(4, MB));
                return manifest;
            }

            @Override
            public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
                return agent.upload(spec, plan);
            }
        };
        IOException why = assertThrows(IOException.class, () -> upload(growing));
        assertTrue(why.getMessage().startsWith("The files grew during the upload; "), why.getMessage());
        assertNothingLeft();
    }

    @Test
    void anUploadThatIsInterruptedEndsAtOnceAndLeavesNothing() throws Exception {
        Trees.write(root, "large.bin", Trees.noise(5, 30 * MB));
        CountDownLatch sending = new CountDownLatch(1);
        bench.aws().faults().on("S3.UploadPart").stall(Duration.ofSeconds(40));
        Throwable[] why = new Throwable[1];
        Workspace agent = agent();
        Thread thread = new Thread(() -> {
            try {
                upload(new Disturbed() {
                    @Override
                    public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
                        return agent.scan(spec);
                    }

                    @Override
                    public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
                        sending.countDown();
                        return agent.upload(spec, plan);
                    }
                });
            } catch (IOException | InterruptedException | RuntimeException e) {
                why[0] = e;
            }
        });
        thread.start();
        Bench.await(sending);
        thread.interrupt();
        thread.join(20_000);
        assertFalse(thread.isAlive(), "It goes on");
        assertTrue(why[0] instanceof IOException || why[0] instanceof InterruptedException, String.valueOf(why[0]));
        assertNothingLeft();
    }

    @Test
    void anAnswerOfS3ThatDoesNotComeCanBeInterrupted() throws Exception {
        Trees.write(root, "a.txt", "A");
        bench.aws().faults().on("S3.HeadObject").error(503); // is tried again for minutes
        CountDownLatch scanned = new CountDownLatch(1);
        Throwable[] why = new Throwable[1];
        Thread thread = new Thread(() -> {
            try {
                Workspace agent = agent();
                upload(new Disturbed() {
                    @Override
                    public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
                        Manifest manifest = agent.scan(spec);
                        scanned.countDown();
                        return manifest;
                    }

                    @Override
                    public Uploaded upload(BundleSpec spec, UploadPlan plan) {
                        throw new AssertionError("Nothing is to be sent");
                    }
                });
            } catch (IOException | InterruptedException | RuntimeException e) {
                why[0] = e;
            }
        });
        thread.start();
        Bench.await(scanned);
        thread.interrupt();
        thread.join(20_000);
        assertFalse(thread.isAlive(), "It waits on");
        assertTrue(why[0] instanceof InterruptedException, String.valueOf(why[0]));
    }

    @Test
    void aBucketThatIsNotThereOrNotAllowedIsSaid() throws Exception {
        Trees.write(root, "a.txt", "A");
        AwsCallException missing = assertThrows(
                AwsCallException.class,
                () -> new BundleUpload(bench.session(), bench.scheduler(), console)
                        .upload(agent(), Trees.spec(null, null), new S3Location("nobody-s", "", null), uploads));
        assertEquals(AwsFault.NOT_FOUND, missing.fault());
        assertTrue(
                missing.getMessage().startsWith("s3:PutObject failed for bucket 'nobody-s' in eu-west-1: "),
                missing.getMessage());

        bench.aws().faults().on("S3.*").accessDenied();
        AwsCallException denied = assertThrows(AwsCallException.class, this::upload);
        assertEquals(AwsFault.DENIED, denied.fault());
        assertTrue(denied.getMessage().contains("IAM action s3:PutObject"), denied.getMessage());
    }

    @Test
    void whoMayNotLookMayStillSend() throws Exception {
        Trees.write(root, "a.txt", "A");
        bench.aws().faults().on("S3.HeadObject").accessDenied();
        assertEquals(Set.of("a.txt"), stored(upload()).keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../other", "0123"})
    void whatAnAgentSaysDoesNotBecomeAnyAddress(String digest) {
        Workspace lying = new Disturbed() {
            @Override
            public Manifest scan(BundleSpec spec) {
                return new Manifest(1, 1, 100, digest);
            }

            @Override
            public Uploaded upload(BundleSpec spec, UploadPlan plan) {
                throw new AssertionError("nothing is to be uploaded");
            }
        };

        assertThrows(BundleException.class, () -> upload(lying));
        assertEquals(0, bench.aws().calls().total());
    }

    @Test
    void ownersDoNotShareWhatTheySend() {
        assertNotEquals(TO.of("team/web").prefix(), TO.of("team-web").prefix());
        assertTrue(TO.of("team/web").prefix().matches("jenkins/web/team-web-[0-9a-f]{16}/"));
    }

    @Test
    void aPrefixIsAFolder() {
        assertEquals("jenkins/web/", TO.prefix());
        assertEquals("", new S3Location("b", "", null).prefix());
        assertEquals("x/", new S3Location("b", "x/", null).prefix());
    }

    @Test
    void threePartsAtATimeAreUnderWay() throws Exception {
        Trees.write(root, "large.bin", Trees.noise(6, 40 * MB));
        bench.aws().faults().on("S3.UploadPart").stall(Duration.ofMillis(200));
        upload();
        List<Call> parts = bench.aws().calls().of("S3.UploadPart"); // each at the moment of its answer
        assertEquals(6, parts.size());
        for (int i = 3; i < parts.size(); i++) {
            Instant threeBefore = parts.get(i - 3).time();
            assertFalse(parts.get(i).time().isBefore(threeBefore.plusMillis(150)), "Part " + i + " of " + parts);
        }
    }

    /** Whose minutes pass when the test says so. */
    private final class Minutes implements Scheduler {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private Duration passed = Duration.ZERO;

        @Override
        public Instant now() {
            return bench.scheduler().now().plus(passed);
        }

        @Override
        public Moment moment() {
            return new Moment(bench.scheduler().moment().nanos() + passed.toNanos());
        }

        @Override
        public void execute(Runnable task) {
            bench.scheduler().execute(task);
        }

        @Override
        public Executor blocking() {
            return bench.scheduler().blocking();
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            tasks.add(task);
            return () -> tasks.remove(task);
        }

        /** Waits for something that is to be done in a minute, and does it. */
        void pass() throws InterruptedException {
            Runnable task = tasks.poll(30, TimeUnit.SECONDS);
            passed = passed.plusMinutes(1);
            Objects.requireNonNull(task, "nothing is to be done").run();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachMinuteSaysHowMuchHasArrived(boolean mayLook) throws Exception {
        byte[] bytes = new byte[40 * MB];
        new Random(1).nextBytes(bytes);
        Files.write(root.resolve("large.bin"), bytes);
        if (!mayLook) {
            bench.aws().faults().on("S3.ListParts").accessDenied().times(9);
        }
        Minutes minutes = new Minutes();
        Workspace slow = new Disturbed() {
            @Override
            public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
                Uploaded uploaded = super.upload(spec, plan);
                minutes.pass();
                minutes.pass();
                minutes.tasks.put(Objects.requireNonNull(minutes.tasks.poll(30, TimeUnit.SECONDS)));
                return uploaded;
            }
        };

        new BundleUpload(bench.session(), minutes, console).upload(slow, Trees.spec(null, null), TO, uploads);

        List<String> lines = console.lines();
        assertEquals("Uploading 1 file, 40.0 MB", lines.get(0));
        String second = mayLook
                ? "Uploaded 40.0 MB of at most 40.0 MB in 2 min.*, 0.3 MB/s"
                : "Uploading for 2 min.*; S3 does not say how much has arrived";
        assertTrue(lines.get(2).matches(second), lines.toString());
        assertTrue(lines.get(3).startsWith("Uploaded 1 file (40.0 MB) in 2 min"), lines.toString());
        assertEquals(4, lines.size(), lines.toString());
        assertEquals(0, minutes.tasks.size());
    }
}

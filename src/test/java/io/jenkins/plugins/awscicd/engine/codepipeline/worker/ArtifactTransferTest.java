package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactArchive;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactTransfer;
import io.jenkins.plugins.awscicd.engine.artifact.SignedRequest;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;

/** Artifacts go in and out with the access of their job, and no more. */
class ArtifactTransferTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    private final Workers worker = new Workers(bench, "one", false);

    @TempDir
    private Path workspace;

    @BeforeEach
    void begin() throws Exception {
        SteppedActions.declare(bench);
        bench.aws().codePipeline().pipeline(SteppedActions.web().encryptedBy("alias/pipeline"));
        try (CodePipelineClient client = Clients.of(bench.aws()).codePipeline()) {
            client.startPipelineExecution(it -> it.name("web"));
        }
        worker.start();
        bench.advanceUntil(() -> !worker.queue.isEmpty(), Duration.ofMinutes(5));
        worker.begin();
        bench.advance(60);
    }

    private ArtifactAccess access() throws Exception {
        var access = worker.worker.artifacts(worker.only());
        bench.advanceUntil(access::isDone, Duration.ofMinutes(5));
        return access.get();
    }

    private static SignedRequest sent(SignedRequest request) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        }
        return (SignedRequest) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    @Test
    void inputsAreReadAndOutputsAreEncryptedByThePipelinesKey() throws Exception {
        ArtifactAccess access = access();
        Path archive = workspace.resolve("in.zip");
        new ArtifactTransfer()
                .get("Source", sent(access.get(access.job().inputs().get(0))), archive, 1 << 20);
        assertEquals(1, new ArtifactArchive(workspace.resolve("in"), 1 << 20).unpack(archive));
        assertEquals("tea", Files.readString(workspace.resolve("in/index.html")));
        JobArtifact to = access.job().outputs().get(0);
        long bytes = ArtifactPackage.send(workspace, "Built", "in", sent(access.put(to)));
        S3Object put = bench.aws().s3().object(to.bucket(), to.key()).orElseThrow();
        assertTrue(bytes > 0);
        assertEquals("aws:kms", put.headers().get("x-amz-server-side-encryption"));
        assertEquals("alias/pipeline", put.headers().get("x-amz-server-side-encryption-aws-kms-key-id"));
    }

    @Test
    void readsNoMoreThanItMay() throws Exception {
        ArtifactAccess access = access();
        JobArtifact in = access.job().inputs().get(0);
        bench.aws().s3().put(in.bucket(), in.key(), new byte[3 << 20]);
        IOException refused = assertThrows(
                IOException.class,
                () -> new ArtifactTransfer().get("Source", access.get(in), workspace.resolve("in.zip"), 1 << 20));
        assertTrue(refused.getMessage().contains("maxMb"), refused.getMessage());
    }

    @Test
    void accessThatHasEndedIsSaidWithoutItsAddress() throws Exception {
        ArtifactAccess access = access();
        SignedRequest get = access.get(access.job().inputs().get(0));
        bench.advance(3600);
        IOException refused = assertThrows(
                IOException.class,
                () -> new ArtifactTransfer().get("Source", get, workspace.resolve("in.zip"), 1 << 20));
        assertTrue(refused.getMessage().startsWith("Input artifact 'Source': S3 answered 4"), refused.getMessage());
        assertFalse(refused.getMessage().contains("X-Amz"), refused.getMessage());
        assertFalse(get.toString().contains("X-Amz"));
    }

    @Test
    void nothingOutsideTheWorkspaceIsSent() throws Exception {
        ArtifactAccess access = access();
        SignedRequest put = access.put(access.job().outputs().get(0));
        Path secret = Files.write(workspace.resolveSibling("secret.zip"), Archive.zip(Map.of("a", "a")));
        Files.createSymbolicLink(workspace.resolve("link.zip"), secret);
        for (String path : new String[] {"../secret.zip", "link.zip", secret.toString()}) {
            assertThrows(IOException.class, () -> ArtifactPackage.send(workspace, "Built", path, put), path);
        }
        Files.delete(secret);
    }
}

package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.localaws.Clients;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.S3Location;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** What a gate is asked about deployments, and what of that AWS is held to. */
class GuardedDeploymentTest extends SteppedDeployments {

    private final List<String> asked = new ArrayList<>();
    private final List<String> contents = new ArrayList<>();
    private boolean closed;
    private Runnable meanwhile = () -> {};

    private final Gate gate = new Gate() {
        @Override
        public void pass(String application, String target, String revision) {
            throw new AssertionError("all that is known is passed on");
        }

        @Override
        public void pass(Where where, What what) {
            asked.add(where.application() + "/" + where.name() + " " + what.revision());
            contents.add(what.content().get());
            if (closed) {
                throw new Refused("stage prod: closed");
            }
            meanwhile.run();
        }
    };

    private void put(String bucket, String content) {
        bench.aws().s3().put(bucket, "web.zip", content.getBytes(StandardCharsets.UTF_8));
    }

    private DeploymentRun deploying(Object revision) {
        return new DeploymentRun(bench)
                .with("application", "web")
                .with("deploymentGroup", "dev")
                .with("revision", revision)
                .behind(gate);
    }

    private S3Location deployed(DeploymentRun run) {
        try (CodeDeployClient client = Clients.of(bench.aws()).codeDeploy()) {
            return client.getDeployment(get -> get.deploymentId(run.id()))
                    .deploymentInfo()
                    .revision()
                    .s3Location();
        }
    }

    @Test
    void awsIsHeldToTheVersionThatTheGateHasLetThrough() {
        group(it -> it.instances("i-1"));
        bench.aws().s3().createBucket("versions", true);
        put("versions", "good");
        meanwhile = () -> put("versions", "evil");
        DeploymentRun run = deploying("s3://versions/web.zip").start();
        untilOver(run);

        assertEquals(List.of("web/dev s3://versions/web.zip"), asked);
        String version = deployed(run).version();
        assertNotNull(version);
        assertEquals(List.of("s3://versions/web.zip @ " + version), contents);
        assertEquals("good", new String(readVersion("versions", version), StandardCharsets.UTF_8));
    }

    private byte[] readVersion(String bucket, String version) {
        try (S3Client client = Clients.of(bench.aws()).s3()) {
            return client.getObjectAsBytes(
                            get -> get.bucket(bucket).key("web.zip").versionId(version))
                    .asByteArray();
        }
    }

    /** An ETag may be an MD5: what is in it is told by a SHA-256, that S3 has or that is read. */
    @Test
    void withoutVersionsAChecksumTellsTheContent() {
        group(it -> it.instances("i-1"));
        bench.aws().s3().createBucket("plain", false);
        put("plain", "good");
        DeploymentRun read = deploying("s3://plain/web.zip").start();
        untilOver(read);
        // printf good | sha256sum
        String digest = "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c";
        try (S3Client client = Clients.of(bench.aws()).s3()) {
            client.putObject(
                    put -> put.bucket("plain").key("web.zip").checksumAlgorithm(ChecksumAlgorithm.SHA256),
                    software.amazon.awssdk.core.sync.RequestBody.fromString("good"));
        }
        DeploymentRun told = deploying("s3://plain/web.zip").start();
        untilOver(told);
        assertEquals(
                List.of("s3://plain/web.zip @ SHA-256 " + digest, "s3://plain/web.zip @ SHA-256 " + digest), contents);
        assertNull(deployed(told).version());
        assertNotNull(deployed(told).eTag());
    }

    @Test
    void whatIsNotThereOrIsABranchHasNoContent() {
        group(it -> it.instances("i-1"));
        closed = true;
        for (Object revision : List.of(
                "s3://artifacts/absent.zip",
                Map.of("repository", "shop/web", "commit", "main"),
                Map.of("repository", "shop/web", "commit", "0123456789012345678901234567890123456789"))) {
            DeploymentRun run = deploying(revision).start();
            untilOver(run);
            assertNotNull(run.failure());
        }
        assertNull(contents.get(0));
        assertNull(contents.get(1));
        assertEquals("shop/web @ 0123456789012345678901234567890123456789", contents.get(2));
        assertEquals(0, calls("CreateDeployment"));
    }

    @Test
    void whoGoesOnWithADeploymentIsAskedAboutWhatItHas() {
        group(it ->
                it.instances("i-1", "i-2").blueGreen().stopUnlessContinued(60).terminateAfter(30));
        bench.aws().s3().createBucket("versions", true);
        put("versions", "good");
        DeploymentRun ready =
                deploying("s3://versions/web.zip").with("wait", "ready").start();
        untilOver(ready);
        put("versions", "evil");
        closed = true;
        DeploymentRun refused = new DeploymentRun(bench)
                .with("continueAfterReady", ready.id())
                .behind(gate)
                .start();
        untilOver(refused);
        assertTrue(refused.failure().getMessage().contains("stage prod: closed"));
        assertTrue(
                refused.console().lines().toString().contains(ready.id() + " is left in its READY_WAIT"),
                refused.console().lines().toString());
        assertEquals(0, calls("ContinueDeployment"));

        closed = false;
        DeploymentRun going = new DeploymentRun(bench)
                .with("continueAfterReady", ready.id())
                .with("wait", "shifted")
                .behind(gate)
                .start();
        untilOver(going);
        assertEquals(1, calls("ContinueDeployment"));
        assertEquals(1, contents.stream().distinct().count(), contents.toString());
        assertEquals("web/dev s3://versions/web.zip @ " + deployed(ready).version(), asked.get(1));
    }

    /** It has what was there then, and nobody knows any more what that was. */
    @Test
    void whatWasDeployedWithoutAVersionHasNoContentLater() {
        group(it ->
                it.instances("i-1", "i-2").blueGreen().stopUnlessContinued(60).terminateAfter(30));
        DeploymentRun ready = deploy("1.zip").with("wait", "ready").start();
        untilOver(ready);
        closed = true;
        DeploymentRun going = new DeploymentRun(bench)
                .with("continueAfterReady", ready.id())
                .behind(gate)
                .start();
        untilOver(going);
        String eTag = deployed(ready).eTag();
        assertEquals(eTag == null, contents.get(0) == null);
        assertEquals(0, calls("ContinueDeployment"));
    }
}

package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** A local AWS whose instances are folders, and a group "dev" with one of them, "dev-1". */
abstract class FolderDeployments {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    final SteppedTime time = SimulatedTime.stepped();
    final GroupSpec dev = GroupSpec.folders("web", "dev").variable("GREETING", "hello $USER's");
    LocalAws aws;
    CodeDeployClient codeDeploy;

    @BeforeEach
    final void setUp() {
        aws = LocalAws.builder()
                .time(time)
                .deploymentTiming(DeploymentTiming.NONE)
                .data(directory.resolve("data"))
                .start();
        aws.s3().createBucket("revisions", true);
        codeDeploy = Clients.of(aws).codeDeploy();
    }

    @AfterEach
    final void tearDown() {
        codeDeploy.close();
        aws.close();
    }

    /** Writes a revision's files, scripts executable, below a new directory. */
    final Path files(String name, Map<String, String> files) throws IOException {
        Path root = directory.resolve(name);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getValue().startsWith("#!")) {
                assertTrue(path.toFile().setExecutable(true));
            }
        }
        return root;
    }

    final void revision(String key, Map<String, String> files) throws IOException {
        aws.s3().putDirectory("revisions", key, files(key + ".files", files));
    }

    static RevisionLocation s3(String key, BundleType type) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(location -> location.bucket("revisions").key(key).bundleType(type))
                .build();
    }

    final DeploymentInfo deploy(String key) throws InterruptedException {
        return deploy(request -> request.revision(s3(key, BundleType.ZIP)));
    }

    final DeploymentInfo deploy(Consumer<CreateDeploymentRequest.Builder> more) throws InterruptedException {
        return complete(begin(more));
    }

    final String begin(Consumer<CreateDeploymentRequest.Builder> more) {
        String id = codeDeploy
                .createDeployment(request -> {
                    request.applicationName("web").deploymentGroupName("dev");
                    more.accept(request);
                })
                .deploymentId();
        time.advance(Duration.ofMillis(1));
        return id;
    }

    final DeploymentInfo complete(String id) throws InterruptedException {
        assertTrue(aws.codeDeploy().deployment(id).awaitComplete(DEADLINE), id);
        return codeDeploy.getDeployment(request -> request.deploymentId(id)).deploymentInfo();
    }

    final LifecycleEvent event(DeploymentInfo deployment, String name) {
        return codeDeploy
                .getDeploymentTarget(request ->
                        request.deploymentId(deployment.deploymentId()).targetId("dev-1"))
                .deploymentTarget()
                .instanceTarget()
                .lifecycleEvents()
                .stream()
                .filter(event -> event.lifecycleEventName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    final void succeeded(DeploymentInfo deployment) {
        assertEquals(
                "Succeeded",
                deployment.statusAsString(),
                () -> codeDeploy
                        .getDeploymentTarget(request ->
                                request.deploymentId(deployment.deploymentId()).targetId("dev-1"))
                        .toString());
    }

    final Path instance() {
        return aws.codeDeploy().folder("dev", "dev-1");
    }

    final String read(String file) throws IOException {
        return Files.readString(instance().resolve(file));
    }

    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Asks until it holds or the deadline has passed. */
    static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "The deadline has passed");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}

package io.jenkins.plugins.awscicd.localaws.codebuild;

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
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.BuildPhaseType;
import software.amazon.awssdk.services.codebuild.model.SourceType;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/** A local AWS whose builds really run, and wait for nothing before they do. */
abstract class ShellBuilds {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    final SteppedTime time = SimulatedTime.stepped();
    LocalAws aws;
    CodeBuildClient codeBuild;

    @BeforeEach
    final void setUp() {
        aws = LocalAws.builder()
                .time(time)
                .timing(Timing.NONE)
                .data(directory.resolve("data"))
                .start();
        aws.s3().createBucket("builds", false);
        codeBuild = Clients.of(aws).codeBuild();
    }

    @AfterEach
    final void tearDown() {
        codeBuild.close();
        aws.close();
    }

    final ProjectSpec web() {
        return ProjectSpec.named("web").source("S3", "builds/source.zip");
    }

    final void source(Map<String, String> files) throws IOException {
        Path source = directory.resolve("source");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = source.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getValue().startsWith("#!")) {
                assertTrue(path.toFile().setExecutable(true));
            }
        }
        aws.s3().putDirectory("builds", "source.zip", source);
    }

    final Build runInline(String buildspec) throws InterruptedException {
        return complete(startInline(buildspec));
    }

    final Build startInline(String buildspec) {
        if (codeBuild.listProjects().projects().isEmpty()) {
            aws.codeBuild().project(web());
        }
        return start(request -> request.sourceTypeOverride(SourceType.NO_SOURCE).buildspecOverride(buildspec));
    }

    final Build run(Consumer<StartBuildRequest.Builder> overrides) throws InterruptedException {
        return complete(start(overrides));
    }

    final Build start(Consumer<StartBuildRequest.Builder> overrides) {
        StartBuildRequest.Builder request = StartBuildRequest.builder().projectName("web");
        overrides.accept(request);
        Build build = codeBuild.startBuild(request.build()).build();
        time.advance(Duration.ofMillis(1));
        return build;
    }

    final Build complete(Build build) throws InterruptedException {
        assertTrue(aws.codeBuild().build(build.id()).awaitComplete(DEADLINE), () -> log(build));
        return get(build.id());
    }

    final Build get(String id) {
        return codeBuild.batchGetBuilds(request -> request.ids(id)).builds().get(0);
    }

    final String log(Build build) {
        return "\n"
                + String.join(
                        "",
                        aws.logs()
                                .messages(
                                        "/aws/codebuild/web",
                                        build.id().substring(build.id().indexOf(':') + 1)));
    }

    static BuildPhase phase(Build build, BuildPhaseType type) {
        return build.phases().stream()
                .filter(phase -> phase.phaseType() == type)
                .findFirst()
                .orElse(null);
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

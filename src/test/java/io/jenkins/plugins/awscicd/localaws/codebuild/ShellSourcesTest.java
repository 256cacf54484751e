package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.BuildPhaseType;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariableType;
import software.amazon.awssdk.services.codebuild.model.ProjectSourceVersion;
import software.amazon.awssdk.services.codebuild.model.StatusType;

/** Where sources and buildspecs come from, and what is said when they are missing. */
@Timeout(60)
class ShellSourcesTest extends ShellBuilds {

    @Test
    void sourcesComeFromGit() throws Exception {
        Path repository = Files.createDirectories(directory.resolve("repository"));
        git(repository, "init", "--quiet", "--initial-branch=main");
        Files.writeString(
                repository.resolve("buildspec.yml"),
                "version: 0.2\nphases: {build: {commands: ['cat file $CODEBUILD_SRC_DIR_lib/file', 'echo $CODEBUILD_RESOLVED_SOURCE_VERSION']}}\n");
        String first = commit(repository, "first");
        git(repository, "tag", "v1");
        String second = commit(repository, "second");
        aws.codeBuild().repository("https://github.com/example/web.git", repository);
        ProjectSpec web = ProjectSpec.named("web").source("GITHUB", "https://github.com/example/web.git");
        web.node().withObject("/source").put("gitCloneDepth", 1);
        web.node()
                .putArray("secondarySources")
                .addObject()
                .put("type", "GITHUB")
                .put("location", "https://github.com/example/web.git")
                .put("sourceIdentifier", "lib");
        aws.codeBuild().project(web);
        Build newest = run(request -> {});
        assertEquals(StatusType.SUCCEEDED, newest.buildStatus(), log(newest));
        assertEquals(second, newest.resolvedSourceVersion());
        assertTrue(log(newest).contains("\nsecond\nsecond\n"), log(newest));
        for (String version : List.of("v1", first, "refs/tags/v1", "refs/heads/main^{" + first + "}")) {
            Build build = run(request -> request.sourceVersion(version)
                    .secondarySourcesVersionOverride(ProjectSourceVersion.builder()
                            .sourceIdentifier("lib")
                            .sourceVersion("main")
                            .build()));
            assertEquals(first, build.resolvedSourceVersion(), log(build));
            assertTrue(
                    log(build).contains("\nfirst\nsecond\n") && log(build).contains("\n" + first + "\n"), log(build));
        }
        Build unknown = run(request -> request.sourceVersion("no-such-branch"));
        assertEquals(
                StatusType.FAILED,
                phase(unknown, BuildPhaseType.DOWNLOAD_SOURCE).phaseStatus());
        assertNull(phase(unknown, BuildPhaseType.INSTALL));
    }

    @Test
    void whatIsMissingIsSaidByItsPhase() throws Exception {
        aws.codeBuild().project(web());
        assertContext("CLIENT_ERROR", "NoSuchKey", run(request -> {}), BuildPhaseType.DOWNLOAD_SOURCE);
        source(Map.of("file", "content"));
        assertContext(
                "YAML_FILE_ERROR", "buildspec.yml: no such file", run(request -> {}), BuildPhaseType.DOWNLOAD_SOURCE);
        assertContext(
                "YAML_FILE_ERROR",
                "found subkeys instead",
                run(request -> request.buildspecOverride("version: 0.2\nphases: {build: {commands: [a: b]}}\n")),
                BuildPhaseType.DOWNLOAD_SOURCE);
        assertContext(
                "Decrypted Variables Error",
                "parameter does not exist: /none",
                run(request -> request.buildspecOverride("version: 0.2\n")
                        .environmentVariablesOverride(EnvironmentVariable.builder()
                                .name("A")
                                .value("/none")
                                .type(EnvironmentVariableType.PARAMETER_STORE)
                                .build())),
                BuildPhaseType.DOWNLOAD_SOURCE);
        Build build = run(request -> request.buildspecOverride("version: 0.2\nartifacts: {files: ['*.jar']}\n")
                .artifactsOverride(
                        artifacts -> artifacts.type("S3").location("builds").name("out")));
        assertContext("CLIENT_ERROR", "no matching artifact paths found", build, BuildPhaseType.UPLOAD_ARTIFACTS);
        aws.s3().put("builds", "specs/b.yml", "version: 0.2\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                StatusType.SUCCEEDED,
                run(request -> request.buildspecOverride("arn:aws:s3:::builds/specs/b.yml"))
                        .buildStatus());
    }

    private void assertContext(String statusCode, String message, Build build, BuildPhaseType type) {
        assertEquals(StatusType.FAILED, build.buildStatus(), () -> log(build));
        BuildPhase phase = phase(build, type);
        assertEquals(statusCode, phase.contexts().get(0).statusCode(), phase::toString);
        assertTrue(phase.contexts().get(0).message().contains(message), phase::toString);
    }

    private String commit(Path repository, String content) throws IOException, InterruptedException {
        Files.writeString(repository.resolve("file"), content + "\n");
        git(repository, "add", ".");
        git(repository, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", content);
        return git(repository, "rev-parse", "HEAD").strip();
    }

    private static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}

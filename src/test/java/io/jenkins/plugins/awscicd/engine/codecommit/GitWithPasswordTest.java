package io.jenkins.plugins.awscicd.engine.codecommit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Git, as it is on this machine, pushes to and clones from local AWS. */
class GitWithPasswordTest {

    private static final AwsBasicCredentials USER = AwsBasicCredentials.create("AKIDEXAMPLE", "its-secret");

    @TempDir
    private Path directory;

    private LocalAws aws;
    private Repository web;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().start();
        aws.sts().user(USER.accessKeyId(), USER.secretAccessKey());
        web = aws.codeCommit().repository("web");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private GitPassword password(AwsBasicCredentials credentials, String repository, Instant now) {
        return GitPassword.of(
                GitRepository.at(aws.endpoint() + "/v1/repos/" + repository, aws.endpoint(), "eu-west-1")
                        .orElseThrow(),
                credentials,
                now);
    }

    /** Git with the password, as a helper for credentials gives it. */
    private int git(GitPassword password, Path where, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("git"));
        all.addAll(List.of("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"));
        all.addAll(List.of(
                "-c",
                "credential.helper=!f() { echo username=" + password.user() + "; echo password=" + password.password()
                        + "; }; f"));
        all.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        return builder.start().waitFor();
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said"), StandardCharsets.UTF_8);
    }

    private Path commit() throws Exception {
        Path work = Files.createDirectories(directory.resolve("work"));
        GitPassword none = new GitPassword("", "");
        git(none, work, "init", "--quiet", "--initial-branch=trunk");
        Files.writeString(work.resolve("README"), "hello".repeat(100_000));
        git(none, work, "add", ".");
        assertEquals(0, git(none, work, "commit", "--quiet", "-m", "first"), said());
        return work;
    }

    @Test
    void whatIsPushedIsCloned() throws Exception {
        GitPassword password = password(USER, "web", Instant.now());
        assertEquals(0, git(password, commit(), "push", aws.codeCommit().url(web), "trunk"), said());
        assertEquals(List.of("trunk"), aws.codeCommit().branches(web));
        assertEquals(0, git(password, directory, "clone", aws.codeCommit().url(web), "copy"), said());
        assertTrue(Files.exists(directory.resolve("copy/README")), "what the default branch has");
        assertEquals(
                List.of("CodeCommit.GitPush", "CodeCommit.GitPull"),
                aws.calls().all().stream()
                        .filter(call -> "ok".equals(call.outcome()))
                        .map(call -> call.operation())
                        .distinct()
                        .toList());
    }

    @Test
    void aPasswordIsForItsRepositoryItsTimeAndItsUser() throws Exception {
        aws.codeCommit().repository("other");
        String url = aws.codeCommit().url(web);
        for (GitPassword wrong : List.of(
                password(USER, "other", Instant.now()),
                password(USER, "web", Instant.now().minus(Duration.ofMinutes(16))),
                password(AwsBasicCredentials.create("AKIDEXAMPLE", "another-secret"), "web", Instant.now()),
                new GitPassword(
                        "AKIDEXAMPLE%token",
                        password(USER, "web", Instant.now()).password()),
                new GitPassword("AKIDEXAMPLE", "open-sesame"))) {
            assertTrue(git(wrong, directory, "ls-remote", url) != 0, said());
            assertTrue(said().contains("403"), said());
        }
        assertEquals(0, git(password(USER, "web", Instant.now()), directory, "ls-remote", url), said());
    }
}

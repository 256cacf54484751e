package io.jenkins.plugins.awscicd.engine.codecommit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repositories are read without git, and to the last page. */
class CodeCommitTest {

    private final Bench bench = Bench.real(it -> it);
    private final io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommit local =
            bench.aws().codeCommit();
    private final CodeCommit aws = new CodeCommit(bench.session());
    private Repository web;

    @BeforeEach
    void repository() {
        web = local.repository("web");
        local.commit(web, "main", Map.of("Jenkinsfile", "node {}\n", "src/a.txt", "a", "src/deep/b.txt", "ü"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static <T> T of(CompletableFuture<T> asked) {
        return asked.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    private static String failure(CompletableFuture<?> asked) {
        Throwable failure = AwsCallException.unwrap(assertThrows(CompletionException.class, () -> of(asked)));
        assertTrue(failure instanceof AwsCallException, failure.toString());
        return failure.getMessage();
    }

    @Test
    void allPagesAreRead() {
        local.pageSize(2);
        for (String name : List.of("api", "docs", "shop", "tools")) {
            local.repository(name);
        }
        for (int i = 0; i < 5; i++) {
            local.commit(web, "feature/" + i, Map.of("f", "f" + i));
            local.pullRequest(web, "Feature " + i, "feature/" + i, "main");
        }
        assertEquals(List.of("api", "docs", "shop", "tools", "web"), of(aws.repositories()));
        List<String> branches = of(aws.branches("web"));
        assertEquals(6, branches.size(), branches.toString());
        Map<String, String> tips = of(aws.tips("web", branches));
        assertEquals(local.tip(web, "feature/3"), Optional.of(tips.get("feature/3")));
        assertEquals(
                Set.of("1", "2", "3", "4", "5"),
                of(aws.openPullRequests("web")).stream().map(PullRequest::id).collect(Collectors.toSet()));
    }

    @Test
    void filesAndFoldersAreThoseOfTheCommit() {
        String first = local.tip(web, "main").orElseThrow();
        local.commit(web, "main", Map.of("Jenkinsfile", "node { echo 'second' }\n"));
        assertEquals("node {}\n", content(first, "Jenkinsfile"));
        assertEquals("node { echo 'second' }\n", content("refs/heads/main", "Jenkinsfile"));
        assertEquals("ü", content("main", "src/deep/b.txt"));
        assertEquals(Optional.empty(), of(aws.file("web", first, "Jenkinsfile.other")));
        assertEquals(Optional.empty(), of(aws.file("web", first, "src")));
        assertEquals(
                Set.of(
                        new FolderEntry("a.txt", FolderEntry.Kind.FILE),
                        new FolderEntry("deep", FolderEntry.Kind.FOLDER)),
                Set.copyOf(of(aws.folder("web", first, "src")).orElseThrow()));
        assertEquals(2, of(aws.folder("web", first, "")).orElseThrow().size());
        assertEquals(Optional.empty(), of(aws.folder("web", first, "nothing")));
        Instant made = of(aws.committed("web", first));
        assertTrue(Duration.between(made, Instant.now()).abs().toMinutes() < 5, made.toString());
    }

    private String content(String commit, String path) {
        return new String(of(aws.file("web", commit, path)).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertEquals(Optional.empty(), of(aws.tip("web", "gone")));
        assertEquals(
                "codecommit:ListBranches failed for repository 'nowhere' in eu-west-1: nowhere does not exist."
                        + " Check its name, the region and the account.",
                failure(aws.branches("nowhere")));
        bench.aws().faults().on("CodeCommit.GetFile").accessDenied();
        String denied = failure(aws.file("web", "main", "Jenkinsfile"));
        assertTrue(denied.contains("codecommit:GetFile failed for 'Jenkinsfile' at main of repository 'web'"), denied);
        assertTrue(denied.contains("IAM action codecommit:GetFile"), denied);
    }

    @Test
    void aFileOfMoreThanSixMegabytesIsRefused() {
        local.commit(web, "main", Map.of("fits", "x".repeat(6 << 20), "large", "x".repeat((6 << 20) + 1)));
        assertArrayEquals(
                "x".repeat(6 << 20).getBytes(StandardCharsets.UTF_8),
                of(aws.file("web", "main", "fits")).orElseThrow().content());
        String refused = failure(aws.file("web", "main", "large"));
        assertTrue(refused.contains("'large' at main of repository 'web'"), refused);
        assertTrue(refused.contains("more than 6 MB"), refused);
    }

    @Test
    void aRepositoryIsDescribed() {
        local.tag(web, "team", "shop");
        RepositoryMetadata found = of(aws.repository("web"));
        assertEquals("123456789012", found.account());
        assertEquals("main", found.defaultBranch());
        assertEquals(Map.of("team", "shop"), of(aws.tags(found.arn())));
        assertEquals("arn:aws:codecommit:eu-west-1:123456789012:web", found.arn());
    }

    @Test
    void twoBranchesHaveACommitInCommon() {
        String common = local.tip(web, "main").orElseThrow();
        String one = local.commit(web, "one", Map.of("one", "one"));
        String other = local.commit(web, "main", Map.of("other", "other"));
        assertEquals(common, of(aws.mergeBase("web", one, other)));
    }
}

package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Pages;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.codecommit.CodeCommitClient;
import software.amazon.awssdk.services.codecommit.model.BranchDoesNotExistException;
import software.amazon.awssdk.services.codecommit.model.FileDoesNotExistException;
import software.amazon.awssdk.services.codecommit.model.FileTooLargeException;
import software.amazon.awssdk.services.codecommit.model.FolderDoesNotExistException;
import software.amazon.awssdk.services.codecommit.model.GetFolderResponse;
import software.amazon.awssdk.services.codecommit.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.codecommit.model.PullRequestTarget;
import software.amazon.awssdk.services.codecommit.model.RepositoryNameIdPair;

/**
 * The repositories of an account and region, read without git. All calls fail with {@link AwsCallException}, which names the repository.
 * Pages are read to the last one.
 */
public final class CodeCommit {

    /** How long a call without an answer is tried again: somebody waits, and a scan comes again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How whole references of branches begin. */
    public static final String HEADS = "refs/heads/";

    private final AwsSession session;

    /** @param session given back by whoever opened it, when nothing is asked any more */
    public CodeCommit(@NonNull AwsSession session) {
        this.session = session;
    }

    /** The names of all repositories, in AWS's order. */
    @NonNull
    public CompletableFuture<List<String>> repositories() {
        return call("ListRepositories", "the repositories in " + session.region(), client -> {
            List<String> names = new ArrayList<>();
            client.listRepositoriesPaginator(it -> {}).repositories().stream()
                    .map(RepositoryNameIdPair::repositoryName)
                    .forEach(names::add);
            return names;
        });
    }

    @NonNull
    public CompletableFuture<RepositoryMetadata> repository(@NonNull String name) {
        return call("GetRepository", repositoryOf(name), client -> {
            var found = client.getRepository(it -> it.repositoryName(name)).repositoryMetadata();
            return new RepositoryMetadata(
                    found.repositoryName(),
                    found.accountId(),
                    found.arn(),
                    found.repositoryDescription(),
                    found.defaultBranch());
        });
    }

    /** The tags of what has the ARN. */
    @NonNull
    public CompletableFuture<Map<String, String>> tags(@NonNull String arn) {
        return call("ListTagsForResource", arn, client -> {
            Map<String, String> all = new LinkedHashMap<>();
            Pages.of(
                            token -> client.listTagsForResource(
                                    it -> it.resourceArn(arn).nextToken(token)),
                            ListTagsForResourceResponse::nextToken)
                    .forEach(page -> all.putAll(page.tags()));
            return all;
        });
    }

    /** The names of all branches, without {@code refs/heads/}. */
    @NonNull
    public CompletableFuture<List<String>> branches(@NonNull String repository) {
        return call("ListBranches", repositoryOf(repository), client -> {
            List<String> names = new ArrayList<>();
            client.listBranchesPaginator(it -> it.repositoryName(repository)).branches().stream()
                    .forEach(names::add);
            return names;
        });
    }

    /** The commit at a branch's tip; nothing if there is no such branch. */
    @NonNull
    public CompletableFuture<Optional<String>> tip(@NonNull String repository, @NonNull String branch) {
        return call("GetBranch", "branch '" + branch + "' of " + repositoryOf(repository), client -> {
            try {
                return Optional.of(
                        client.getBranch(it -> it.repositoryName(repository).branchName(branch))
                                .branch()
                                .commitId());
            } catch (BranchDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    /** The tips of branches, in their order; without those that are gone. */
    @NonNull
    public CompletableFuture<Map<String, String>> tips(
            @NonNull String repository, @NonNull Collection<String> branches) {
        Map<String, CompletableFuture<Optional<String>>> asked = new LinkedHashMap<>();
        branches.forEach(branch -> asked.put(branch, tip(repository, branch)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<String, String> tips = new LinkedHashMap<>();
                    asked.forEach((branch, tip) -> tip.join().ifPresent(commit -> tips.put(branch, commit)));
                    return tips;
                });
    }

    /** When a commit was made, by its committer's clock. */
    @NonNull
    public CompletableFuture<Instant> committed(@NonNull String repository, @NonNull String commit) {
        return call(
                "GetCommit",
                "commit " + commit + " of " + repositoryOf(repository),
                client -> time(
                        client.getCommit(it -> it.repositoryName(repository).commitId(commit))
                                .commit()
                                .committer()
                                .date()));
    }

    /** The commit that two have in common, from which both go on. */
    @NonNull
    public CompletableFuture<String> mergeBase(
            @NonNull String repository, @NonNull String source, @NonNull String destination) {
        return call(
                "GetMergeOptions",
                "commits " + source + " and " + destination + " of " + repositoryOf(repository),
                client -> client.getMergeOptions(it -> it.repositoryName(repository)
                                .sourceCommitSpecifier(source)
                                .destinationCommitSpecifier(destination))
                        .baseCommitId());
    }

    /** Seconds, and the committer's zone, as in git's raw format; 1970 for what is not. */
    private static Instant time(String date) {
        String seconds = date == null ? "" : date.strip().split(" ")[0];
        return Instant.ofEpochSecond(seconds.matches("\\d{1,12}") ? Long.parseLong(seconds) : 0);
    }

    /**
     * A file; nothing if there is none.
     *
     * @param commit an id, or a branch, a tag, or a reference such as {@code refs/heads/main}
     * @param path without a slash at its beginning
     * @return fails also if the file has more than 6 MB
     */
    @NonNull
    public CompletableFuture<Optional<RepositoryFile>> file(
            @NonNull String repository, @NonNull String commit, @NonNull String path) {
        return call("GetFile", "'" + path + "' at " + commit + " of " + repositoryOf(repository), client -> {
            try {
                var found = client.getFile(it ->
                        it.repositoryName(repository).commitSpecifier(commit).filePath(path));
                return Optional.of(
                        new RepositoryFile(found.blobId(), found.fileContent().asByteArray()));
            } catch (FileDoesNotExistException e) {
                return Optional.empty();
            } catch (FileTooLargeException e) {
                throw new IllegalArgumentException(
                        "the file has more than 6 MB, which CodeCommit does not show without a clone", e);
            }
        });
    }

    /** What is in a folder; nothing if there is none. The path is as a file's, and empty for all of the commit. */
    @NonNull
    public CompletableFuture<Optional<List<FolderEntry>>> folder(
            @NonNull String repository, @NonNull String commit, @NonNull String path) {
        return call("GetFolder", "'" + path + "' at " + commit + " of " + repositoryOf(repository), client -> {
            try {
                return Optional.of(entries(client.getFolder(it ->
                        it.repositoryName(repository).commitSpecifier(commit).folderPath("/" + path))));
            } catch (FolderDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    private static List<FolderEntry> entries(GetFolderResponse folder) {
        List<FolderEntry> all = new ArrayList<>();
        folder.subFolders().forEach(it -> all.add(new FolderEntry(it.relativePath(), FolderEntry.Kind.FOLDER)));
        folder.files().forEach(it -> all.add(new FolderEntry(it.relativePath(), FolderEntry.Kind.FILE)));
        folder.symbolicLinks()
                .forEach(it -> all.add(new FolderEntry(it.relativePath(), FolderEntry.Kind.SYMBOLIC_LINK)));
        folder.subModules().forEach(it -> all.add(new FolderEntry(it.relativePath(), FolderEntry.Kind.SUBMODULE)));
        return all;
    }

    /** All open pull requests of a repository. */
    @NonNull
    public CompletableFuture<List<PullRequest>> openPullRequests(@NonNull String repository) {
        return call("ListPullRequests", repositoryOf(repository), client -> {
                    List<String> ids = new ArrayList<>();
                    client.listPullRequestsPaginator(
                                    it -> it.repositoryName(repository).pullRequestStatus("OPEN"))
                            .forEach(page -> ids.addAll(page.pullRequestIds()));
                    return ids;
                })
                .thenCompose(ids -> {
                    List<CompletableFuture<PullRequest>> asked =
                            ids.stream().map(this::pullRequest).toList();
                    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                            .thenApply(all -> asked.stream()
                                    .map(CompletableFuture::join)
                                    .filter(PullRequest::open) // it may have been closed meanwhile
                                    .toList());
                });
    }

    /** @param id its number */
    @NonNull
    public CompletableFuture<PullRequest> pullRequest(@NonNull String id) {
        return call("GetPullRequest", "pull request " + id + " in " + session.region(), client -> {
            var found = client.getPullRequest(it -> it.pullRequestId(id)).pullRequest();
            PullRequestTarget target = found.pullRequestTargets().get(0);
            return new PullRequest(
                    found.pullRequestId(),
                    found.title() == null ? "" : found.title(),
                    found.authorArn() == null ? "" : found.authorArn(),
                    "OPEN".equals(found.pullRequestStatusAsString()),
                    target.repositoryName(),
                    branch(target.sourceReference()),
                    branch(target.destinationReference()),
                    target.sourceCommit(),
                    target.destinationCommit(),
                    found.revisionId());
        });
    }

    /** The name of a branch, of what may be its whole reference. */
    @NonNull
    public static String branch(@NonNull String reference) {
        return reference.startsWith(HEADS) ? reference.substring(HEADS.length()) : reference;
    }

    private String repositoryOf(String name) {
        return "repository '" + name + "' in " + session.region();
    }

    <T> CompletableFuture<T> call(String operation, String about, Function<CodeCommitClient, T> call) {
        String action = "codecommit:" + operation;
        return session.call(
                        action,
                        PATIENCE,
                        RetryListener.NONE,
                        () -> call.apply(session.client(CodeCommitClient.class, CodeCommitClient::builder)))
                .exceptionally(failure -> {
                    throw AwsCallException.of(action, about, failure);
                });
    }
}

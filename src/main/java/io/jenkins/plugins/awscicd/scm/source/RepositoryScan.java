package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.plugins.git.GitBranchSCMRevision;
import jenkins.plugins.git.GitSCMSourceRequest;
import jenkins.plugins.git.GitTagSCMHead;
import jenkins.plugins.git.GitTagSCMRevision;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;

/** Goes through a repository's branches, pull requests and tags, as far as they are wanted and until nothing more is. */
final class RepositoryScan {

    private static final String TAGS = "refs/tags/";

    private final CodeCommitSCMSource source;
    private final RepositoryConnection connection;
    private final CodeCommitSCMSourceContext context;
    private final GitSCMSourceRequest request;
    private final Set<SCMHead> includes;
    private final TaskListener listener;
    private final String repository;

    /** @param includes those that are wanted alone; null for all */
    RepositoryScan(
            @NonNull CodeCommitSCMSource source,
            @NonNull RepositoryConnection connection,
            @NonNull CodeCommitSCMSourceContext context,
            @NonNull GitSCMSourceRequest request,
            @CheckForNull Set<SCMHead> includes,
            @NonNull TaskListener listener)
            throws IOException {
        this.source = source;
        this.connection = connection;
        this.context = context;
        this.request = request;
        this.includes = includes;
        this.listener = listener;
        this.repository = source.repository().name();
    }

    /** @param event whether an event has it look at a head: one after the other, so that none builds what is older than another's */
    void run(boolean event) throws IOException, InterruptedException {
        if (!event) {
            run();
            return;
        }
        synchronized (source) {
            run();
        }
    }

    private void run() throws IOException, InterruptedException {
        List<PullRequest> open = pullRequests();
        if (context.wantBranches() && branches(open)) {
            return;
        }
        if (!context.strategies().isEmpty() && pullRequests(open)) {
            return;
        }
        if (context.wantTags()) {
            tags();
        }
    }

    private List<PullRequest> pullRequests() throws IOException, InterruptedException {
        if (context.strategies().isEmpty() && context.wantsBranchesOfPullRequests()) {
            return List.of();
        }
        if (includes == null || !context.wantsBranchesOfPullRequests()) {
            return RepositoryConnection.answer(connection.aws().openPullRequests(repository));
        }
        List<PullRequest> open = new ArrayList<>();
        Set<String> ids = included(PullRequestSCMHead.class).stream()
                .map(PullRequestSCMHead::getId)
                .collect(Collectors.toSet());
        for (String id : ids) {
            PullRequest one = RepositoryConnection.answer(connection.aws().pullRequest(id));
            if (one.open()) {
                open.add(one);
            }
        }
        return open;
    }

    private <H extends SCMHead> List<H> included(Class<H> type) {
        return includes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** @return whether nothing more is wanted */
    private boolean branches(List<PullRequest> open) throws IOException, InterruptedException {
        listener.getLogger().println("Checking branches...");
        Collection<String> names = includes == null
                ? RepositoryConnection.answer(connection.aws().branches(repository))
                : included(GitBranchSCMHead.class).stream()
                        .map(SCMHead::getName)
                        .toList();
        Set<String> left = context.wantsBranchesOfPullRequests()
                ? Set.of()
                : open.stream().map(PullRequest::source).collect(Collectors.toSet());
        Map<String, String> tips = RepositoryConnection.answer(connection
                .aws()
                .tips(
                        repository,
                        names.stream().filter(name -> !left.contains(name)).toList()));
        for (Map.Entry<String, String> tip : tips.entrySet()) {
            GitBranchSCMHead head = new GitBranchSCMHead(tip.getKey());
            if (process(head, new GitBranchSCMRevision(head, tip.getValue()), "branch")) {
                return true;
            }
        }
        listener.getLogger().println("Processed " + tips.size() + " branches");
        return false;
    }

    private boolean pullRequests(List<PullRequest> open) throws IOException, InterruptedException {
        listener.getLogger().println("Checking pull requests...");
        for (PullRequest one : open) {
            for (PullRequestSCMHead head : PullRequests.heads(one, context.strategies())) {
                if ((includes == null || includes.contains(head))
                        && process(head, PullRequests.revision(connection, one, head), "pull request")) {
                    return true;
                }
            }
        }
        listener.getLogger().println("Processed " + open.size() + " pull requests");
        return false;
    }

    private void tags() throws IOException, InterruptedException {
        if (includes != null && included(GitTagSCMHead.class).isEmpty()) {
            return;
        }
        listener.getLogger().println("Checking tags...");
        Map<String, String> all = source.references(listener).all(false, true);
        int count = 0;
        for (Map.Entry<String, String> tag : all.entrySet()) {
            String name = tag.getKey().startsWith(TAGS) ? tag.getKey().substring(TAGS.length()) : null;
            if (name == null || !isIncluded(name)) {
                continue;
            }
            count++;
            long made = RepositoryConnection.answer(connection.aws().committed(repository, tag.getValue()))
                    .toEpochMilli();
            GitTagSCMHead head = new GitTagSCMHead(name, made);
            if (process(head, new GitTagSCMRevision(head, tag.getValue()), "tag")) {
                return;
            }
        }
        listener.getLogger().println("Processed " + count + " tags");
    }

    private boolean isIncluded(String tag) {
        return includes == null
                || included(GitTagSCMHead.class).stream()
                        .anyMatch(head -> head.getName().equals(tag));
    }

    /**
     * One at a time in a source: Jenkins lets others see a new job before it has scheduled that job's first run and kept the commit of it
     * (MultiBranchProject.observeNew), so that two events of a push would both have it built.
     */
    private boolean process(SCMHead head, SCMRevision revision, String kind) throws IOException, InterruptedException {
        synchronized (source) {
            return request.process(
                    head,
                    revision,
                    (asked, at) -> {
                        listener.getLogger().println("  Checking " + kind + " " + asked.getName());
                        return source.newProbe(asked, at);
                    },
                    (asked, at, match) ->
                            listener.getLogger().println(match ? "    Met criteria" : "    Does not meet criteria"));
        }
    }
}

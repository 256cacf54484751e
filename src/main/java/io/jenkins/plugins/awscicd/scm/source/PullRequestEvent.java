package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.PullRequestChange;
import java.util.HashMap;
import java.util.Map;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMRevision;

/** A pull request was opened, has other commits, or is over. */
final class PullRequestEvent extends RepositoryHeadEvent<PullRequestChange> {

    PullRequestEvent(@NonNull PullRequestChange change) {
        super(change);
    }

    @Override
    @NonNull
    Map<SCMHead, SCMRevision> headsOf(@NonNull AbstractGitSCMSource source) {
        if (!(source instanceof CodeCommitSCMSource ours)) {
            return Map.of();
        }
        PullRequestChange change = getPayload();
        PullRequest named = new PullRequest(
                change.id(),
                "",
                "",
                change.kind() != Kind.REMOVED,
                change.repository(),
                CodeCommit.branch(change.source()),
                CodeCommit.branch(change.destination()),
                "",
                "",
                null);
        Map<SCMHead, SCMRevision> heads = new HashMap<>();
        PullRequests.heads(named, ours.context(null, SCMHeadObserver.none()).strategies())
                .forEach(head -> heads.put(head, null)); // the source asks for the commits
        return heads;
    }

    @Override
    @NonNull
    public String description() {
        PullRequestChange change = getPayload();
        return Messages.PullRequestEvent_description(change.id(), change.repository(), change.region());
    }
}

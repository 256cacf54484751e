package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;

/** Pull requests as heads and revisions. */
final class PullRequests {

    private PullRequests() {}

    /** One for each way to check it out; where there are several ways, its name tells which. */
    @NonNull
    static List<PullRequestSCMHead> heads(
            @NonNull PullRequest request, @NonNull Set<ChangeRequestCheckoutStrategy> strategies) {
        List<PullRequestSCMHead> heads = new ArrayList<>();
        for (ChangeRequestCheckoutStrategy strategy : strategies) {
            String suffix = strategies.size() == 1 ? "" : "-" + strategy.name().toLowerCase(Locale.ROOT);
            heads.add(new PullRequestSCMHead(
                    "PR-" + request.id() + suffix, request.id(), request.source(), request.destination(), strategy));
        }
        return heads;
    }

    /** What it is now. Its destination's tip is asked for: AWS does not say that the one it shows with the pull request moves. */
    @NonNull
    static PullRequestSCMRevision revision(
            @NonNull RepositoryConnection connection, @NonNull PullRequest request, @NonNull PullRequestSCMHead head)
            throws IOException, InterruptedException {
        String target = RepositoryConnection.answer(connection.aws().tip(request.repository(), request.destination()))
                .orElse(request.destinationCommit());
        return new PullRequestSCMRevision(head, request.sourceCommit(), target);
    }
}

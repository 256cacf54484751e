package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * A pull request as it is now
 * (<a href="https://docs.aws.amazon.com/codecommit/latest/APIReference/API_PullRequest.html">PullRequest</a>).
 *
 * @param id its number, which no other in the account and region has
 * @param open whether it is neither merged nor closed
 * @param repository the one of its branches
 * @param source the branch to be merged, without {@code refs/heads/}
 * @param destination the branch that it is to be merged into
 * @param sourceCommit the source branch's tip
 * @param destinationCommit the destination's, as AWS shows it; that may be the one of earlier
 * @param revisionId what approvals are for; another one with each push to the source branch
 */
public record PullRequest(
        @NonNull String id,
        @NonNull String title,
        @NonNull String author,
        boolean open,
        @NonNull String repository,
        @NonNull String source,
        @NonNull String destination,
        @NonNull String sourceCommit,
        @NonNull String destinationCommit,
        @CheckForNull String revisionId) {}

package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.codecommit.model.ApprovalState;
import software.amazon.awssdk.services.codecommit.model.CommentDeletedException;
import software.amazon.awssdk.services.codecommit.model.CommentDoesNotExistException;
import software.amazon.awssdk.services.codecommit.model.InvalidApprovalStateException;
import software.amazon.awssdk.services.codecommit.model.PullRequestAlreadyClosedException;
import software.amazon.awssdk.services.codecommit.model.PullRequestCannotBeApprovedByAuthorException;
import software.amazon.awssdk.services.codecommit.model.RevisionNotCurrentException;

/**
 * What is told a pull request about a commit of it: in one comment, whose text changes, and by an approval. CodeCommit has no status of
 * commits.
 */
public final class PullRequestStatus {

    /** Longer comments are refused (CommentContentSizeLimitExceededException). */
    private static final int LONGEST = 10_240;

    private static final String CUT = "\n…";

    private final CodeCommit aws;
    private final String id;
    private final String commit;

    /**
     * @param id of the pull request
     * @param commit of its source branch, about which something is told; null for the newest one
     */
    public PullRequestStatus(@NonNull CodeCommit aws, @NonNull String id, @CheckForNull String commit) {
        this.aws = aws;
        this.id = id;
        this.commit = commit;
    }

    /** What came of it. */
    public enum Commented {
        POSTED,
        UPDATED,
        /** Somebody has deleted the comment, and will not want it back. */
        DELETED
    }

    /**
     * Says something in the journal's comment, which is posted if it is not there yet: once, even if the answer is lost or everything is
     * begun anew.
     *
     * @param text Markdown; cut at 10,240 characters
     * @return fails with {@link AwsCallException}
     */
    @NonNull
    public CompletableFuture<Commented> comment(@NonNull CommentJournal journal, @NonNull String text) {
        String content = text.length() > LONGEST ? text.substring(0, LONGEST - CUT.length()) + CUT : text;
        if (journal.commentId() != null) {
            return update(journal.commentId(), content);
        }
        if (journal.firstText() == null) {
            journal.begin(content);
        }
        String first = journal.firstText();
        return aws.pullRequest(id)
                .thenCompose(now -> aws.call(
                        "PostCommentForPullRequest",
                        "pull request " + id,
                        client -> client.postCommentForPullRequest(it -> it.pullRequestId(id)
                                        .repositoryName(now.repository())
                                        .beforeCommitId(now.destinationCommit())
                                        .afterCommitId(commit == null ? now.sourceCommit() : commit)
                                        .content(first)
                                        .clientRequestToken(journal.token()))
                                .comment()
                                .commentId()))
                .thenCompose(posted -> {
                    journal.posted(posted);
                    return content.equals(first)
                            ? CompletableFuture.completedFuture(Commented.POSTED)
                            : update(posted, content);
                });
    }

    private CompletableFuture<Commented> update(String comment, String content) {
        return aws.call("UpdateComment", "a comment on pull request " + id, client -> {
            try {
                client.updateComment(it -> it.commentId(comment).content(content));
                return Commented.UPDATED;
            } catch (CommentDeletedException | CommentDoesNotExistException e) {
                return Commented.DELETED;
            }
        });
    }

    /** What became of an approval. */
    public enum Decided {
        DONE,
        /** There is nothing to approve any more. */
        CLOSED,
        /** The source branch has another commit meanwhile: that is for another run to approve. */
        MOVED_ON,
        /** AWS takes no approval of who has made the pull request. */
        BY_AUTHOR
    }

    /**
     * Approves the pull request, or revokes that, as it is with this commit and not with any other.
     *
     * @return fails with {@link AwsCallException}
     */
    @NonNull
    public CompletableFuture<Decided> decide(boolean approve) {
        return aws.pullRequest(id).thenCompose(now -> {
            if (!now.open()) {
                return CompletableFuture.completedFuture(Decided.CLOSED);
            }
            if (commit != null && !commit.equals(now.sourceCommit())) {
                return CompletableFuture.completedFuture(Decided.MOVED_ON);
            }
            return aws.call("UpdatePullRequestApprovalState", "pull request " + id, client -> {
                try {
                    client.updatePullRequestApprovalState(it -> it.pullRequestId(id)
                            .revisionId(now.revisionId())
                            .approvalState(approve ? ApprovalState.APPROVE : ApprovalState.REVOKE));
                    return Decided.DONE;
                } catch (InvalidApprovalStateException e) {
                    if (approve) {
                        throw e;
                    }
                    return Decided.DONE; // there is nothing to revoke
                } catch (PullRequestAlreadyClosedException e) {
                    return Decided.CLOSED;
                } catch (RevisionNotCurrentException e) {
                    return Decided.MOVED_ON;
                } catch (PullRequestCannotBeApprovedByAuthorException e) {
                    return Decided.BY_AUTHOR;
                }
            });
        });
    }
}

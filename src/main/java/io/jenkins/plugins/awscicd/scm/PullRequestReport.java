package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.codecommit.CommentJournal;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus.Commented;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus.Decided;
import io.jenkins.plugins.awscicd.engine.codecommit.RunState;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import software.amazon.awssdk.regions.Region;

/**
 * What a run tells a pull request.
 *
 * @param commit that the run is about; null if that is not known
 * @param author who comments, to tell several of a run from each other; null for the branch source
 * @param console takes lines for people
 */
public record PullRequestReport(
        @NonNull Run<?, ?> run,
        @NonNull Region region,
        @NonNull String pullRequest,
        @CheckForNull String commit,
        @CheckForNull String author,
        @NonNull Consumer<String> console) {

    /**
     * Comments, and approves a success or revokes that.
     *
     * @param message below the verdict; null for none
     * @param approve whether approvals are given and revoked at all
     * @return fails with the reason why it cannot be done, other than that there is nothing to approve any more
     */
    @NonNull
    public CompletableFuture<Void> post(
            @NonNull PullRequestStatus status, @NonNull RunState state, @CheckForNull String message, boolean approve) {
        PullRequestComments comments = PullRequestComments.of(run);
        CommentJournal journal = comments.journal(region.id(), pullRequest, author == null ? "" : author);
        return comments.inTurn(() -> state == RunState.RUNNING && !run.isBuilding()
                ? CompletableFuture.completedFuture(null) // its end has been told, or is about to be
                : status.comment(journal, text(state, message)).thenCompose(commented -> {
                    console.accept(said(commented, state));
                    return approve
                            ? status.decide(state == RunState.SUCCESS).thenAccept(decided -> decided(decided, state))
                            : CompletableFuture.completedFuture(null);
                }));
    }

    /** That of a result; null is for a run that has none yet. */
    @NonNull
    public static RunState state(@CheckForNull Result result) {
        if (result == null) {
            return RunState.RUNNING;
        }
        if (result.equals(Result.SUCCESS)) {
            return RunState.SUCCESS;
        }
        if (result.equals(Result.UNSTABLE)) {
            return RunState.UNSTABLE;
        }
        return result.equals(Result.FAILURE) ? RunState.FAILURE : RunState.ABORTED;
    }

    private String text(RunState state, @CheckForNull String message) {
        String root = Jenkins.get().getRootUrl();
        return state.comment(
                run.getFullDisplayName(),
                root == null ? null : root + run.getUrl(),
                commit,
                run.isBuilding() ? null : Util.getTimeSpanString(run.getDuration()),
                message);
    }

    private String said(Commented commented, RunState state) {
        return switch (commented) {
            case POSTED -> Messages.PullRequestReport_posted(pullRequest, state.word());
            case UPDATED -> Messages.PullRequestReport_updated(pullRequest, state.word());
            case DELETED -> Messages.PullRequestReport_deleted(pullRequest);
        };
    }

    private void decided(Decided decided, RunState state) {
        boolean approved = state == RunState.SUCCESS;
        switch (decided) {
            case DONE ->
                console.accept(
                        approved
                                ? Messages.PullRequestReport_approved(pullRequest, commit)
                                : Messages.PullRequestReport_revoked(pullRequest, commit));
            case CLOSED -> console.accept(Messages.PullRequestReport_closed(pullRequest));
            case MOVED_ON -> console.accept(Messages.PullRequestReport_movedOn(pullRequest, commit));
            case BY_AUTHOR -> throw new IllegalStateException(Messages.PullRequestReport_byAuthor(pullRequest));
        }
    }
}

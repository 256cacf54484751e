package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;

/**
 * The pull request of CodeCommit that a run of a multibranch project builds.
 *
 * @param id its number
 * @param source the project's
 * @param commit of its source branch; null if the run has not found out yet
 */
public record BuiltPullRequest(
        @NonNull String id,
        @NonNull CodeCommitSource source,
        @CheckForNull String commit) {

    /** Nothing for runs of other things. */
    @NonNull
    public static Optional<BuiltPullRequest> of(@NonNull Run<?, ?> run) {
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        if (source instanceof CodeCommitSource ours && head instanceof ChangeRequestSCMHead request) {
            return Optional.of(new BuiltPullRequest(
                    request.getId(), ours, ours.pullRequestCommit(SCMRevisionAction.getRevision(source, run))));
        }
        return Optional.empty();
    }
}

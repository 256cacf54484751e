package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.GitBranchSCMRevision;
import jenkins.scm.api.mixin.ChangeRequestSCMRevision;
import org.kohsuke.stapler.export.Exported;

/** The commits of a pull request's branches. */
public final class PullRequestSCMRevision extends ChangeRequestSCMRevision<PullRequestSCMHead> {

    private static final long serialVersionUID = 1L;

    private final String commit;

    /**
     * @param commit of the source branch
     * @param target of the branch that it is to be merged into
     */
    PullRequestSCMRevision(@NonNull PullRequestSCMHead head, @NonNull String commit, @NonNull String target) {
        super(head, new GitBranchSCMRevision(head.targetBranch(), target));
        this.commit = commit;
    }

    /** The commit of the source branch. */
    @Exported
    @NonNull
    public String getCommit() {
        return commit;
    }

    /** The commit of the branch that it is to be merged into. */
    @NonNull
    String targetCommit() {
        return ((SCMRevisionImpl) getTarget()).getHash();
    }

    @Override
    public boolean equivalent(ChangeRequestSCMRevision<?> other) {
        return other instanceof PullRequestSCMRevision that && commit.equals(that.commit);
    }

    @Override
    protected int _hashCode() {
        return commit.hashCode();
    }

    /** As lists of builds and events show it. */
    @Override
    public String toString() {
        return isMerge() ? commit + "+" + targetCommit() : commit;
    }
}

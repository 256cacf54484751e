package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.api.mixin.ChangeRequestSCMHead2;

/** A pull request. Its branch is one of the same repository: CodeCommit has no forks. */
public final class PullRequestSCMHead extends SCMHead implements ChangeRequestSCMHead2 {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String source;
    private final GitBranchSCMHead target;
    private final ChangeRequestCheckoutStrategy strategy;

    /**
     * @param name such as {@code PR-7}
     * @param source the branch that is to be merged
     * @param target the branch that it is to be merged into
     */
    PullRequestSCMHead(
            @NonNull String name,
            @NonNull String id,
            @NonNull String source,
            @NonNull String target,
            @NonNull ChangeRequestCheckoutStrategy strategy) {
        super(name);
        this.id = id;
        this.source = source;
        this.target = new GitBranchSCMHead(target);
        this.strategy = strategy;
    }

    @Override
    @NonNull
    public String getId() {
        return id;
    }

    @Override
    @NonNull
    public SCMHead getTarget() {
        return target;
    }

    @NonNull
    GitBranchSCMHead targetBranch() {
        return target;
    }

    @Override
    @NonNull
    public ChangeRequestCheckoutStrategy getCheckoutStrategy() {
        return strategy;
    }

    @Override
    @NonNull
    public String getOriginName() {
        return source;
    }

    @Override
    @NonNull
    public SCMHeadOrigin getOrigin() {
        return SCMHeadOrigin.DEFAULT;
    }

    boolean isMerge() {
        return strategy == ChangeRequestCheckoutStrategy.MERGE;
    }
}

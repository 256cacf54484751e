package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import java.util.EnumSet;
import java.util.Set;
import jenkins.plugins.git.GitSCMSourceContext;
import jenkins.plugins.git.GitSCMSourceRequest;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;

/** What the traits of a source want found, beside what those of Git want. */
public final class CodeCommitSCMSourceContext
        extends GitSCMSourceContext<CodeCommitSCMSourceContext, GitSCMSourceRequest> {

    private final Set<ChangeRequestCheckoutStrategy> strategies = EnumSet.noneOf(ChangeRequestCheckoutStrategy.class);
    private boolean branchesOfPullRequests = true;

    CodeCommitSCMSourceContext(@CheckForNull SCMSourceCriteria criteria, @NonNull SCMHeadObserver observer) {
        super(criteria, observer);
    }

    /** How pull requests are checked out; empty if none are wanted. */
    @NonNull
    Set<ChangeRequestCheckoutStrategy> strategies() {
        return strategies;
    }

    void wantPullRequests(@NonNull Set<ChangeRequestCheckoutStrategy> more) {
        strategies.addAll(more);
    }

    /** Whether branches are wanted that open pull requests are to merge. */
    boolean wantsBranchesOfPullRequests() {
        return branchesOfPullRequests;
    }

    void withoutBranchesOfPullRequests() {
        branchesOfPullRequests = false;
    }

    @Override
    @NonNull
    public GitSCMSourceRequest newRequest(@NonNull SCMSource source, @CheckForNull TaskListener listener) {
        return new GitSCMSourceRequest(source, this, listener);
    }
}

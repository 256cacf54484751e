package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import jenkins.scm.api.SCMHeadCategory;
import jenkins.scm.api.trait.SCMSourceContext;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.impl.trait.Discovery;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Finds branches. */
public final class BranchDiscoveryTrait extends SCMSourceTrait {

    private boolean excludePullRequests;

    @DataBoundConstructor
    public BranchDiscoveryTrait() {
        // everything is optional
    }

    /** Whether branches are left out that open pull requests are to merge. */
    public boolean isExcludePullRequests() {
        return excludePullRequests;
    }

    @DataBoundSetter
    public void setExcludePullRequests(boolean excludePullRequests) {
        this.excludePullRequests = excludePullRequests;
    }

    @Override
    protected void decorateContext(SCMSourceContext<?, ?> context) {
        CodeCommitSCMSourceContext wanted = (CodeCommitSCMSourceContext) context;
        wanted.wantBranches(true);
        if (excludePullRequests) {
            wanted.withoutBranchesOfPullRequests();
        }
    }

    @Override
    protected boolean includeCategory(@NonNull SCMHeadCategory category) {
        return category.isUncategorized();
    }

    @Extension(optional = true)
    @Symbol("codeCommitBranchDiscovery")
    @Discovery
    public static final class DescriptorImpl extends SourceTraitDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.BranchDiscoveryTrait_displayName();
        }
    }
}

package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import jenkins.scm.api.trait.SCMSourceTrait;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Has all runs of pull requests tell them how they stand. */
public final class PullRequestStatusTrait extends SCMSourceTrait {

    private boolean approve;

    @DataBoundConstructor
    public PullRequestStatusTrait() {
        // everything is optional
    }

    /** Whether a success approves the pull request, and anything else revokes that. */
    public boolean isApprove() {
        return approve;
    }

    @DataBoundSetter
    public void setApprove(boolean approve) {
        this.approve = approve;
    }

    @Extension(optional = true)
    @Symbol("codeCommitPullRequestStatus")
    public static final class DescriptorImpl extends SourceTraitDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PullRequestStatusTrait_displayName();
        }
    }
}

package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import jenkins.scm.api.SCMHeadCategory;
import jenkins.scm.api.trait.SCMSourceContext;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.impl.TagSCMHeadCategory;
import jenkins.scm.impl.trait.Discovery;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Finds tags, with git: CodeCommit's API does not list them. */
public final class TagDiscoveryTrait extends SCMSourceTrait {

    @DataBoundConstructor
    public TagDiscoveryTrait() {
        // has no settings
    }

    @Override
    protected void decorateContext(SCMSourceContext<?, ?> context) {
        ((CodeCommitSCMSourceContext) context).wantTags(true);
    }

    @Override
    protected boolean includeCategory(@NonNull SCMHeadCategory category) {
        return category instanceof TagSCMHeadCategory;
    }

    @Extension(optional = true)
    @Symbol("codeCommitTagDiscovery")
    @Discovery
    public static final class DescriptorImpl extends SourceTraitDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.TagDiscoveryTrait_displayName();
        }
    }
}

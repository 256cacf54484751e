package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.ListBoxModel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import jenkins.scm.api.SCMHeadCategory;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.api.trait.SCMSourceContext;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.impl.ChangeRequestSCMHeadCategory;
import jenkins.scm.impl.trait.Discovery;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.verb.POST;

/** Finds open pull requests. Only who may push has a branch to be merged, so all are trusted. */
public final class PullRequestDiscoveryTrait extends SCMSourceTrait {

    /** What is checked out of a pull request. */
    public enum Strategy {
        /** The source branch merged with the destination. */
        MERGE(EnumSet.of(ChangeRequestCheckoutStrategy.MERGE)),
        /** The source branch as it is. */
        HEAD(EnumSet.of(ChangeRequestCheckoutStrategy.HEAD)),
        /** Each of them, in a job of its own. */
        BOTH(EnumSet.allOf(ChangeRequestCheckoutStrategy.class));

        private final Set<ChangeRequestCheckoutStrategy> strategies;

        Strategy(Set<ChangeRequestCheckoutStrategy> strategies) {
            this.strategies = strategies;
        }

        /** As it is written, such as {@code merge}. */
        @NonNull
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String strategy;

    /** @param strategy {@code merge}, {@code head} or {@code both}; null for {@code merge} */
    @DataBoundConstructor
    public PullRequestDiscoveryTrait(@CheckForNull String strategy) {
        this.strategy = strategy == null || strategy.isBlank() ? Strategy.MERGE.word() : strategy.strip();
        strategy();
    }

    private Strategy strategy() {
        return Arrays.stream(Strategy.values())
                .filter(it -> it.word().equals(strategy))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.PullRequestDiscoveryTrait_strategy(strategy)));
    }

    @NonNull
    public String getStrategy() {
        return strategy;
    }

    @Override
    protected void decorateContext(SCMSourceContext<?, ?> context) {
        ((CodeCommitSCMSourceContext) context).wantPullRequests(strategy().strategies);
    }

    @Override
    protected boolean includeCategory(@NonNull SCMHeadCategory category) {
        return category instanceof ChangeRequestSCMHeadCategory;
    }

    @Extension(optional = true)
    @Symbol("codeCommitPullRequestDiscovery")
    @Discovery
    public static final class DescriptorImpl extends SourceTraitDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PullRequestDiscoveryTrait_displayName();
        }

        /** The same for everybody. */
        @POST
        public ListBoxModel doFillStrategyItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.PullRequestDiscoveryTrait_merge(), Strategy.MERGE.word());
            items.add(Messages.PullRequestDiscoveryTrait_head(), Strategy.HEAD.word());
            items.add(Messages.PullRequestDiscoveryTrait_both(), Strategy.BOTH.word());
            return items;
        }
    }
}

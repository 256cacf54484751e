package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a policy comes to for one run. A push, a timer or a token starts runs that nobody approves by having started them: then those who
 * have committed what is new take that place, and where they are not all known, or the policy says so, one approval more does.
 *
 * @param starters the ids of those who are no approvers if those who start runs are none
 * @param rule which of these applies, in words; null if somebody started the run, or may approve it
 */
public record RunPolicy(
        @NonNull ApprovalPolicy policy,
        @NonNull Set<String> starters,
        @CheckForNull String rule) {

    /** Reads runs from disk, and may ask where users are kept. */
    @NonNull
    public static RunPolicy of(@NonNull Run<?, ?> run, @NonNull ApprovalPolicy policy) {
        RunStarters chain = RunStarters.chain(run);
        boolean isKnown = !chain.users().isEmpty() && !chain.isCutOff();
        if (!policy.forbidSelfApproval() || isKnown) {
            return new RunPolicy(policy, chain.users(), null);
        }
        RunCommitters committers = RunCommitters.of(chain.runs());
        Set<String> starters = new TreeSet<>(committers.users());
        if (chain.isCutOff()) {
            starters.addAll(chain.users());
            return new RunPolicy(policy.wanting(policy.approvals() + 1), starters, Messages.RunPolicy_cutOff());
        }
        if (policy.oneMoreIfNobodyStarted() || !committers.areAllKnown()) {
            String rule = policy.oneMoreIfNobodyStarted()
                    ? Messages.RunPolicy_oneMore()
                    : Messages.RunPolicy_unknownCommitters();
            return new RunPolicy(policy.wanting(policy.approvals() + 1), starters, rule);
        }
        return new RunPolicy(policy, starters, Messages.RunPolicy_committers(String.join(", ", starters)));
    }

    /** The policy, and the rule, in words. */
    @Override
    @NonNull
    public String toString() {
        return rule == null ? policy.toString() : policy + "; " + rule;
    }
}

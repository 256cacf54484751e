package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What an answer comes to.
 *
 * @param wanted how many approvals of other people are still wanted; 0 completes the approval
 * @param refusal why the answer does not count, a sentence for whoever gave it; null if it counts
 */
public record Decision(int wanted, @CheckForNull String refusal) {

    static Decision counts(int wanted) {
        return new Decision(wanted, null);
    }

    static Decision refused(int wanted, @NonNull String why) {
        return new Decision(wanted, why);
    }

    /** Whether the answer counts. */
    public boolean accepted() {
        return refusal == null;
    }

    /** Whether all is approved that has to be. */
    public boolean complete() {
        return accepted() && wanted == 0;
    }
}

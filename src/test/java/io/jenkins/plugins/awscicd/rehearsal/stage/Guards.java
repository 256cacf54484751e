package io.jenkins.plugins.awscicd.rehearsal.stage;

import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;

/**
 * What guards a stage, as the configuration has it.
 *
 * @param policy whose approvals it takes; null if it takes none
 * @param after the stage that must have had the same revision successfully before; null for none
 * @param branches patterns; null for all
 * @param jobs patterns; null for all
 * @param closedHours hours in which nothing is deployed; null for none
 * @param targets what belongs to the stage besides its defaults; null for nothing
 */
public record Guards(
        ApprovalPolicy policy,
        String after,
        NamePatterns branches,
        NamePatterns jobs,
        String closedHours,
        NamePatterns targets) {

    boolean isEmpty() {
        return policy == null
                && after == null
                && branches == null
                && jobs == null
                && closedHours == null
                && targets == null;
    }
}

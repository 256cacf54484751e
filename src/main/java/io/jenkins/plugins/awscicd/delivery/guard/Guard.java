package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import java.util.ArrayList;
import java.util.List;

/** One thing that has to be so before something is deployed to a stage. */
sealed interface Guard permits ApprovalGuard, AfterGuard, PlaceGuard, HoursGuard {

    /** Whether it may want to know what is in what is deployed: then it is asked last, once nothing else is missing. */
    default boolean mayCallAws() {
        return false;
    }

    /** What is missing and how to get it, a sentence each; empty if nothing is. May read files. */
    @NonNull
    List<String> missing(@NonNull Attempt attempt);

    /** Those that are configured. */
    @NonNull
    static List<Guard> of(@NonNull StageGuards guards) {
        List<Guard> all = new ArrayList<>(List.of(PlaceGuard.of(guards), new HoursGuard(guards.getClosedHours())));
        String after = guards.getAfter();
        if (after != null) {
            all.add(new AfterGuard(after));
        }
        ApprovalPolicy policy = guards.policy();
        if (policy != null) {
            all.add(new ApprovalGuard(policy));
        }
        return all;
    }
}

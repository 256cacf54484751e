package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Whose approvals count by one policy, as people are known now: who has left, or a group, counts no more. */
public final class CountedApprovals {

    private CountedApprovals() {}

    /**
     * The ids of those whose approvals count, in order. May ask where users are kept.
     *
     * @param starters the ids of those who started the run
     */
    @NonNull
    public static List<String> of(
            @NonNull ApprovalPolicy policy,
            @NonNull Run<?, ?> run,
            @NonNull Collection<ApprovalAnswer> answers,
            @NonNull Collection<String> starters) {
        return policy.counted(
                answers.stream()
                        .map(answer -> People.known(answer.getPerson(), run))
                        .filter(Objects::nonNull)
                        .toList(),
                starters,
                People.names());
    }
}

package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.CountedApprovals;
import io.jenkins.plugins.awscicd.delivery.approval.RunPolicy;
import io.jenkins.plugins.awscicd.delivery.approval.StageHistory;
import io.jenkins.plugins.awscicd.engine.approval.Answer;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.approval.Decision;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whose answers to a question count, and whether they are enough: the policy of its arguments, and where folders say more of its stage that
 * of each place.
 *
 * @param own the question's own policy, which is at least as strict as its stage's
 * @param stage null for none
 * @param oneMoreIfNobodyStarted of the stage
 */
record QuestionPolicy(
        @NonNull Run<?, ?> run,
        @NonNull ApprovalPolicy own,
        @CheckForNull ResolvedStage stage,
        boolean oneMoreIfNobodyStarted) {

    /**
     * A question that is asked from now on, as it is kept.
     *
     * @param delivery what exactly it is about; null if no guard looks for it
     * @param deadline when the time is over, in milliseconds since the epoch; 0 for never
     */
    @NonNull
    ApprovalRecord begin(
            @NonNull String id,
            @NonNull ApprovalRequest request,
            @CheckForNull ApprovedDelivery delivery,
            long deadline) {
        return new ApprovalRecord(
                id,
                request,
                RunPolicy.of(run, wanted()),
                StageHistory.before(run, request),
                delivery,
                Instant.now(),
                deadline == 0 ? null : Instant.ofEpochMilli(deadline));
    }

    /** The policy, also of the stage as far as the arguments cannot say it. */
    private ApprovalPolicy wanted() {
        return new ApprovalPolicy(
                own.approvers(),
                own.approvals(),
                own.forbidSelfApproval(),
                own.commentRequired(),
                own.administratorsExempt(),
                oneMoreIfNobodyStarted);
    }

    /** Why no answer of whoever asks can count; null if it can. */
    @CheckForNull
    String objection(@NonNull ApprovalRecord record) {
        return asked(record).objection(Answerer.of(run), approved(record), record.getStarters(), Answerer.names());
    }

    /** What an answer comes to, besides those that were given. */
    @NonNull
    Decision decide(@NonNull Answer answer, @NonNull ApprovalRecord record) {
        return asked(record).decide(answer, approved(record), record.getStarters(), Answerer.names());
    }

    /** The policy as it was when it was asked, which a restart does not change. */
    private ApprovalPolicy asked(ApprovalRecord record) {
        return own.wanting(record.getWanted());
    }

    private static List<String> approved(ApprovalRecord record) {
        return record.getApprovals().stream().map(ApprovalAnswer::getPerson).toList();
    }

    /** What is still wanted where folders say more of the stage: each place's policy has to be satisfied by itself. Null for nothing. */
    @CheckForNull
    String unsatisfied(@NonNull ApprovalRecord record) {
        List<ApprovalPolicy> policies = stage == null ? List.of() : stage.policies();
        if (policies.size() < 2) {
            return null;
        }
        String missing = policies.stream()
                .map(policy -> RunPolicy.of(run, policy))
                .filter(asked -> CountedApprovals.of(asked.policy(), run, record.getApprovals(), asked.starters())
                                .size()
                        < asked.policy().approvals())
                .map(RunPolicy::toString)
                .collect(Collectors.joining(" + "));
        return missing.isEmpty() ? null : missing;
    }
}

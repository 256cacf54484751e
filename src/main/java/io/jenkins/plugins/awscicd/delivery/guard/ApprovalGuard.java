package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.CountedApprovals;
import io.jenkins.plugins.awscicd.delivery.approval.RunPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * People have to approve the very revision for the stage, in the run itself. Whose approvals count is decided here anew, by the stage's
 * policy: what the Jenkinsfile has asked for does not matter.
 */
record ApprovalGuard(@NonNull ApprovalPolicy policy) implements Guard {

    @Override
    @NonNull
    public List<String> missing(@NonNull Attempt attempt) {
        if (attempt.isNameless()) {
            return List.of(Messages.Guard_nameless());
        }
        RunPolicy asked = RunPolicy.of(attempt.run(), policy);
        List<ApprovalAnswer> answers = new ArrayList<>();
        List<String> others = new ArrayList<>();
        ApprovalAction action = attempt.run().getAction(ApprovalAction.class);
        for (ApprovalRecord record : action == null ? List.<ApprovalRecord>of() : action.getApprovals()) {
            if (!record.isApproved() || !attempt.stage().equals(record.getStage())) {
                continue;
            }
            if (attempt.revision() != null && !attempt.isAnswered(record.getRevision())) {
                others.add(record.getRevision() == null ? Messages.Guard_noRevision() : record.getRevision());
                continue;
            }
            answers.addAll(record.getApprovals());
        }
        List<String> counted = CountedApprovals.of(policy, attempt.run(), answers, asked.starters());
        if (counted.size() >= asked.policy().approvals()) {
            return List.of();
        }
        String what = attempt.revision() == null ? "" : ", revision: '" + attempt.question() + "'";
        String missing = Messages.Guard_approval(
                asked,
                counted.size(),
                counted.isEmpty() ? "" : ": " + String.join(", ", counted),
                "awsApproval stage: '" + attempt.stage() + "'" + what + ", message: …");
        return List.of(others.isEmpty() ? missing : missing + Messages.Guard_others(String.join(", ", others)));
    }
}

package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.People;
import io.jenkins.plugins.awscicd.delivery.approval.RunStarters;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.Names;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
        Names names = People.names();
        Set<String> starters = RunStarters.of(attempt.run());
        List<String> counted = new ArrayList<>();
        List<String> others = new ArrayList<>();
        ApprovalAction action = attempt.run().getAction(ApprovalAction.class);
        for (ApprovalRecord record : action == null ? List.<ApprovalRecord>of() : action.getApprovals()) {
            if (!record.isApproved() || !attempt.stage().equals(record.getStage())) {
                continue;
            }
            if (attempt.revision() != null && !attempt.is(record.getRevision())) {
                others.add(record.getRevision() == null ? Messages.Guard_noRevision() : record.getRevision());
                continue;
            }
            for (ApprovalAnswer answer : record.getApprovals()) {
                Person person = People.known(answer.getPerson(), attempt.run());
                if (person != null && policy.objection(person, counted, starters, names) == null) {
                    counted.add(answer.getPerson());
                }
            }
        }
        if (counted.size() >= policy.approvals()) {
            return List.of();
        }
        String what = attempt.revision() == null ? "" : ", revision: '" + attempt.revision() + "'";
        String missing = Messages.Guard_approval(
                policy,
                counted.size(),
                counted.isEmpty() ? "" : ": " + String.join(", ", counted),
                "awsApproval stage: '" + attempt.stage() + "'" + what + ", message: …");
        return List.of(others.isEmpty() ? missing : missing + Messages.Guard_others(String.join(", ", others)));
    }
}

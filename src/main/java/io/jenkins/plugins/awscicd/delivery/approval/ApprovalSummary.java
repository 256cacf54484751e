package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;

/** How an approval stands, or ended, in a line. */
final class ApprovalSummary {

    private ApprovalSummary() {}

    @NonNull
    static String of(@NonNull ApprovalRecord record) {
        String names = String.join(
                ", ",
                record.getApprovals().stream().map(ApprovalAnswer::getPerson).toList());
        ApprovalAnswer no = record.getRejection();
        return switch (record.getOutcome()) {
            case WAITING ->
                Messages.ApprovalRecord_waiting(record.getApprovals().size(), record.getWanted());
            case APPROVED ->
                record.isExpired() ? Messages.ApprovalRecord_approvedByTime() : Messages.ApprovalRecord_approved(names);
            case REJECTED -> Messages.ApprovalRecord_rejected(no == null ? "?" : no.getPerson());
            case EXPIRED -> Messages.ApprovalRecord_expired();
            case ABORTED -> Messages.ApprovalRecord_aborted();
            case ELSEWHERE -> elsewhere(record);
        };
    }

    private static String elsewhere(ApprovalRecord record) {
        ApprovalAnswer answer = record.getElsewhere();
        String comment = answer == null || answer.getComment() == null ? "" : ": " + answer.getComment();
        String by = answer == null ? Messages.ApprovalRecord_somebody() : answer.getPerson();
        return record.isApprovedElsewhere()
                ? Messages.ApprovalRecord_approvedElsewhere(by, comment)
                : Messages.ApprovalRecord_rejectedElsewhere(by, comment);
    }
}

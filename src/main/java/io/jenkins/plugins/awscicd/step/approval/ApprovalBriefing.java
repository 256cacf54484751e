package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.StageBackground;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What an approver should know, in lines of plain text. */
final class ApprovalBriefing {

    /** By that much all lines of a table may be set in. */
    private static final int LEAST_INDENT = 4;

    private static final String INDENT = "\u00a0".repeat(4);

    private ApprovalBriefing() {}

    @NonNull
    static List<String> of(@NonNull ApprovalRecord record) {
        List<String> lines = new ArrayList<>();
        add(lines, record.getSubject(), Messages::ApprovalBriefing_subject);
        ApprovedDelivery delivery = record.getDelivery();
        String revision = record.getRevision();
        boolean inContent = delivery != null && delivery.isContentOf(revision);
        if (revision != null && !inContent && !revision.equals(Shortened.revision(revision))) {
            lines.add(Messages.ApprovalBriefing_revision(revision)); // the whole of it, once
        }
        add(lines, record.getLink(), Messages::ApprovalBriefing_link);
        add(lines, record.getStage(), Messages::ApprovalBriefing_stage);
        if (delivery != null) {
            lines.addAll(delivery.describe());
        }
        record.getDetails().forEach(detail -> lines.add(indented(detail)));
        addBackground(lines, record.getBackground());
        lines.add(Messages.ApprovalBriefing_policy(record.getPolicy()));
        lines.add(Messages.ApprovalBriefing_rejection()); // as InputStepExecution has it
        for (ApprovalAnswer answer : record.getApprovals()) {
            String comment = answer.getComment();
            lines.add(Messages.ApprovalBriefing_approved(answer.getPerson() + (comment == null ? "" : ": " + comment)));
        }
        // What a script or a commit says is not to look as a line of ours.
        return lines.stream().map(PlainText::line).toList();
    }

    /** What belongs to the line before is set in, in views that show several spaces as one as well. */
    private static String indented(String detail) {
        int indent = detail.length() - detail.stripLeading().length();
        return (indent > LEAST_INDENT ? INDENT : "") + PlainText.line(detail);
    }

    private static void addBackground(List<String> lines, StageBackground background) {
        String run = background.getApprovedIn();
        if (run != null) {
            String current = background.getCurrent();
            String what = current == null ? run : Shortened.revision(current) + ", " + run;
            lines.add(
                    background.getDeployed() == null
                            ? Messages.ApprovalBriefing_current(what)
                            : Messages.ApprovalBriefing_running(what));
        }
        List<String> commits = background.getCommits();
        if (!commits.isEmpty()) {
            lines.add(run == null ? Messages.ApprovalBriefing_commits() : Messages.ApprovalBriefing_commitsSince(run));
            commits.forEach(commit -> lines.add("- " + commit));
            if (background.getFurtherCommits() > 0) {
                lines.add(Messages.ApprovalBriefing_furtherCommits(background.getFurtherCommits()));
            }
        }
    }

    private static void add(List<String> lines, @CheckForNull String value, UnaryOperator<String> sentence) {
        if (value != null) {
            lines.add(sentence.apply(value));
        }
    }
}

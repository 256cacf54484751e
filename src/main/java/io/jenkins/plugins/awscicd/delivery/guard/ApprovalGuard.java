package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.CountedApprovals;
import io.jenkins.plugins.awscicd.delivery.approval.RunPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * People have to approve the very revision for the stage, in the run itself. Whose approvals count is decided here anew, by the stage's
 * policy: what the Jenkinsfile has asked for does not matter.
 */
record ApprovalGuard(@NonNull ApprovalPolicy policy) implements Guard {

    @Override
    public boolean mayCallAws() {
        return true;
    }

    @Override
    @NonNull
    public List<String> missing(@NonNull Attempt attempt) {
        if (attempt.isNameless()) {
            return List.of(Messages.Guard_nameless());
        }
        RunPolicy asked = RunPolicy.of(attempt.run(), policy);
        List<ApprovalAnswer> answers = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        ApprovalAction action = attempt.run().getAction(ApprovalAction.class);
        for (ApprovalRecord record : action == null ? List.<ApprovalRecord>of() : action.getApprovals()) {
            if (!record.isApproved() || !attempt.stage().equals(record.getStage())) {
                continue;
            }
            Target target = attempt.target();
            ApprovedDelivery approved = record.getDelivery();
            if (attempt.revision() == null) { // nothing new, but there all the same
                if (target == null || approved != null && approved.isFor(target)) {
                    answers.addAll(record.getApprovals());
                }
                continue;
            }
            if (approved == null) {
                others.add(record.getRevision() == null ? Messages.Guard_noRevision() : record.getRevision());
                differences.add(Messages.Guard_olderVersion());
                continue;
            }
            List<String> otherwise =
                    approved.differences(target, attempt.delivered().approved());
            String content = attempt.delivered().content().get();
            if (approved.isOther(content)) {
                others.add(record.getRevision() == null ? Messages.Guard_noRevision() : record.getRevision());
                differences.add(Messages.ApprovedDelivery_differs(
                        Messages.Guard_content(),
                        approved.getContent() == null ? Messages.Guard_unknownContent() : approved.getContent(),
                        content == null ? Messages.Guard_unknownContent() : content));
                differences.addAll(otherwise);
            } else if (otherwise.isEmpty()) {
                answers.addAll(record.getApprovals());
            } else {
                differences.addAll(otherwise);
            }
        }
        List<String> counted = CountedApprovals.of(policy, attempt.run(), answers, asked.starters());
        if (counted.size() >= asked.policy().approvals()) {
            return List.of();
        }
        String what = attempt.revision() == null ? "" : ", " + what(attempt);
        String missing = Messages.Guard_approval(
                        asked,
                        counted.size(),
                        counted.isEmpty() ? "" : ": " + String.join(", ", counted),
                        isAskedByItself(attempt)
                                ? "approve: true"
                                : "awsApproval stage: '" + attempt.stage() + "'" + what + ", message: …")
                + (attempt.isBuild() || attempt.delivered().options().isEmpty() ? "" : Messages.Guard_askForOptions());
        String isOther = others.isEmpty() ? "" : Messages.Guard_others(String.join(", ", others));
        String differs = differences.isEmpty() ? "" : Messages.Guard_differs(String.join("; ", differences));
        return List.of(missing + isOther + differs);
    }

    /** Of what is done to a stack set there is no plan but that of its step. */
    private static boolean isAskedByItself(Attempt attempt) {
        Target target = attempt.target();
        String revision = attempt.revision();
        return target != null
                && target.service() == Target.Service.STACK_SET
                && revision != null
                && revision.startsWith("deploy ");
    }

    /** Of a stack its change set, or what else is done to it; of a pipeline the arguments of its step. */
    private static String ofStack(Target target, String revision) {
        if (target.service() == Target.Service.CODE_PIPELINE) {
            return "what: [pipeline: '" + target.name() + "', …]";
        }
        String name = target.service() == Target.Service.STACK_SET ? "stackSet" : "stack";
        String done = revision.startsWith("arn:")
                ? "changeSet: '" + revision + "'"
                : revision.startsWith("delete ")
                        ? "delete: true"
                        : revision.startsWith("continue ") ? "continueRollback: true" : "…";
        return "what: [" + name + ": '" + target.name() + "', " + done + "]";
    }

    /** As a script asks for it. */
    private static String what(Attempt attempt) {
        Target target = attempt.target();
        String revision = attempt.revision();
        if (target != null
                && revision != null
                && (target.service() == Target.Service.CLOUD_FORMATION
                        || target.service() == Target.Service.STACK_SET
                        || target.service() == Target.Service.CODE_PIPELINE)) {
            return ofStack(target, revision);
        }
        if (!attempt.isBuild()) {
            return "revision: '" + attempt.question() + "'";
        }
        return Stream.concat(Stream.of("sourceVersion"), attempt.delivered().options().keySet().stream())
                .map(option -> option.split(" ", 2)[0])
                .distinct()
                .sorted()
                .map(option -> option + ": " + (option.equals("project") ? "'" + attempt.revision() + "'" : "…"))
                .collect(Collectors.joining(", ", "what: [", "]"));
    }
}

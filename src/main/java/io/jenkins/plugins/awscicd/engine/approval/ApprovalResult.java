package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** That something is approved, and by whom: what {@code awsApproval} returns to a Jenkinsfile. Plain data, as it is kept with the run. */
public final class ApprovalResult implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String revision;
    private final String when;
    private final ArrayList<Approval> approvals;
    private final LinkedHashMap<String, Object> parameters;
    /** False in what an earlier version has kept. */
    private final boolean unasked;

    /**
     * @param when it was decided, as ISO 8601 has it, in UTC
     * @param approvals in order; empty if the time was over, and that counts as approved
     * @param parameters what the last approver has filled in, by name
     */
    public ApprovalResult(
            @CheckForNull String stage,
            @CheckForNull String revision,
            @NonNull String when,
            @NonNull List<Approval> approvals,
            @NonNull Map<String, Object> parameters) {
        this(stage, revision, when, approvals, parameters, false);
    }

    private ApprovalResult(
            @CheckForNull String stage,
            @CheckForNull String revision,
            String when,
            List<Approval> approvals,
            Map<String, Object> parameters,
            boolean unasked) {
        this.unasked = unasked;
        this.stage = stage;
        this.revision = revision;
        this.when = when;
        this.approvals = new ArrayList<>(approvals);
        this.parameters = new LinkedHashMap<>(parameters);
    }

    /**
     * Nobody is asked about what changes nothing.
     *
     * @param when that was found, as ISO 8601 has it, in UTC
     */
    @NonNull
    public static ApprovalResult unasked(@CheckForNull String stage, @NonNull String when) {
        return new ApprovalResult(stage, null, when, List.of(), Map.of(), true);
    }

    /** Whether people were asked: they are not about what changes nothing. */
    public boolean getAsked() {
        return !unasked;
    }

    /** True: whatever else comes of an approval is an exception. */
    public boolean getApproved() {
        return true;
    }

    /** Whether nobody has approved it in time, and that counts. */
    public boolean getExpired() {
        return approvals.isEmpty() && !unasked;
    }

    /** The id of the person whose approval was the last that was wanted; null if {@linkplain #getExpired() expired}. */
    @CheckForNull
    public String getApprover() {
        return approvals.isEmpty() ? null : approvals.get(approvals.size() - 1).getApprover();
    }

    /** The ids of all who have approved it, in order. */
    @NonNull
    public List<String> getApprovers() {
        List<String> approvers = new ArrayList<>();
        approvals.forEach(approval -> approvers.add(approval.getApprover()));
        return approvers;
    }

    /** What the last approver has written. */
    @CheckForNull
    public String getComment() {
        return approvals.isEmpty() ? null : approvals.get(approvals.size() - 1).getComment();
    }

    /** What the approvers have written, in order; null where one has written nothing. */
    @NonNull
    public List<String> getComments() {
        List<String> comments = new ArrayList<>();
        approvals.forEach(approval -> comments.add(approval.getComment()));
        return comments;
    }

    /** The approvals, in order. */
    @NonNull
    public List<Approval> getApprovals() {
        return new ArrayList<>(approvals);
    }

    /** When it was decided, such as {@code 2026-11-23T19:00:00Z}. */
    @NonNull
    public String getWhen() {
        return when;
    }

    /** The stage that it is approved for. */
    @CheckForNull
    public String getStage() {
        return stage;
    }

    /** The exact version that is approved. */
    @CheckForNull
    public String getRevision() {
        return revision;
    }

    /** What the last approver has filled in, by name. */
    @NonNull
    public Map<String, Object> getParameters() {
        return new LinkedHashMap<>(parameters);
    }

    @Override
    public String toString() {
        if (unasked) {
            return "nothing to approve, because nothing changes";
        }
        return getExpired()
                ? "approved, because nobody answered in time"
                : "approved by " + String.join(", ", getApprovers());
    }

    /** One person's approval. */
    public static final class Approval implements JobResult, Serializable {

        private static final long serialVersionUID = 1L;

        private final String approver;
        private final String when;
        private final String comment;

        public Approval(@NonNull String approver, @NonNull String when, @CheckForNull String comment) {
            this.approver = approver;
            this.when = when;
            this.comment = comment;
        }

        /** The person's id. */
        @NonNull
        public String getApprover() {
            return approver;
        }

        /** Such as {@code 2026-11-23T19:00:00Z}. */
        @NonNull
        public String getWhen() {
            return when;
        }

        /** What the person has written. */
        @CheckForNull
        public String getComment() {
            return comment;
        }

        @Override
        public String toString() {
            return approver + " at " + when;
        }
    }
}

package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.approval.AnsweredElsewhere;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One question whether something may be delivered, and what people answered: kept with the run as {@link ApprovalAction}, which has to
 * be saved after each change. Whatever changes is replaced as a whole, so that a record can be shown and saved at any time.
 */
@ExportedBean(defaultVisibility = 3)
public final class ApprovalRecord extends ApprovalSubject {

    /** How it ended. */
    public enum Outcome {
        /** It has not ended yet. */
        WAITING,
        APPROVED,
        /** Somebody said no. */
        REJECTED,
        /** Nobody answered in time. */
        EXPIRED,
        /** The run ended first. */
        ABORTED,
        /** Somebody has decided it at AWS, which was not for the question's policy to say. */
        ELSEWHERE
    }

    private final String id;
    private final String policy;
    private final int wanted;
    private final ArrayList<String> starters;
    private final StageBackground background;
    /** Null if it is for no guarded stage, or if an older version has asked, which did not keep it. */
    private final ApprovedDelivery delivery;

    /** What people should know of what is asked about; null if nothing more, or if an older version has asked. */
    private ArrayList<String> details;

    private final long asked;
    private final long deadline;

    private volatile ArrayList<ApprovalAnswer> answers = new ArrayList<>();
    private volatile ApprovalNotice notice;
    private volatile Outcome outcome = Outcome.WAITING;
    private volatile boolean expired;
    private volatile ApprovalAnswer rejection;
    /** How it was decided at AWS, and by whom as AWS says; null if it was not, or if AWS does not say. */
    private volatile ApprovalAnswer elsewhere;

    private volatile boolean approvedElsewhere;
    private volatile long decided;

    /**
     * @param id tells the run's approvals apart; that of the input as well
     * @param policy what the question's policy comes to for the run
     * @param background what is known of the stage
     * @param delivery what exactly is asked about; null if no guard is going to look for it
     * @param deadline when the time is over; null for never
     */
    public ApprovalRecord(
            @NonNull String id,
            @NonNull ApprovalRequest request,
            @NonNull RunPolicy policy,
            @NonNull StageBackground background,
            @CheckForNull ApprovedDelivery delivery,
            @NonNull Instant asked,
            @CheckForNull Instant deadline) {
        super(request);
        this.id = id;
        this.policy = policy.toString();
        this.wanted = policy.policy().approvals();
        this.starters = new ArrayList<>(policy.starters());
        this.background = background;
        this.delivery = delivery;
        this.asked = asked.toEpochMilli();
        this.deadline = deadline == null ? 0 : deadline.toEpochMilli();
    }

    /** Before anybody is asked: what people should know of what is asked about, line by line. */
    public void details(@NonNull List<String> lines) {
        details = lines.isEmpty() ? null : new ArrayList<>(lines);
    }

    /** What people should know of what is asked about, line by line; empty if nothing more. */
    @NonNull
    public List<String> getDetails() {
        return details == null ? List.of() : new ArrayList<>(details);
    }

    /** Somebody's approval counts. */
    public synchronized void approvedBy(@NonNull ApprovalAnswer answer) {
        ArrayList<ApprovalAnswer> more = new ArrayList<>(answers);
        more.add(answer);
        answers = more;
    }

    /** The last approval was never told to the program, and something that it came with is lost: as if it had not been given. */
    public synchronized void forgetLastApproval() {
        ArrayList<ApprovalAnswer> less = new ArrayList<>(answers);
        less.remove(less.size() - 1);
        answers = less;
        outcome = Outcome.WAITING;
        decided = 0;
    }

    /** Somebody said no. */
    public synchronized void rejectedBy(@NonNull ApprovalAnswer answer) {
        rejection = answer;
        end(Outcome.REJECTED, answer.getWhen());
    }

    /** It was decided at AWS, or its time there is over. */
    public synchronized void answeredElsewhere(@NonNull AnsweredElsewhere answer, @NonNull Instant when) {
        if (answer.how() == AnsweredElsewhere.How.EXPIRED) {
            end(Outcome.EXPIRED, Date.from(when));
            return;
        }
        approvedElsewhere = answer.how() == AnsweredElsewhere.How.APPROVED;
        String by = answer.by();
        elsewhere = by == null ? null : new ApprovalAnswer(by, answer.comment(), when);
        end(Outcome.ELSEWHERE, Date.from(when));
    }

    /** It has ended otherwise. */
    public synchronized void ended(@NonNull Outcome how, @NonNull Instant when) {
        end(how, Date.from(when));
    }

    /** Nobody answered in time, and that counts as approved. */
    public synchronized void approvedByTime(@NonNull Instant when) {
        expired = true;
        end(Outcome.APPROVED, Date.from(when));
    }

    private void end(Outcome how, Date when) {
        outcome = how;
        decided = when.getTime();
    }

    /** Somebody was told, or is about to be. */
    public void noticed(@NonNull ApprovalNotice newNotice) {
        notice = newNotice;
    }

    @Exported
    @NonNull
    public String getId() {
        return id;
    }

    /** Whose approval counts, in words. */
    @Exported
    @NonNull
    public String getPolicy() {
        return policy;
    }

    /** How many people have to approve. */
    @Exported
    public int getWanted() {
        return wanted;
    }

    /** The ids of those who started the run. */
    @Exported
    @NonNull
    public List<String> getStarters() {
        return List.copyOf(starters);
    }

    /** What was known of the stage when it was asked. */
    @Exported
    @NonNull
    public StageBackground getBackground() {
        return background;
    }

    /** What exactly was to be delivered where; null if that was not asked, or not kept. */
    @Exported
    @CheckForNull
    public ApprovedDelivery getDelivery() {
        return delivery;
    }

    @Exported
    @NonNull
    public Date getAsked() {
        return new Date(asked);
    }

    /** When the time is over; null for never. */
    @Exported
    @CheckForNull
    public Date getDeadline() {
        return deadline == 0 ? null : new Date(deadline);
    }

    /** The approvals that count, in order. */
    @Exported
    @NonNull
    public List<ApprovalAnswer> getApprovals() {
        return List.copyOf(answers);
    }

    /** Who was told; null if nobody was to be. */
    @Exported
    @CheckForNull
    public ApprovalNotice getNotice() {
        return notice;
    }

    @Exported
    @NonNull
    public Outcome getOutcome() {
        return outcome;
    }

    public boolean isWaiting() {
        return outcome == Outcome.WAITING;
    }

    public boolean isApproved() {
        return outcome == Outcome.APPROVED;
    }

    /** Whether it counts as approved as nobody answered in time. */
    @Exported
    public boolean isExpired() {
        return expired;
    }

    /** Who said no. */
    @Exported
    @CheckForNull
    public ApprovalAnswer getRejection() {
        return rejection;
    }

    /** Who has decided it at AWS, as AWS calls the person; null if nobody has, or AWS does not say. */
    @Exported
    @CheckForNull
    public ApprovalAnswer getElsewhere() {
        return elsewhere;
    }

    /** Whether it was approved at AWS, which counts for no stage. */
    @Exported
    public boolean isApprovedElsewhere() {
        return approvedElsewhere;
    }

    /** When it ended; null if it has not. */
    @Exported
    @CheckForNull
    public Date getDecided() {
        return decided == 0 ? null : new Date(decided);
    }

    /** How it ended, in a line. */
    @NonNull
    public String getSummary() {
        return ApprovalSummary.of(this);
    }
}

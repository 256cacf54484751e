package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Whose approvals count, and how many it takes. Plain data, kept with what waits for approval. */
public final class ApprovalPolicy implements Serializable {

    private static final Texts TEXTS = Texts.of(ApprovalPolicy.class);

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> approvers;
    private final int approvals;
    private final boolean forbidSelfApproval;
    private final boolean commentRequired;
    private final boolean administratorsExempt;
    /** False in what an earlier version has kept. */
    private final boolean oneMoreIfNobodyStarted;

    /**
     * @param approvers users and groups; empty for whoever is permitted
     * @param approvals how many different people have to approve
     * @param forbidSelfApproval whether those who started the run are no approvers of it
     * @param commentRequired whether an approval without a comment does not count
     * @param administratorsExempt whether administrators are approvers, of runs that they started themselves too
     */
    public ApprovalPolicy(
            @NonNull Collection<String> approvers,
            int approvals,
            boolean forbidSelfApproval,
            boolean commentRequired,
            boolean administratorsExempt) {
        this(approvers, approvals, forbidSelfApproval, commentRequired, administratorsExempt, false);
    }

    /**
     * @param oneMoreIfNobodyStarted whether it takes one approval more for a run that nobody started, if those who start runs are no
     *     approvers of them; otherwise the committers count as starters then
     */
    public ApprovalPolicy(
            @NonNull Collection<String> approvers,
            int approvals,
            boolean forbidSelfApproval,
            boolean commentRequired,
            boolean administratorsExempt,
            boolean oneMoreIfNobodyStarted) {
        this.approvers = new ArrayList<>(approvers);
        this.approvals = approvals;
        this.forbidSelfApproval = forbidSelfApproval;
        this.commentRequired = commentRequired;
        this.administratorsExempt = administratorsExempt;
        this.oneMoreIfNobodyStarted = oneMoreIfNobodyStarted;
    }

    @NonNull
    public List<String> approvers() {
        return List.copyOf(approvers);
    }

    public int approvals() {
        return approvals;
    }

    public boolean forbidSelfApproval() {
        return forbidSelfApproval;
    }

    public boolean commentRequired() {
        return commentRequired;
    }

    public boolean administratorsExempt() {
        return administratorsExempt;
    }

    /** Whether a run that nobody started takes one approval more, whoever has committed what is new in it. */
    public boolean oneMoreIfNobodyStarted() {
        return oneMoreIfNobodyStarted;
    }

    /** The same, but for so many approvals. */
    @NonNull
    public ApprovalPolicy wanting(int number) {
        return new ApprovalPolicy(
                approvers, number, forbidSelfApproval, commentRequired, administratorsExempt, oneMoreIfNobodyStarted);
    }

    /**
     * What an answer comes to.
     *
     * @param approved the ids of those who have approved already; null stands for somebody who was not logged in
     * @param starters the ids of those who started the run
     */
    @NonNull
    public Decision decide(
            @NonNull Answer answer,
            @NonNull Collection<String> approved,
            @NonNull Collection<String> starters,
            @NonNull Names names) {
        int wanted = Math.max(0, approvals - approved.size());
        String objection = objection(answer.who(), approved, starters, names);
        if (objection != null) {
            return Decision.refused(wanted, objection);
        }
        if (commentRequired && answer.comment() == null) {
            return Decision.refused(wanted, TEXTS.get("comment"));
        }
        return Decision.counts(Math.max(0, wanted - 1));
    }

    /** Why no answer of this person can count, whatever it says: a sentence; null if it can. */
    @CheckForNull
    public String objection(
            @NonNull Person who,
            @NonNull Collection<String> approved,
            @NonNull Collection<String> starters,
            @NonNull Names names) {
        String id = who.id();
        boolean exempt = administratorsExempt && who.administrator();
        if (!exempt && approvers.isEmpty() && !who.permitted()) {
            return TEXTS.get("permission", who.name());
        }
        if (id == null) {
            boolean mayBeAnybody = approvers.isEmpty() && !forbidSelfApproval && approvals == 1;
            return mayBeAnybody ? null : TEXTS.get("anonymous");
        }
        if (!exempt && !approvers.isEmpty() && !named(who, names)) {
            return TEXTS.get("approver", id, String.join(", ", approvers));
        }
        if (!exempt && forbidSelfApproval && containsUser(starters, id, names)) {
            return TEXTS.get("starter", id);
        }
        if (containsUser(approved, id, names)) {
            return TEXTS.get("again", id);
        }
        return null;
    }

    /**
     * Whose answers count, in order: the ids of those to whom there is no {@link #objection}.
     *
     * @param answered who has approved, as they are known now
     * @param starters the ids of those who started the run
     */
    @NonNull
    public List<String> counted(
            @NonNull Collection<Person> answered, @NonNull Collection<String> starters, @NonNull Names names) {
        List<String> counted = new ArrayList<>();
        for (Person who : answered) {
            if (objection(who, counted, starters, names) == null) {
                counted.add(who.id());
            }
        }
        return counted;
    }

    private boolean named(Person who, Names names) {
        return containsUser(approvers, who.id(), names)
                || approvers.stream()
                        .anyMatch(
                                approver -> who.groups().stream().anyMatch(group -> names.sameGroup(approver, group)));
    }

    private static boolean containsUser(Collection<String> ids, String id, Names names) {
        return ids.stream().anyMatch(other -> other != null && names.sameUser(other, id));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApprovalPolicy that
                && approvers.equals(that.approvers)
                && approvals == that.approvals
                && forbidSelfApproval == that.forbidSelfApproval
                && commentRequired == that.commentRequired
                && administratorsExempt == that.administratorsExempt
                && oneMoreIfNobodyStarted == that.oneMoreIfNobodyStarted;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                approvers,
                approvals,
                forbidSelfApproval,
                commentRequired,
                administratorsExempt,
                oneMoreIfNobodyStarted);
    }

    /** The policy in words, such as {@code 2 approvals by alice, bob; not by whoever started the run; each with a comment}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        String by = approvers.isEmpty() ? TEXTS.get("builders") : String.join(", ", approvers);
        words.add(TEXTS.get(
                administratorsExempt ? "policyOrAdministrator" : "policy", approvals, String.valueOf(approvals), by));
        if (forbidSelfApproval) {
            words.add(TEXTS.get("notByStarter"));
        }
        if (commentRequired) {
            words.add(TEXTS.get("withComment", approvals));
        }
        return String.join("; ", words);
    }
}

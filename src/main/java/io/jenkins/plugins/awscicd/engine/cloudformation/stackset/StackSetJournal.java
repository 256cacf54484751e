package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import java.util.Map;
import java.util.UUID;

/**
 * What a step keeps of what it does with a stack set. The ids of its operations are its own and known beforehand: by them AWS knows that
 * a call is the same as one before.
 */
final class StackSetJournal {

    private static final String BEGUN = "begun.";
    private static final String MADE = "stackSet.made";
    private static final String REST = "stackSet.rest";
    private static final String LEFT = "stackSet.left";
    private static final String SET = "stackSet.id";
    private static final String DELETING = "stackSet.deleting";
    private static final String TOLERATED = "stackSet.tolerated";
    private static final String PLACE = "place";
    private static final String SALT = "plan.salt";
    private static final String PLAN = "plan.digest";
    private static final String NUMBER = "plan.number";

    private final Journal journal;
    private final StartToken token;
    private volatile boolean unheard;

    StackSetJournal(Journal journal, StartToken token) {
        this.journal = journal;
        this.token = token;
    }

    /** Of what is done first. */
    @NonNull
    String first() {
        return token.token();
    }

    /** Of what is done after an operation. */
    @NonNull
    String after(@NonNull String operation) {
        return first() + "-" + (position(operation) + 1);
    }

    /** Of what was done before an operation; null if that is the first. */
    @CheckForNull
    String before(@NonNull String operation) {
        int number = position(operation) - 1;
        return number == 0 ? null : number == 1 ? first() : first() + "-" + number;
    }

    private int position(String operation) {
        return operation.equals(first()) ? 1 : Integer.parseInt(operation.substring(first().length() + 1));
    }

    /** Of what was begun last; null if nothing was. */
    @CheckForNull
    String last() {
        String last = null;
        for (String next = first(); isBegun(next); next = after(next)) {
            last = next;
        }
        return last;
    }

    /** Of what is begun next. */
    @NonNull
    String next() {
        String last = last();
        return last == null ? first() : after(last);
    }

    private boolean has(String mark) {
        return !journal.get(mark).isEmpty();
    }

    /** The call that begins this operation is about to be made. */
    void begin(@NonNull String operation) {
        journal.put(BEGUN + operation, "true");
    }

    /** @param left how many parts are left with this one */
    void begin(@NonNull String operation, int left) {
        journal.write(Map.of(BEGUN + operation, "true", LEFT + "." + operation, String.valueOf(left)));
    }

    /** The call was not answered: whatever comes after it, it may have begun the operation. */
    void unheard() {
        unheard = true;
    }

    /** Whether a call was not answered in this process. */
    boolean isUnheard() {
        return unheard;
    }

    /** The call was refused: it has begun nothing. */
    void notBegun(@NonNull String operation) {
        journal.put(BEGUN + operation, "");
    }

    boolean isBegun(@NonNull String operation) {
        return has(BEGUN + operation);
    }

    /**
     * The stack set is about to be made by this step.
     *
     * @return whether it may have been before
     */
    boolean make() {
        boolean before = isMade();
        journal.put(MADE, "true");
        return before;
    }

    /** AWS has made it, and nobody else. */
    void made(@NonNull String stackSetId) {
        journal.write(Map.of(MADE, stackSetId, SET, stackSetId));
    }

    /** The call was refused: it has made nothing. */
    void notMade() {
        journal.write(Map.of(MADE, "", SET, ""));
    }

    /** Whether it was made by this step, or may have been. */
    boolean isMade() {
        return has(MADE);
    }

    /** The id of the stack set that was made by this step; empty if none was, or that is not known. */
    @NonNull
    String madeId() {
        String id = journal.get(MADE);
        return id.equals("true") ? "" : id;
    }

    /** It is this stack set that is about to be changed or deleted, whichever has its name later. */
    void found(@NonNull String stackSetId) {
        journal.put(SET, stackSetId);
    }

    /** The id of the stack set that was made, or is changed or deleted; empty if that is not known. */
    @NonNull
    String stackSetId() {
        return journal.get(SET);
    }

    /** @param is whether the call that deletes the stack set itself is about to be made; false if it was refused */
    void deleting(boolean is) {
        journal.put(DELETING, is ? "true" : "");
    }

    /** Whether the call that deletes the stack set itself may have been made. */
    boolean isDeleting() {
        return has(DELETING);
    }

    /** Whether something was begun, as far as this is known. */
    boolean hasBegun() {
        return last() != null || isDeleting();
    }

    /** Whether this step has done nothing yet, as far as this is known. */
    boolean isUntouched() {
        return last() == null && !isMade();
    }

    /** An operation has succeeded though it has failed somewhere. */
    void tolerated() {
        journal.put(TOLERATED, "true");
    }

    boolean hasTolerated() {
        return has(TOLERATED);
    }

    /** There is no operation: nothing has stacks, or is to have any. */
    void rest() {
        journal.put(REST, "true");
    }

    boolean isAtRest() {
        return has(REST);
    }

    /** In how many parts what is left was to be done when the operation before this one was begun. */
    int leftBefore(@NonNull String operation) {
        String before = before(operation);
        String kept = before == null ? "" : journal.get(LEFT + "." + before);
        if (kept.isEmpty()) {
            kept = journal.get(LEFT); // as the version before has kept it, of the last operation
        }
        return kept.isEmpty() ? StackSetParts.NONE_BEGUN : Integer.parseInt(kept);
    }

    void place(@NonNull String held) {
        journal.put(PLACE, held);
    }

    /** The place that was held before a restart; empty if none was. */
    @NonNull
    String place() {
        return journal.get(PLACE);
    }

    /**
     * What people are asked about.
     *
     * @param plan all of it as text, which may have secrets in it: only a digest is kept
     * @return the number of the question: the same for as long as the plan is
     */
    int number(@NonNull String plan) {
        String salt = journal.get(SALT);
        if (salt.isEmpty()) {
            salt = UUID.randomUUID().toString();
            journal.put(SALT, salt);
        }
        String digest = Sha256.of(salt + plan);
        String kept = journal.get(PLAN);
        int number = number();
        if (!kept.isEmpty() && !kept.equals(digest)) {
            number++;
        }
        journal.write(Map.of(PLAN, digest, NUMBER, String.valueOf(number)));
        return number;
    }

    /** Of the question that was asked last. */
    int number() {
        String kept = journal.get(NUMBER);
        return kept.isEmpty() ? 0 : Integer.parseInt(kept);
    }
}

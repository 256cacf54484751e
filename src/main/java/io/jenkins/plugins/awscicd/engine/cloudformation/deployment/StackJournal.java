package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import java.time.Instant;
import java.util.Map;

/**
 * What a step keeps of what it does with its stack. Each call that must not be made twice is kept before it is made, with the token that AWS
 * knows it by.
 */
final class StackJournal {

    /** How many change sets were made before: each has a name and tokens of its own. */
    private static final String ATTEMPT = "changeSet.attempt";

    private static final String ASKED = "changeSet.asked";
    private static final String CHANGE_SET = "changeSet.id";
    private static final String REPORTED = "changeSet.reported";
    private static final String COUNT = "changeSet.changes";
    private static final String BEGUN = "stack.begun";
    private static final String STACK = "stack.id";
    private static final String BEFORE = "stack.before";
    private static final String STATE = "stack.state";
    private static final String DRIFT = "stack.drift";
    private static final String REST = "stack.rest";
    private static final String SHOWN = "stack.shown";
    private static final String PLACE = "place";

    private final Journal journal;
    private final StartToken token;

    StackJournal(Journal journal, StartToken token) {
        this.journal = journal;
        this.token = token;
    }

    /** Of what somebody else does, by calls whose tokens nobody here knows. */
    static StackJournal ofFollowed(Journal journal) {
        return new StackJournal(journal, new StartToken("", Instant.EPOCH));
    }

    int attempt() {
        String kept = journal.get(ATTEMPT);
        return kept.isEmpty() ? 0 : Integer.parseInt(kept);
    }

    /** The change set is of no use any more: the next one is another. */
    void nextAttempt() {
        journal.write(
                Map.of(ATTEMPT, String.valueOf(attempt() + 1), ASKED, "", CHANGE_SET, "", BEGUN, "", REPORTED, ""));
    }

    /** When the step began, by this machine's clock. */
    @NonNull
    Instant chosen() {
        return token.chosen();
    }

    /** AWS knows by it that a call is the same as one before. */
    @NonNull
    String token() {
        return attempt() == 0 ? token.token() : token.token() + "-" + attempt();
    }

    /** AWS is about to be asked for a change set. */
    void asked() {
        journal.put(ASKED, "true");
    }

    /** Whether there may be a change set, though its ARN is not known. */
    boolean isAsked() {
        return !journal.get(ASKED).isEmpty();
    }

    /** The change set's ARN; empty if it is not known. */
    @NonNull
    String changeSet() {
        return journal.get(CHANGE_SET);
    }

    /**
     * There is a change set. Its stack is kept with it: once that was deleted, its events alone tell whether the change set was executed,
     * and only its ARN leads to them.
     *
     * @param stackId null if AWS has not said it yet
     */
    void changeSet(@NonNull String id, @CheckForNull String stackId) {
        journal.write(stackId == null ? Map.of(CHANGE_SET, id) : Map.of(CHANGE_SET, id, STACK, stackId));
    }

    /** The change set is put away. */
    void noChangeSet() {
        journal.put(CHANGE_SET, "");
    }

    /** What the change set does was told; how many changes those are. */
    void reported(int changes) {
        journal.write(Map.of(REPORTED, "true", COUNT, String.valueOf(changes)));
    }

    boolean isReported() {
        return !journal.get(REPORTED).isEmpty();
    }

    /** How many changes there are; 0 if that is not known. */
    int changes() {
        String kept = journal.get(COUNT);
        return kept.isEmpty() ? 0 : Integer.parseInt(kept);
    }

    /**
     * The call that changes the stack is about to be made.
     *
     * @param lastEvent the stack's newest event; null if there is none, or AWS does not tell
     * @param state {@link io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot#state} before; empty if that is not known
     */
    void begin(@NonNull String stackId, @CheckForNull String lastEvent, @NonNull String state) {
        journal.write(Map.of(BEGUN, "true", STACK, stackId, BEFORE, lastEvent == null ? "" : lastEvent, STATE, state));
    }

    /** It is this stack that the call will change, whichever has its name by the time when what is kept of the call may be lost. */
    void found(@NonNull String stackId) {
        journal.put(STACK, stackId);
    }

    /** What the stack was in before; empty if that is not known. */
    @NonNull
    String state() {
        return journal.get(STATE);
    }

    /** The call was refused: it has begun nothing. */
    void notBegun() {
        journal.put(BEGUN, "");
    }

    boolean isBegun() {
        return !journal.get(BEGUN).isEmpty();
    }

    /** The stack's ARN; empty if it is not known. */
    @NonNull
    String stackId() {
        return journal.get(STACK);
    }

    /** The event after which those of this step come; empty if there is none. */
    @NonNull
    String before() {
        return journal.get(BEFORE);
    }

    /** Drift is looked for under this id. */
    void drift(@NonNull String detection) {
        journal.put(DRIFT, detection);
    }

    /** The id under which drift is looked for; empty if it is not, or that is not known. */
    @NonNull
    String drift() {
        return journal.get(DRIFT);
    }

    /** Nothing is done to the stack, or nothing more. */
    void rest() {
        journal.put(REST, "true");
    }

    boolean isAtRest() {
        return !journal.get(REST).isEmpty();
    }

    /** How far it is told: the newest events that were. */
    void shown(@NonNull String events) {
        journal.put(SHOWN, events);
    }

    /** The newest events that were told; empty if none were. */
    @NonNull
    String shown() {
        return journal.get(SHOWN);
    }

    void place(@NonNull String held) {
        journal.put(PLACE, held);
    }

    /** The place that was held before a restart; empty if none was. */
    @NonNull
    String place() {
        return journal.get(PLACE);
    }
}

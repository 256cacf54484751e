package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import java.util.Map;

/**
 * What a step keeps of what it does with a stack set. The ids of its operations are its own and known beforehand: by them AWS knows that
 * a call is the same as one before.
 */
final class StackSetJournal {

    private static final String BEGUN = "begun.";
    private static final String MADE = "stackSet.made";
    private static final String REST = "stackSet.rest";

    private final Journal journal;
    private final StartToken token;

    StackSetJournal(Journal journal, StartToken token) {
        this.journal = journal;
        this.token = token;
    }

    /** Of what is done first. */
    @NonNull
    String first() {
        return token.token();
    }

    /** Of what is done after it: stacks where there are none yet. */
    @NonNull
    String second() {
        return token.token() + "-2";
    }

    private boolean has(String mark) {
        return !journal.read().getOrDefault(mark, "").isEmpty();
    }

    /** The call that begins this operation is about to be made. */
    void begin(@NonNull String operation) {
        journal.write(Map.of(BEGUN + operation, "true"));
    }

    /** The call was refused: it has begun nothing. */
    void notBegun(@NonNull String operation) {
        journal.write(Map.of(BEGUN + operation, ""));
    }

    boolean isBegun(@NonNull String operation) {
        return has(BEGUN + operation);
    }

    /** The stack set is about to be made by this step. */
    void make() {
        journal.write(Map.of(MADE, "true"));
    }

    boolean isMade() {
        return has(MADE);
    }

    /** There is no operation: nothing has stacks, or is to have any. */
    void rest() {
        journal.write(Map.of(REST, "true"));
    }

    boolean isAtRest() {
        return has(REST);
    }
}

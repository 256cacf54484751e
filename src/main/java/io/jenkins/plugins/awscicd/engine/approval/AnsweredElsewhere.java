package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** A question needs no answer any more: somebody has decided it at AWS itself, or its time there is over. Withdraws the question. */
public final class AnsweredElsewhere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How it was decided there. */
    public enum How {
        APPROVED,
        REJECTED,
        /** Nobody has decided it in time. */
        EXPIRED
    }

    private final How how;
    private final String by;
    private final String comment;

    /**
     * @param by who has decided it, as AWS calls the person; null if AWS does not say
     * @param comment what that person has written; null if nothing
     */
    public AnsweredElsewhere(@NonNull How how, @CheckForNull String by, @CheckForNull String comment) {
        super("Decided in AWS");
        this.how = how;
        this.by = by;
        this.comment = comment;
    }

    @NonNull
    public How how() {
        return how;
    }

    /** Who has decided it, as AWS calls the person; null if AWS does not say. */
    @CheckForNull
    public String by() {
        return by;
    }

    /** What that person has written; null if nothing. */
    @CheckForNull
    public String comment() {
        return comment;
    }
}

package io.jenkins.plugins.awscicd.rehearsal.delivery;

import groovy.lang.GroovyRuntimeException;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;

/** Why a step, and with it the delivery unless a script catches it, does not succeed: a message for a person. */
public final class StepFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Result result;
    private final boolean interruption;

    public StepFailure(String message) {
        this(message, null);
    }

    public StepFailure(String message, Throwable cause) {
        this(message, cause, Result.FAILURE, false);
    }

    private StepFailure(String message, Throwable cause, Result result, boolean interruption) {
        super(message, cause);
        this.result = result;
        this.interruption = interruption;
    }

    /** Somebody, or a time limit, has ended it from outside. */
    public static StepFailure interrupted(String why) {
        return new StepFailure(why, null, Result.ABORTED, true);
    }

    /** It has ended with a result of its own, which becomes the delivery's. */
    public static StepFailure with(Result result, String why) {
        return new StepFailure(why, null, result, false);
    }

    /** What any failure makes of a delivery. */
    public static Result resultOf(Throwable failure) {
        return failure instanceof StepFailure it ? it.result : Result.FAILURE;
    }

    public static boolean isInterruption(Throwable failure) {
        return failure instanceof StepFailure it && it.interruption;
    }

    /** What a person is told of any failure. */
    public static String messageOf(Throwable failure) {
        if (failure instanceof MissingPropertyException missing) {
            return "There is no variable or property '" + missing.getProperty() + "'";
        }
        if (failure instanceof MissingMethodException missing) {
            return "There is no method '" + missing.getMethod() + "' of "
                    + missing.getType().getSimpleName() + " that takes these arguments";
        }
        if (failure.getClass() == GroovyRuntimeException.class && failure.getCause() != null) {
            return messageOf(failure.getCause()); // Groovy's wrapping of a checked exception
        }
        if (failure instanceof StepFailure || failure.getClass() == Exception.class) {
            return failure.getMessage();
        }
        String kind = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + ": " + failure.getMessage();
    }
}

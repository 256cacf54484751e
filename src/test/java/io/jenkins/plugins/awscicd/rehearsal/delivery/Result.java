package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.util.Arrays;
import java.util.Locale;

/** How a delivery, or a stage of it, has come out so far; the later, the worse. */
public enum Result {
    SUCCESS,
    UNSTABLE,
    FAILURE,
    NOT_BUILT,
    ABORTED;

    /** The worse of two. */
    public Result and(Result other) {
        return other.compareTo(this) > 0 ? other : this;
    }

    /** @throws StepFailure naming the words that are known */
    public static Result of(Object word) {
        try {
            return valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new StepFailure("'" + word + "' is not a result; use one of " + Arrays.toString(values()), e);
        }
    }
}

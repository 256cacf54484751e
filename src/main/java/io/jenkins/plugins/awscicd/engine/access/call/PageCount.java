package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;

/** Counts the pages of a list: whoever names one page after the other names them for ever. */
public final class PageCount {

    /** More than any list has. */
    private static final int MOST = 5_000;

    private int read;

    /**
     * Another one is about to be read.
     *
     * @param operation by which
     * @throws IllegalStateException if there are more than any list has
     */
    public void next(@NonNull String operation) {
        if (++read > MOST) {
            throw new IllegalStateException(String.format(
                    Locale.ENGLISH,
                    "%s has no last page: given up after %,d answers; check the endpoint",
                    operation,
                    MOST));
        }
    }
}

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;

/** A job is not to be started, as something has to come first. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param why what is missing, and how to get it */
    public Refused(@NonNull String why) {
        super(why);
    }

    /** Refuses if anything is missing; what, and how to get it, a sentence each. */
    public static void ifAny(@NonNull Collection<String> missing) {
        if (!missing.isEmpty()) {
            throw new Refused(String.join("\n", missing));
        }
    }
}

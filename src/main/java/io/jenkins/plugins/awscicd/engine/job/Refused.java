package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;

/** A job is not to be started, as something has to come first. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param why what is missing, and how to get it */
    public Refused(@NonNull String why) {
        super(why);
    }
}

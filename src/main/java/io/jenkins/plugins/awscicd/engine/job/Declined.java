package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;

/** People were asked whether a job may go on, and it may not: no fault of the job's. */
public final class Declined extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param why what the step is to fail with */
    public Declined(@NonNull Throwable why) {
        super(why.getMessage(), why);
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

/** Whether work is really gone: between the queue and its run, it may be seen in neither for a moment. */
final class Absence {

    private static final int TIMES = 2;

    private int missed;

    /** Told where it is with each poll. */
    boolean lasts(WorkHost.Standing now) {
        missed = now == WorkHost.Standing.GONE ? missed + 1 : 0;
        return missed >= TIMES;
    }
}

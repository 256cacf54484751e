package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.io.IOException;

/** Carries out a call of a step. */
@FunctionalInterface
public interface Step {
    /** What the call returns to the script. */
    Object run(StepCall call) throws IOException, InterruptedException;
}

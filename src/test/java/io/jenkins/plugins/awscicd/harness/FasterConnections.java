package io.jenkins.plugins.awscicd.harness;

import hudson.Extension;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.FasterScheduler;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;

/**
 * Takes the place of the plugin's own in each Jenkins of a test's JVM: what the engine waits for, such as the time for
 * its next look at a job, comes sooner. Local AWS runs in real time, and so do runs.
 */
@Extension(ordinal = 1)
public final class FasterConnections extends AwsConnections {

    /** How many seconds of the engine's waiting pass in each second. */
    public static final int FACTOR = 5;

    @Override
    protected Scheduler time() {
        return new FasterScheduler(FACTOR);
    }
}

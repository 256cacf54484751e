package io.jenkins.plugins.awscicd.harness;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.FasterScheduler;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.http.HttpProxy;
import io.jenkins.plugins.awscicd.localaws.wire.DatedHttpClient;
import java.net.URI;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes the place of the plugin's own in each Jenkins of a test's JVM: what the engine waits for, such as the time for
 * its next look at a job, comes sooner. Local AWS runs in real time, and so do runs; where a test moves local AWS's clock, the engine
 * finds it moved, as it takes AWS's clock from AWS's answers.
 */
@Extension(ordinal = 1)
public final class FasterConnections extends AwsConnections {

    /** How many seconds of the engine's waiting pass in each second. */
    public static final int FACTOR = 5;

    @Override
    @NonNull
    protected AwsEngine start(
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull Predicate<URI> trusted,
            @NonNull Supplier<Addresses> addresses,
            @NonNull String userAgent) {
        return new AwsEngine(
                new FasterScheduler(FACTOR), proxy, DatedHttpClient::ofNetwork, trusted, addresses, userAgent);
    }
}

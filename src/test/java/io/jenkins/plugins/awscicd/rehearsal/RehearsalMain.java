package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.LocalAwsBuilder;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.stage.Configuration;
import io.jenkins.plugins.awscicd.rehearsal.stage.ConfigurationFile;
import io.jenkins.plugins.awscicd.rehearsal.step.Answers;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The rehearsal as a program. Its exit code is the delivery's result. */
public final class RehearsalMain {

    private static final int SUCCEEDED = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** Long enough to be seen, short enough not to be waited for. */
    private static final Timing QUICK =
            new Timing(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMillis(200));

    private static final CloudFormationTiming QUICK_STACKS = CloudFormationTiming.all(Duration.ofMillis(400));

    /** How long a person waits for the builds to be stopped. */
    private static final long STOP_SECONDS = 120;

    private final Map<String, String> terminal;
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;

    /** @param terminal the terminal's environment variables */
    RehearsalMain(Map<String, String> terminal, PrintStream out, PrintStream err, InputStream in) {
        this.terminal = terminal;
        this.out = out;
        this.err = err;
        this.in = in;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(new RehearsalMain(System.getenv(), System.out, System.err, System.in).run(arguments));
    }

    /** @return the exit code */
    int run(String... arguments) throws IOException, InterruptedException {
        RehearsalOptions options;
        try {
            options = RehearsalOptions.parse(List.of(arguments), terminal);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(RehearsalOptions.USAGE);
            return MISUSED;
        }
        Configuration configuration;
        try {
            configuration = options.stages() == null
                    ? Configuration.NONE
                    : new ConfigurationFile(options.stages(), terminal).read();
        } catch (IllegalArgumentException e) {
            err.println("--stages: " + e.getMessage());
            return MISUSED;
        }
        Console console = new Console(out);
        console.mask(options.secrets().values());
        Result result;
        CountDownLatch over = new CountDownLatch(1);
        try (AwsEngine engine =
                AwsEngine.start(() -> null, endpoint -> true, () -> Addresses.DEFAULT, "aws-cicd-rehearsal")) {
            result = options.endpoint() == null
                    ? locally(options, configuration, engine, console, over)
                    : at(options, configuration, engine, console, over);
        } finally {
            over.countDown();
        }
        return result == Result.SUCCESS ? SUCCEEDED : FAILED;
    }

    private Result locally(
            RehearsalOptions options,
            Configuration configuration,
            AwsEngine engine,
            Console console,
            CountDownLatch over)
            throws IOException, InterruptedException {
        LocalAwsBuilder builder = LocalAws.builder()
                .timing(QUICK)
                .cloudFormationTiming(QUICK_STACKS)
                .data(options.data());
        String region = options.region() == null ? configuration.region() : options.region();
        if (region != null) {
            builder.region(region);
        }
        try (LocalAws local = builder.start()) {
            AwsAccess access = access(local.home().region(), local.endpoint());
            RehearsalAws aws = new RehearsalAws(engine, access, true, new LocalPreparations(local, options, console));
            return run(new Rehearsal(options, configuration, aws, console, new Answers(in)), over);
        }
    }

    private Result at(
            RehearsalOptions options,
            Configuration configuration,
            AwsEngine engine,
            Console console,
            CountDownLatch over)
            throws IOException, InterruptedException {
        URI endpoint = options.endpoint();
        String region = options.region() == null ? configuration.region() : options.region();
        boolean local = InetAddress.getByName(endpoint.getHost()).isLoopbackAddress();
        RehearsalAws aws = new RehearsalAws(engine, access(region, endpoint), local, RehearsalAws.Preparations.NONE);
        return run(new Rehearsal(options, configuration, aws, console, new Answers(in)), over);
    }

    private static AwsAccess access(String region, URI endpoint) {
        return new AwsAccess(region, null, null, null, null, endpoint.toString());
    }

    /** On Ctrl-C the delivery is aborted, which stops its builds, before the process ends. */
    private Result run(Rehearsal rehearsal, CountDownLatch over) throws IOException, InterruptedException {
        Thread abort = new Thread(
                () -> {
                    rehearsal.abort();
                    try {
                        over.await(STOP_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "Abort");
        Runtime.getRuntime().addShutdownHook(abort);
        return rehearsal.run(terminal);
    }
}

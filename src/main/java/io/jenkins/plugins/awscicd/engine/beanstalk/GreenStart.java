package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Hiccups;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/**
 * Begins a blue/green deployment: finds out which environment is live, and has the version brought to the other one, which is a
 * clone or a twin.
 */
final class GreenStart implements RemoteJob.Starter {

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final BlueGreenArguments arguments;
    private final ApplicationVersions versions;
    private final BiFunction<BeanstalkRequest, Gate, RemoteJob.Starter> inPlace;
    private final Journal journal;
    private final JobConsole console;
    private final Gate gate;

    private BooleanSupplier wanted = () -> true;
    private volatile RemoteJob.Starter update;
    /** The version that a clone is to be made with, as long as it is made ready; null before. */
    private volatile CompletableFuture<String> preparing;

    /**
     * @param inPlace has an environment updated, once a gate is passed
     * @param gate asked about what is live, before anything is done that is to replace it
     */
    GreenStart(
            AwsSession session,
            BeanstalkRequest request,
            ApplicationVersions versions,
            BiFunction<BeanstalkRequest, Gate, RemoteJob.Starter> inPlace,
            Journal journal,
            JobConsole console,
            Gate gate) {
        this.session = session;
        this.request = request;
        this.arguments = request.blueGreen();
        this.versions = versions;
        this.inPlace = inPlace;
        this.journal = journal;
        this.console = console;
        this.gate = gate;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        String twin = arguments.twin();
        return call(EnvironmentService.DESCRIBE, () -> sides(twin))
                .thenCompose(sides -> twin == null ? clone(sides) : update(twin));
    }

    @Override
    public void unwanted() {
        RemoteJob.Starter waiting = update;
        if (waiting != null) {
            waiting.unwanted();
        }
        leavePreparing();
    }

    @Override
    public void abandoned() {
        RemoteJob.Starter waiting = update;
        if (waiting != null) {
            waiting.abandoned();
        }
        leavePreparing();
    }

    private void leavePreparing() {
        CompletableFuture<String> version = preparing;
        if (version != null) {
            version.completeExceptionally(new CancellationException("Aborted before an environment was cloned"));
        }
    }

    private <T> CompletableFuture<T> call(String action, Supplier<T> call) {
        return call(session, request, action, call);
    }

    /** Fails with {@link AwsCallException}, or with what says by itself what is wrong. */
    static <T> CompletableFuture<T> call(
            AwsSession session, BeanstalkRequest request, String action, Supplier<T> call) {
        return session.call(action, AwsSession.PATIENCE, Hiccups.UNHEARD, call).exceptionallyCompose(failure -> {
            Throwable cause = AwsCallException.unwrap(failure);
            boolean clear = cause instanceof CancellationException
                    || cause instanceof IllegalArgumentException
                    || cause instanceof Refused;
            return CompletableFuture.failedFuture(
                    clear
                            ? cause
                            : AwsCallException.of(
                                    action,
                                    "application '" + request.application() + "' in " + session.region(),
                                    cause));
        });
    }

    private void checkWanted() {
        checkWanted(wanted);
    }

    static void checkWanted(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("Aborted before an environment was touched");
        }
    }

    /** Run by the lane. Before a restart it may have been found out already: what is live may have changed since, by us. */
    private Sides sides(@CheckForNull String twin) {
        Sides kept = Sides.kept(journal);
        if (kept != null) {
            return kept;
        }
        checkWanted();
        ApplicationEnvironments all = ApplicationEnvironments.read(session, request.application());
        String cname = Objects.requireNonNull(arguments.cname());
        EnvironmentDescription blue;
        if (twin == null) {
            blue = all.live(cname);
            checkTier("cname", blue);
        } else {
            EnvironmentDescription one = all.get("environment", request.environment(), "check its name");
            EnvironmentDescription other = all.get(
                    "twin",
                    twin,
                    "it may have been terminated: create it again, or leave twin out to have a clone made for each deployment");
            blue = live(one, other, cname);
            EnvironmentDescription green = blue == one ? other : one;
            checkPair(blue, green);
        }
        Sides sides = Sides.of(blue, twin == null);
        sides.keep(journal);
        console.line("Live is " + sides.blue() + " with "
                + (sides.blueLabel().isEmpty() ? "no version" : sides.blueLabel()) + ": " + sides.cname());
        return sides;
    }

    private static EnvironmentDescription live(EnvironmentDescription one, EnvironmentDescription other, String cname) {
        checkTier("environment", one);
        checkTier("twin", other);
        boolean first = ApplicationEnvironments.has(one, cname);
        boolean second = ApplicationEnvironments.has(other, cname);
        if (first == second) {
            throw new IllegalArgumentException("cname: " + (first ? "both " : "neither ") + one.environmentName() + " ("
                    + one.cname() + ")" + (first ? " and " : " nor ") + other.environmentName() + " (" + other.cname()
                    + ") has the CNAME '" + cname + "'; "
                    + (first ? "write the whole CNAME" : "check it, and which environments take turns"));
        }
        return first ? one : other;
    }

    static void checkTier(String argument, EnvironmentDescription one) {
        if (one.tier() != null && "Worker".equals(one.tier().name())) {
            throw new IllegalArgumentException(argument + ": " + one.environmentName()
                    + " is a worker environment: it has a queue and no CNAME, so there is nothing to swap; deploy to it"
                    + " with strategy: 'inPlace'");
        }
    }

    private void checkPair(EnvironmentDescription blue, EnvironmentDescription green) {
        if (green.statusAsString() != null && green.statusAsString().startsWith("Terminat")) {
            throw new IllegalArgumentException("twin: " + green.environmentName() + " is " + green.statusAsString()
                    + "; create it again, or leave twin out to have a clone made for each deployment");
        }
        String ofBlue = platform(blue);
        String ofGreen = platform(green);
        if (!family(ofBlue).equals(family(ofGreen))) {
            throw new IllegalArgumentException("twin: " + green.environmentName() + " is on '" + ofGreen + "', but "
                    + blue.environmentName() + " on '" + ofBlue
                    + "': one bundle cannot run on both; name an environment"
                    + " on the same platform");
        }
        if (!ofBlue.equals(ofGreen)) {
            console.line("Platforms differ: " + blue.environmentName() + " is on " + ofBlue + ", "
                    + green.environmentName() + " on " + ofGreen);
        }
    }

    private static String platform(EnvironmentDescription one) {
        return one.solutionStackName() == null ? String.valueOf(one.platformArn()) : one.solutionStackName();
    }

    /** Of {@code 64bit Amazon Linux 2023 v6.1.0 running Node.js 20} the {@code Node.js}. */
    private static String family(String platform) {
        int running = platform.indexOf(" running ");
        return running < 0
                ? ""
                : platform.substring(running + " running ".length()).split(" ")[0];
    }

    private CompletableFuture<String> clone(Sides sides) {
        GreenClone green = new GreenClone(session, request, sides, journal, console);
        if (!wanted.getAsBoolean() && !green.isNamed()) {
            return CompletableFuture.failedFuture(
                    new CancellationException("Aborted before " + sides.blue() + " was cloned"));
        }
        String made = journal.read().get(Marks.LABEL); // before a restart
        CompletableFuture<String> version = made == null ? versions.ready() : CompletableFuture.completedFuture(made);
        preparing = version;
        if (!wanted.getAsBoolean() && made == null) {
            leavePreparing(); // the abort has come just before
        }
        return version.thenCompose(label -> {
            journal.write(Map.of(Marks.LABEL, label));
            return call(GreenClone.ACTION, () -> {
                if (!green.isNamed()) {
                    gate.pass(request.application(), sides.blue(), label);
                }
                return green.create(label, wanted);
            });
        });
    }

    private CompletableFuture<String> update(String twin) {
        Sides sides = Objects.requireNonNull(Sides.kept(journal));
        String green = sides.blue().equals(twin) ? request.environment() : twin;
        RemoteJob.Starter starter = inPlace.apply(
                request.on(green),
                (application, target, revision) -> gate.exchange(application, sides.blue(), target, revision));
        update = starter;
        return starter.start(wanted);
    }
}

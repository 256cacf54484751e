package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepFailure;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.EnvironmentUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Begins a blue/green deployment between twins: finds out which of them is live, and has the version brought to the other one. Which
 * one that is, is looked at again immediately before it is touched; if they have changed places until then, so do their parts.
 */
public final class TwinStart implements JobStarter {

    /** Somebody has swapped the CNAMEs before anything was begun: the sides are to be told apart anew. */
    private static final class SidesMoved extends StepFailure {
        private static final long serialVersionUID = 1L;

        SidesMoved(String message) {
            super(message);
        }
    }

    private final Step step;
    private final ApplicationVersions versions;
    private final String twin;
    private final String cname;
    private final UpdateJournal journal;

    private BooleanSupplier wanted = () -> true;
    /** What has been begun of it: nothing that could be unwanted yet. */
    private volatile JobStarter update = nobody -> begin();

    public TwinStart(Step step, ApplicationVersions versions) {
        this.step = step;
        this.versions = versions;
        this.twin = Objects.requireNonNull(step.request().blueGreen().twin());
        this.cname = Objects.requireNonNull(step.request().blueGreen().cname());
        this.journal = step.journal();
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        Sides kept = Sides.kept(journal);
        return kept != null && isAsked() ? update(kept) : begin();
    }

    /** Whether something may have been begun, of which the sides are kept. */
    private boolean isAsked() {
        return journal.asked() != null || isConfigured();
    }

    private boolean isConfigured() {
        return journal.configuration().asked() != null;
    }

    private CompletableFuture<String> begin() {
        return PairStart.call(step, wanted, EnvironmentService.DESCRIBE, () -> {
                    if (!wanted.getAsBoolean()) {
                        throw new CancellationException("Aborted before an environment was touched");
                    }
                    return look();
                })
                .thenCompose(this::update);
    }

    /** Run by the lane. */
    private Sides look() {
        ApplicationEnvironments all = ApplicationEnvironments.read(step.session(), step.application());
        EnvironmentSnapshot one = all.get("environment", step.request().environment(), "check its name");
        EnvironmentSnapshot other = all.get(
                "twin",
                twin,
                "it may have been terminated: create it again, or leave twin out to create a clone for each deployment");
        EnvironmentSnapshot blue = live(one, other, cname);
        checkPair(blue, blue == one ? other : one);
        Sides sides = Sides.of(blue, false);
        if (!sides.equals(Sides.kept(journal))) {
            sides.keep(journal);
            sides.report(step.console());
        }
        return sides;
    }

    private CompletableFuture<String> update(Sides sides) {
        String green = sides.blue().equals(twin) ? step.request().environment() : twin;
        JobStarter starter = new EnvironmentUpdate(
                step.on(green).behind(exchange(sides)),
                Set.of(
                        StepTurn.environment(step.request().environment()),
                        StepTurn.environment(twin),
                        StepTurn.cname(cname)),
                versions,
                now -> check(sides));
        update = starter;
        return starter.start(wanted).exceptionallyCompose(failure -> {
            Throwable why = AwsCallException.unwrap(failure);
            if (!(why instanceof SidesMoved)) {
                return CompletableFuture.failedFuture(why);
            }
            if (isConfigured()) {
                return CompletableFuture.failedFuture(new IllegalStateException(why.getMessage()
                        + ", after its settings were changed; nothing was deployed: look at both, and begin again"));
            }
            step.turn().back();
            return begin();
        });
    }

    /** Whoever updates the one is about to have it live instead of the other. */
    private Gate exchange(Sides sides) {
        return new Gate() {
            @Override
            public void pass(String application, String target, String revision) {
                pass(new Where(application, target, null), new What(revision, () -> null));
            }

            @Override
            public void pass(Where next, What what) {
                step.gate()
                        .exchange(
                                new Where(next.application(), sides.blue(), sides.cname()),
                                next,
                                what,
                                VersionContent.of(step, sides.blueLabel()));
            }
        };
    }

    /** What is live is never updated. Run by the lane, immediately before the update. */
    private void check(Sides sides) {
        Sides now = look();
        if (!now.blueId().equals(sides.blueId())) {
            throw new SidesMoved(now.blue() + " is now live, instead of " + sides.blue());
        }
    }

    @Override
    public void unwanted() {
        update.unwanted();
    }

    @Override
    public void abandoned() {
        update.abandoned();
    }

    private static EnvironmentSnapshot live(EnvironmentSnapshot one, EnvironmentSnapshot other, String cname) {
        ApplicationEnvironments.checkTier("environment", one);
        ApplicationEnvironments.checkTier("twin", other);
        boolean first = ApplicationEnvironments.has(one, cname);
        boolean second = ApplicationEnvironments.has(other, cname);
        if (first == second) {
            throw new IllegalArgumentException("cname: " + (first ? "both " : "neither ") + one.name() + " ("
                    + one.cname() + ")" + (first ? " and " : " nor ") + other.name() + " (" + other.cname()
                    + ") has the CNAME '" + cname + "'; "
                    + (first ? "write the full CNAME" : "check it, and which environments take turns"));
        }
        return first ? one : other;
    }

    private void checkPair(EnvironmentSnapshot blue, EnvironmentSnapshot green) {
        if (green.terminating()) {
            throw new IllegalArgumentException("twin: " + green.name() + " is " + green.status()
                    + "; create it again, or leave twin out to create a clone for each deployment");
        }
        String ofBlue = blue.platform();
        String ofGreen = green.platform();
        if (!family(ofBlue).equals(family(ofGreen))) {
            throw new IllegalArgumentException("twin: " + green.name() + " is on '" + ofGreen + "', but "
                    + blue.name() + " on '" + ofBlue
                    + "': one bundle cannot run on both; name an environment"
                    + " on the same platform");
        }
        if (!ofBlue.equals(ofGreen)) {
            step.console()
                    .line("Platforms differ: " + blue.name() + " is on " + ofBlue + ", " + green.name() + " on "
                            + ofGreen);
        }
    }

    /** Of {@code 64bit Amazon Linux 2023 v6.1.0 running Node.js 20} the {@code Node.js}. */
    private static String family(String platform) {
        int running = platform.indexOf(" running ");
        return running < 0
                ? ""
                : platform.substring(running + " running ".length()).split(" ")[0];
    }
}

package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Has an environment updated to a version when its turn has come: behind those of our own that wait for the same environment, and as
 * soon as nothing else is being done to it. While it waits it costs no thread, and no call but for its share in watching.
 *
 * <p>AWS takes a version and other settings in updates of their own only. The settings go first: a new version may need them, and one
 * that AWS does not take is found out before anything of the version is seen.
 */
public final class EnvironmentUpdate extends TurnStart {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Set<String> places;
    private final ApplicationVersions versions;
    private final EnvironmentCalls calls;
    private final UpdateJournal journal;
    private final EnvironmentWait busy;

    /** AWS has been asked to begin it, and may have done so whatever it answered. */
    private volatile boolean tried;

    private ConfigurationUpdate configuring;
    private String label;
    private boolean left;

    /**
     * @param places what nobody else is to change meanwhile
     * @param check looks once more, immediately before something is begun, and fails if nothing is to be
     */
    public EnvironmentUpdate(
            Step step, Set<String> places, ApplicationVersions versions, Consumer<EnvironmentSnapshot> check) {
        super(step, step.request().environment());
        this.places = places;
        this.versions = versions;
        this.calls = new EnvironmentCalls(step, check);
        this.journal = step.journal();
        this.busy = new EnvironmentWait(step, calls.others(), serial, this::attempt, this::fail);
    }

    @Override
    protected void prepare() {
        (journal.hasLabel() // before a restart
                        ? CompletableFuture.completedFuture(journal.label())
                        : versions.ready(wanted))
                .whenComplete((ready, failure) -> serial.execute(() -> {
                    if (failure == null) {
                        label = ready;
                        journal.label(ready);
                        find();
                    } else {
                        fail(AwsCallException.unwrap(failure));
                    }
                }));
    }

    /** What was begun before a restart needs no turn, and gives way to nobody any more. */
    private void find() {
        if (journal.asked() == null) {
            lineUp(places);
            return;
        }
        call(
                step.session().call(EventReader.ACTION, AwsSession.PATIENCE, this::onRetry, () -> calls.begun(label)),
                found -> found.ifPresentOrElse(started::complete, () -> lineUp(places)));
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            if (configuring != null) {
                configuring.job().stop();
            } else {
                failUnlessCalling();
            }
        });
    }

    @Override
    public void abandoned() {
        serial.execute(() -> {
            left = true;
            failUnlessCalling();
        });
    }

    @Override
    protected CancellationException aborted() {
        return new CancellationException("Aborted before the environment was updated");
    }

    @Override
    protected void leave() {
        busy.leave();
        if (configuring != null) {
            configuring.job().abandon();
            configuring = null;
        }
    }

    @Override
    protected boolean isUnderWay() {
        return calling || configuring != null;
    }

    /** What an older run of the job is at may be to be aborted, although that one has the turn. */
    @Override
    public void behind(@NonNull Turn other) {
        super.behind(other);
        if (step.request().abortsOwn() && other.job().equals(turn().job()) && other.order() < turn().order()) {
            step.session()
                    .call(EnvironmentService.DESCRIBE, PATIENCE, this::onRetry, calls::id)
                    .whenComplete((id, failure) -> serial.execute(() -> {
                        if (id != null && isToWait() && !started.isDone()) {
                            busy.leave();
                            busy.begin(id);
                        }
                    }));
        }
    }

    @Override
    protected void attempt() {
        if (isUnderWay() || started.isDone() || isToWait()) {
            return;
        }
        leave();
        boolean configures = calls.toConfigure();
        call(
                step.session()
                        .callWhile(
                                () -> wanted.getAsBoolean() || tried,
                                () -> !wanted.getAsBoolean(), // then it is only looked for, and somebody waits for that
                                EnvironmentCalls.UPDATE,
                                PATIENCE,
                                this::onRetry,
                                this::begin),
                id -> {
                    if (configures && calls.toConfigure() && !left) {
                        configured(id);
                    } else {
                        started.complete(id);
                    }
                });
    }

    /** Run by the lane. */
    private String begin() {
        tried = true;
        if (wanted.getAsBoolean()) {
            turn.take(places);
        }
        return calls.begin(label, this::checkWanted);
    }

    private void configured(String id) {
        String environment = step.request().environment();
        step.console().line("Changing the settings of " + environment + " before deploying " + label);
        ConfigurationUpdate now = new ConfigurationUpdate(step);
        configuring = now;
        now.job().resume(id);
        if (!wanted.getAsBoolean()) {
            now.job().stop();
        }
        now.cause()
                .whenComplete((cause, failure) -> serial.execute(() -> {
                    configuring = null;
                    if (failure != null) {
                        fail(AwsCallException.unwrap(failure));
                    } else if (cause == null) {
                        journal.configured(true);
                        attempt();
                    } else {
                        fail(
                                wanted.getAsBoolean()
                                        ? new IllegalStateException(environment + " did not get its new settings, and "
                                                + label + " was not deployed: " + cause)
                                        : aborted());
                    }
                }));
    }

    @Override
    protected boolean mayBeBegun() {
        return journal.asked() != null;
    }

    @Override
    protected void refused(Throwable failure) {
        if (failure instanceof Refused && calls.mayBeUnseen()) { // what may have been begun before is followed
            step.scheduler().pause(LOOK_AGAIN).thenRun(() -> serial.execute(this::attempt));
            return;
        }
        Throwable why = step.failure(
                EnvironmentCalls.UPDATE,
                "environment '" + step.request().environment() + "' of application '" + step.application() + "'",
                failure);
        if (why instanceof EnvironmentBusy now) {
            busy(
                    now.getMessage() + "; wait for it with whenBusy: 'wait', or try again when it is Ready",
                    () -> waitFor(now.environment()));
        } else {
            super.refused(why);
        }
    }

    private void waitFor(EnvironmentSnapshot environment) {
        if (!calls.isBegun()) {
            turn.back(); // an older one may come yet
        }
        report("Waiting for " + environment.name() + ", which is " + environment.status());
        busy.begin(environment.id());
    }
}

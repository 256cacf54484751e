package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Superseded;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.engine.job.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Has an environment updated to a version when its turn has come: behind those of our own that wait for the same environment, and as
 * soon as nothing else is being done to it. While it waits it costs no thread, and no call but for its share in watching.
 *
 * <p>AWS takes a version and other settings in updates of their own only. The settings go first: a new version may need them, and one
 * that AWS does not take is found out before anything of the version is seen.
 */
final class EnvironmentUpdate implements RemoteJob.Starter, TurnQueue.Waiting {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AwsSession session;
    private final TurnQueue queue;
    private final BeanstalkRequest request;
    private final Turn turn;
    private final ApplicationVersions versions;
    private final EnvironmentCalls calls;
    private final Supplier<ConfigurationUpdate.Followed> follow;
    private final Journal journal;
    private final JobConsole console;
    private final EnvironmentWait busy;
    private final Serial serial;
    private final CompletableFuture<String> started = new CompletableFuture<>();

    private BooleanSupplier wanted = () -> true;
    private ConfigurationUpdate.Followed configuring;
    /** A newer run that waits too, and before which this one is not to be deployed any more; null if there is none. */
    private volatile Turn newest;

    private String label;
    private boolean calling;
    private boolean left;
    private String toldBehind = "";

    /**
     * @param follow follows an update of the settings
     * @param journal knows what was asked for already, before a restart
     */
    EnvironmentUpdate(
            AwsSession session,
            Scheduler scheduler,
            Watcher watcher,
            EnvironmentService service,
            TurnQueue queue,
            BeanstalkRequest request,
            Turn turn,
            ApplicationVersions versions,
            EnvironmentCalls calls,
            Supplier<ConfigurationUpdate.Followed> follow,
            Journal journal,
            JobConsole console) {
        this.session = session;
        this.queue = queue;
        this.request = request;
        this.turn = turn;
        this.versions = versions;
        this.calls = calls;
        this.follow = follow;
        this.journal = journal;
        this.console = console;
        this.serial = new Serial(scheduler::execute);
        this.busy = new EnvironmentWait(session, watcher, service, calls, request.abortsOwn(), console, new Listener());
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        started.whenComplete((id, failure) -> {
            serial.execute(this::leave);
            queue.leave(this);
        });
        String made = journal.read().get(Marks.LABEL); // before a restart
        (made == null ? versions.ready() : CompletableFuture.completedFuture(made))
                .whenComplete((ready, failure) -> serial.execute(() -> {
                    if (failure == null) {
                        label = ready;
                        journal.write(Map.of(Marks.LABEL, ready));
                        find();
                    } else {
                        started.completeExceptionally(AwsCallException.unwrap(failure));
                    }
                }));
        return started;
    }

    /** What was begun before a restart needs no turn, and gives way to nobody any more. */
    private void find() {
        if (journal.read().getOrDefault(Marks.ASKED, "").isEmpty()) {
            lineUp();
            return;
        }
        calling = true;
        session.call(EventReader.ACTION, AwsSession.PATIENCE, this::hiccup, () -> calls.begun(label))
                .whenComplete((found, failure) -> serial.execute(() -> {
                    calling = false;
                    if (failure != null) {
                        refused(AwsCallException.unwrap(failure));
                    } else if (found != null) {
                        started.complete(found.id());
                    } else {
                        lineUp();
                    }
                }));
    }

    private void lineUp() {
        if (request.failsWhenBusy() || !wanted.getAsBoolean()) {
            attempt();
            return;
        }
        queue.join(this);
        if (started.isDone()) {
            queue.leave(this); // it became unwanted just before it joined
        }
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            if (configuring != null) {
                configuring.job().stop();
            } else if (!calling) { // a call that is under way may yet begin it
                started.completeExceptionally(aborted());
            }
        });
    }

    @Override
    public void abandoned() {
        serial.execute(() -> {
            left = true;
            if (!calling) {
                started.completeExceptionally(aborted());
            }
        });
    }

    private static CancellationException aborted() {
        return new CancellationException("Aborted before the environment was updated");
    }

    private void leave() {
        busy.leave();
        if (configuring != null) {
            configuring.job().abandon();
            configuring = null;
        }
    }

    @Override
    public Turn turn() {
        return turn;
    }

    @Override
    public boolean yields() {
        return request.newestWins();
    }

    @Override
    public void first() {
        serial.execute(this::attempt);
    }

    @Override
    public void behind(@NonNull Turn other) {
        serial.execute(() ->
                tellBehind("Waiting behind " + other.name() + ", whose turn it is in '" + request.environment() + "'"));
    }

    @Override
    public void outdated(@NonNull Turn newer) {
        serial.execute(() -> {
            newest = newer;
            if (!calling && configuring == null) { // else it is begun already, or at this moment
                started.completeExceptionally(superseded());
            }
        });
    }

    @Override
    public void amongOwn(@NonNull String why) {
        serial.execute(() -> console.line("Runs with other credentials may deploy to '" + request.environment()
                + "' out of turn, as AWS does not say which account this is: " + why));
    }

    private Superseded superseded() {
        return new Superseded("Stepped aside for " + newest.name() + ", which is newer and waits as well");
    }

    /** Run before each call: it may have waited for its turn to be made. */
    private void checkWanted() {
        if (!wanted.getAsBoolean()) {
            throw aborted();
        }
        if (newest != null) {
            throw superseded();
        }
    }

    private void attempt() {
        if (calling || configuring != null || started.isDone()) {
            return;
        }
        if (!request.failsWhenBusy() && wanted.getAsBoolean() && !queue.isFirst(this)) {
            return; // an older one has come: it is called again when that has gone
        }
        leave();
        calling = true;
        boolean configures = calls.toConfigure();
        session.call(EnvironmentCalls.UPDATE, PATIENCE, this::hiccup, () -> calls.begin(label, this::checkWanted))
                .whenComplete((environment, failure) -> serial.execute(() -> {
                    calling = false;
                    if (failure != null) {
                        refused(AwsCallException.unwrap(failure));
                    } else if (configures && calls.toConfigure() && !left) {
                        configured(environment);
                    } else {
                        started.complete(environment.id());
                    }
                }));
    }

    private void configured(EnvironmentSnapshot environment) {
        console.line("Changing what " + environment.name() + " is like, before it gets " + label);
        configuring = follow.get();
        ConfigurationUpdate.Followed now = configuring;
        now.job().resume(environment.id());
        if (!wanted.getAsBoolean()) {
            now.job().stop();
        }
        now.update()
                .end()
                .whenComplete((last, failure) -> serial.execute(() -> {
                    configuring = null;
                    if (failure != null) {
                        started.completeExceptionally(AwsCallException.unwrap(failure));
                        return;
                    }
                    String cause = now.cause(last);
                    if (cause == null) {
                        journal.write(Map.of(Marks.CONFIGURED, "true"));
                        attempt();
                    } else {
                        started.completeExceptionally(
                                wanted.getAsBoolean()
                                        ? new IllegalStateException(
                                                environment.name() + " has not become what it is to be, and " + label
                                                        + " was not deployed: " + cause)
                                        : aborted());
                    }
                }));
    }

    private void refused(Throwable why) {
        if (why instanceof EnvironmentBusy && !wanted.getAsBoolean()) {
            started.completeExceptionally(aborted());
        } else if (why instanceof EnvironmentBusy && newest != null) {
            started.completeExceptionally(superseded());
        } else if (why instanceof EnvironmentBusy now && request.failsWhenBusy()) {
            started.completeExceptionally(new IllegalArgumentException("whenBusy: " + now.getMessage()
                    + "; wait for it with whenBusy: 'wait', or try again when it is Ready"));
        } else if (why instanceof EnvironmentBusy now) {
            waitFor(now.environment());
        } else if (why instanceof CancellationException
                || why instanceof IllegalArgumentException
                || why instanceof Refused
                || why instanceof Superseded) {
            started.completeExceptionally(why);
        } else {
            started.completeExceptionally(AwsCallException.of(
                    EnvironmentCalls.UPDATE,
                    "environment '" + request.environment() + "' of application '" + request.application() + "' in "
                            + session.region(),
                    why));
        }
    }

    private void waitFor(EnvironmentSnapshot environment) {
        tellBehind("Waiting for " + environment.name() + ", which is " + environment.status());
        busy.begin(environment.id());
    }

    private final class Listener implements EnvironmentWait.Listener {
        @Override
        public void ready() {
            serial.execute(EnvironmentUpdate.this::attempt);
        }

        @Override
        public void lost(AwsCallException why) {
            serial.execute(() -> started.completeExceptionally(why));
        }
    }

    private void tellBehind(String line) {
        if (!line.equals(toldBehind) && !started.isDone()) {
            toldBehind = line;
            console.line(line);
        }
    }

    private void hiccup(AwsFault fault, Throwable failure) {
        if (fault != AwsFault.BUSY) {
            serial.execute(() -> console.line("Not updated yet, trying on: " + AwsCallException.said(failure)));
        }
    }
}

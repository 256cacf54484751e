package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Starts a deployment when its turn has come: behind those of our own that wait for the same group, and behind the one that is
 * active there. While it waits it costs no thread, and no call but for its share in watching the active one.
 */
final class DeploymentStarter implements JobStarter, TurnQueue.Waiting {

    /** Shorter than when watching: nothing is lost yet, and somebody may be waiting for the message. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A deployment group, which takes one deployment at a time. */
    record Group(String application, String group) {}

    private final AwsSession session;
    private final TurnQueue<Group> queue;
    private final DeploymentRequest request;
    private final Turn turn;
    private final DeploymentCalls calls;
    private final ActiveDeployments active;
    private final boolean again;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Serial serial;
    private final GroupWait wait;
    private final CompletableFuture<String> started = new CompletableFuture<>();

    private BooleanSupplier wanted = () -> true;
    /** A newer run that waits too, and before which this one is not to be deployed any more; null if there is none. */
    private volatile Turn newest;

    private boolean calling;
    private boolean reportedTrouble;
    private String reportedBehind = "";

    /** @param again whether it may have been created already, before a restart */
    DeploymentStarter(
            AwsSession session,
            Scheduler scheduler,
            Watcher watcher,
            TurnQueue<Group> queue,
            DeploymentRequest request,
            Turn turn,
            DeploymentCalls calls,
            ActiveDeployments active,
            boolean again,
            JobConsole console) {
        this.session = session;
        this.queue = queue;
        this.request = request;
        this.turn = turn;
        this.calls = calls;
        this.active = active;
        this.again = again;
        this.scheduler = scheduler;
        this.console = console;
        this.serial = new Serial(scheduler::execute);
        this.wait = new GroupWait(
                session, scheduler, watcher, request.group(), active, serial, this::attempt, this::tellBehind);
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        started.whenComplete((id, failure) -> {
            serial.execute(wait::leave);
            queue.leave();
        });
        if (again) {
            serial.execute(this::find);
        } else {
            lineUp();
        }
        return started;
    }

    /** What was created before a restart needs no turn, and gives way to nobody any more. */
    private void find() {
        calling = true;
        session.call(DeploymentCalls.LIST, AwsSession.PATIENCE, this::onRetry, calls::find)
                .whenComplete((found, failure) -> serial.execute(() -> {
                    calling = false;
                    if (failure != null) {
                        refused(AwsCallException.unwrap(failure));
                    } else if (found.isPresent()) {
                        started.complete(found.get());
                    } else {
                        lineUp();
                    }
                }));
    }

    private void lineUp() {
        if (request.failsWhenBusy() || !wanted.getAsBoolean()) {
            serial.execute(this::attempt);
            return;
        }
        Set<Group> places = Set.of(new Group(request.application(), request.group()));
        if (again) {
            queue.joinAgain(this, places, scheduler);
        } else {
            queue.join(this, places);
        }
        if (started.isDone()) {
            queue.leave(); // it became unwanted just before it joined
        }
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            if (!calling) { // a call that is under way may yet create it
                started.completeExceptionally(new CancellationException("Aborted before the deployment was created"));
            }
        });
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
        serial.execute(
                () -> tellBehind("Waiting behind " + other.name() + ", whose turn it is in '" + request.group() + "'"));
    }

    @Override
    public void outdated(@NonNull Turn newer) {
        serial.execute(() -> {
            newest = newer;
            if (!calling) { // else it may be created at this moment
                started.completeExceptionally(superseded());
            }
        });
    }

    @Override
    public void amongOwn(@NonNull String why) {
        serial.execute(() -> console.line("Runs with other credentials may deploy to '" + request.group()
                + "' out of turn, because AWS does not say which account this is: " + why));
    }

    private Superseded superseded() {
        return new Superseded("Stepped aside for " + newest.name() + ", which is newer and waits as well");
    }

    /** Run before each call: it may have waited for its turn to be made. */
    private void checkWanted() {
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("Aborted before the deployment was created");
        }
        if (newest != null) {
            throw superseded();
        }
    }

    private void attempt() {
        if (calling || started.isDone()) {
            return;
        }
        if (!request.failsWhenBusy() && wanted.getAsBoolean() && !queue.isFirst()) {
            return; // an older one has come: it is called again when that has gone
        }
        wait.leave();
        calling = true;
        session.callWhile(
                        () -> wanted.getAsBoolean() || calls.mayBeCreated(),
                        () -> !wanted.getAsBoolean(), // then it is only looked for, and somebody waits for that
                        DeploymentCalls.CREATE,
                        PATIENCE,
                        this::onRetry,
                        () -> calls.create(
                                this::checkWanted, () -> active.of(session, request.application(), request.group())))
                .whenComplete((id, failure) -> serial.execute(() -> {
                    calling = false;
                    if (failure == null) {
                        started.complete(id);
                    } else {
                        refused(AwsCallException.unwrap(failure));
                    }
                }));
    }

    private void refused(Throwable why) {
        if (why instanceof CancellationException || why instanceof Superseded || why instanceof Refused) {
            started.completeExceptionally(why);
        } else if (why instanceof GroupBusy && newest != null) {
            started.completeExceptionally(superseded());
        } else if (why instanceof GroupBusy busy && wanted.getAsBoolean() && !request.failsWhenBusy()) {
            wait.begin(busy);
        } else if (why instanceof GroupBusy busy) {
            started.completeExceptionally(
                    wanted.getAsBoolean()
                            ? new IllegalArgumentException("whenBusy: " + busy.getMessage()
                                    + "; wait for it with whenBusy: 'wait', or try again when it has ended")
                            : new CancellationException("Aborted before the deployment was created"));
        } else {
            started.completeExceptionally(AwsCallException.of(
                    DeploymentCalls.CREATE,
                    "deployment group '" + request.group() + "' of application '" + request.application() + "' in "
                            + session.region(),
                    why));
        }
    }

    private void tellBehind(@CheckForNull String line) {
        if (line != null && !line.equals(reportedBehind) && !started.isDone()) {
            reportedBehind = line;
            console.line(line);
        }
    }

    private void onRetry(AwsFault fault, Throwable failure) {
        serial.execute(() -> {
            if (fault != AwsFault.BUSY && !reportedTrouble) {
                reportedTrouble = true;
                console.line("Not started yet, retrying: " + AwsCallException.said(failure));
            }
        });
    }
}

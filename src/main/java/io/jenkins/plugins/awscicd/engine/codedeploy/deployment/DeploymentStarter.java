package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.QueuedStart;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Starts a deployment when its turn has come: behind those of our own that wait for the same group, and behind the one that is
 * active there. While it waits it costs no thread, and no call but for its share in watching the active one.
 */
final class DeploymentStarter extends QueuedStart<DeploymentStarter.Group> {

    /** Shorter than when watching: nothing is lost yet, and somebody may be waiting for the message. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A deployment group, which takes one deployment at a time. */
    record Group(String application, String group) {}

    private final AwsSession session;
    private final TurnQueue<Group> queue;
    private final DeploymentRequest request;
    private final DeploymentCalls calls;
    private final ActiveDeployments active;
    private final boolean again;
    private final GroupWait wait;

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
        super(
                scheduler,
                queue,
                turn,
                again,
                console,
                "in '" + request.group() + "'",
                "deploy to '" + request.group() + "'");
        this.session = session;
        this.queue = queue;
        this.request = request;
        this.calls = calls;
        this.active = active;
        this.again = again;
        this.wait = new GroupWait(
                session, scheduler, watcher, request.group(), active, serial, this::attempt, this::report);
    }

    @Override
    protected void prepare() {
        if (again) {
            serial.execute(this::find);
        } else {
            lineUp();
        }
    }

    /** What was created before a restart needs no turn, and gives way to nobody any more. */
    private void find() {
        call(
                session.call(DeploymentCalls.LIST, AwsSession.PATIENCE, this::onRetry, calls::find),
                found -> found.ifPresentOrElse(started::complete, this::lineUp));
    }

    private void lineUp() {
        lineUp(Set.of(new Group(request.application(), request.group())));
    }

    @Override
    protected void leave() {
        wait.leave();
        queue.leave();
    }

    @Override
    protected CancellationException aborted() {
        return new CancellationException("Aborted before the deployment was created");
    }

    @Override
    protected boolean failsWhenBusy() {
        return request.failsWhenBusy();
    }

    @Override
    protected boolean mayBeBegun() {
        return calls.mayBeCreated();
    }

    @Override
    public boolean yields() {
        return request.newestWins();
    }

    @Override
    protected void attempt() {
        if (calling || started.isDone()) {
            return;
        }
        if (isToWait()) {
            return; // an older one has come: it hears of that
        }
        wait.leave();
        call(
                session.callWhile(
                        () -> wanted.getAsBoolean() || calls.mayBeCreated(),
                        () -> !wanted.getAsBoolean(), // then it is only looked for, and somebody waits for that
                        DeploymentCalls.CREATE,
                        PATIENCE,
                        this::onRetry,
                        () -> calls.create(
                                this::checkWanted, () -> active.of(session, request.application(), request.group()))),
                started::complete);
    }

    @Override
    protected void refused(Throwable why) {
        if (why instanceof CancellationException
                || why instanceof Superseded
                || why instanceof Refused
                || why instanceof IllegalArgumentException) {
            fail(why);
        } else if (why instanceof GroupBusy other) {
            busy(
                    other.getMessage() + "; wait for it with whenBusy: 'wait', or try again when it has ended",
                    () -> wait.begin(other));
        } else {
            String group = "deployment group '" + request.group() + "' of application '" + request.application()
                    + "' in " + session.region();
            fail(AwsCallException.of(DeploymentCalls.CREATE, group, why));
        }
    }
}

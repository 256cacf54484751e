package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Marker;
import io.jenkins.plugins.awscicd.engine.job.LateSuccessor;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.BusyWatch;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits until the deployment that is active in a group, and the rollback that may come after it, are over. Called in order, and calls
 * back so.
 */
final class GroupWait {

    /** When AWS does not say which deployment is in the way. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final CodeDeployService service = new CodeDeployService(false);
    private final BusyWatch<DeploymentSnapshot> busy;
    private final String group;
    private final ActiveDeployments active;
    private final Serial serial;
    private final Runnable attempt;
    private final Consumer<String> tell;

    private String blocking;
    private Scheduler.Task alarm = () -> {};
    private LateSuccessor<DeploymentSnapshot> rollback;

    /**
     * @param attempt run when there may be room
     * @param tell says what is waited for
     */
    GroupWait(
            AwsSession session,
            Scheduler scheduler,
            Watcher watcher,
            String group,
            ActiveDeployments active,
            Serial serial,
            Runnable attempt,
            Consumer<String> tell) {
        this.session = session;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.group = group;
        this.active = active;
        this.serial = serial;
        this.attempt = attempt;
        this.tell = tell;
        this.busy = new BusyWatch<>(session, watcher, service, serial, this::seen, why -> lost());
    }

    void begin(@NonNull GroupBusy why) {
        String blockingId = why.blocking();
        if (blockingId == null) {
            alarm = scheduler.schedule(AGAIN, () -> serial.execute(attempt));
            tell.accept(why.getMessage());
            return;
        }
        blocking = blockingId;
        busy.begin(blockingId);
    }

    private void seen(DeploymentSnapshot now) {
        if (now.ended() && now.successorDue()) {
            waitForRollback(now);
        } else if (now.ended()) {
            over(now.id());
        } else {
            reportActive(now);
        }
    }

    /** Nothing more is heard of it: AWS says whether it is in the way. */
    private void lost() {
        String id = blocking;
        alarm = scheduler.schedule(AGAIN, () -> serial.execute(() -> over(id)));
        tell.accept("Waiting for " + id);
    }

    /** What is created before it would be rolled back in its place, or be in its way. */
    private void waitForRollback(DeploymentSnapshot failed) {
        tell.accept("Waiting for AWS to roll back " + named(failed) + ", which has failed in '" + group + "'");
        rollback = new LateSuccessor<>(session, service, scheduler, watcher, failed);
        rollback.find().thenAccept(named -> serial.execute(() -> over(failed.id())));
    }

    private void over(String blockingId) {
        active.ended(blockingId);
        attempt.run();
    }

    private void reportActive(DeploymentSnapshot blocking) {
        tell.accept("Waiting for " + named(blocking) + ", which deploys to '" + group + "'"
                + (blocking.rollbackOf() == null ? "" : " to undo " + blocking.rollbackOf()));
    }

    private static String named(DeploymentSnapshot deployment) {
        String whose = Marker.without(deployment.description());
        return deployment.id() + (whose.isEmpty() ? "" : " (" + whose + ")");
    }

    /** Waits no longer. */
    void leave() {
        alarm.cancel();
        busy.leave();
        if (rollback != null) {
            rollback.close();
            rollback = null;
        }
    }
}

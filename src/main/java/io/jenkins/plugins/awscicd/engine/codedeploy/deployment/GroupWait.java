package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Marker;
import io.jenkins.plugins.awscicd.engine.job.LateSuccessor;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
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
    private final String group;
    private final ActiveDeployments active;
    private final Serial serial;
    private final Runnable attempt;
    private final Consumer<String> tell;

    private Watcher.Handle blocking;
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
    }

    void begin(@NonNull GroupBusy busy) {
        String blockingId = busy.blocking();
        if (blockingId == null) {
            alarm = scheduler.schedule(AGAIN, () -> serial.execute(attempt));
            tell.accept(busy.getMessage());
            return;
        }
        blocking = watcher.watch(session, service, blockingId, new Observer<>() {
            @Override
            public void observed(DeploymentSnapshot snapshot) {
                serial.execute(() -> {
                    if (snapshot.ended() && snapshot.successorDue()) {
                        waitForRollback(snapshot);
                    } else if (snapshot.ended()) {
                        over(snapshot.id());
                    } else {
                        tellActive(snapshot);
                    }
                });
            }

            @Override
            public void lost(AwsCallException why) {
                serial.execute(() -> {
                    // Nothing more is heard of it: AWS says whether it is in the way.
                    alarm = scheduler.schedule(AGAIN, () -> serial.execute(() -> over(blockingId)));
                    tell.accept("Waiting for " + blockingId);
                });
            }

            @Override
            public void onRetry(AwsFault fault, Throwable failure) {
                // it only takes longer
            }
        });
    }

    /** What is created before it would be rolled back in its place, or be in its way. */
    private void waitForRollback(DeploymentSnapshot failed) {
        if (blocking == null) {
            return; // left meanwhile
        }
        rollback = new LateSuccessor<>(session, service, scheduler, watcher, failed);
        rollback.find().thenAccept(named -> serial.execute(() -> over(failed.id())));
    }

    private void over(String blockingId) {
        active.ended(blockingId);
        attempt.run();
    }

    private void tellActive(DeploymentSnapshot blocking) {
        String whose = Marker.without(blocking.description());
        tell.accept(
                "Waiting for " + blocking.id() + (whose.isEmpty() ? "" : " (" + whose + ")") + ", which deploys to '"
                        + group + "'" + (blocking.rollbackOf() == null ? "" : " to undo " + blocking.rollbackOf()));
    }

    /** Waits no longer. */
    void leave() {
        alarm.cancel();
        if (blocking != null) {
            blocking.forget();
            blocking = null;
        }
        if (rollback != null) {
            rollback.close();
            rollback = null;
        }
    }
}

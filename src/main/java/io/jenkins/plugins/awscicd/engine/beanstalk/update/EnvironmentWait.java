package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.UpdateAbort;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.BusyWatch;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Consumer;

/**
 * Waits until nothing is being done to an environment any more. What an older run of the same job does there is aborted, where that is
 * asked for. Its methods are called in order.
 */
final class EnvironmentWait {

    private final AwsSession session;
    private final OtherUpdates others;
    private final boolean abortsOlder;
    private final JobConsole console;
    private final Serial serial;
    private final Runnable ready;
    private final BusyWatch<EnvironmentSnapshot> busy;
    /** The older run's update is to be aborted, once. */
    private boolean asked;

    /**
     * @param abortsOlder whether the update of an older run is to be aborted
     * @param ready run when nothing is being done to the environment
     * @param lost told if it can no longer be watched
     */
    EnvironmentWait(
            AwsSession session,
            Watcher watcher,
            EnvironmentService service,
            OtherUpdates others,
            boolean abortsOlder,
            JobConsole console,
            Serial serial,
            Runnable ready,
            Consumer<AwsCallException> lost) {
        this.session = session;
        this.others = others;
        this.abortsOlder = abortsOlder;
        this.console = console;
        this.serial = serial;
        this.ready = ready;
        this.busy = new BusyWatch<>(session, watcher, service, serial, this::seen, lost);
    }

    void begin(@NonNull String environmentId) {
        asked = false;
        busy.begin(environmentId);
    }

    private void seen(EnvironmentSnapshot now) {
        if (now.ready() || now.ended()) {
            ready.run();
        } else if (abortsOlder && now.abortable() && !asked) {
            asked = true;
            abortOlder(now);
        }
    }

    private void abortOlder(EnvironmentSnapshot now) {
        session.call(UpdateAbort.ACTION, AwsSession.PATIENCE, RetryListener.NONE, () -> others.abortOlder(now))
                .whenComplete((whose, failure) -> serial.execute(() -> tell(now, whose, failure)));
    }

    private void tell(EnvironmentSnapshot now, @CheckForNull Turn whose, @CheckForNull Throwable failure) {
        if (!busy.isUnderWay()) {
            return;
        }
        if (failure != null) {
            Throwable why = AwsCallException.unwrap(failure);
            console.line("Waiting for it instead of aborting it: "
                    + (why instanceof IllegalStateException
                            ? why.getMessage()
                            : AwsCallException.of(UpdateAbort.ACTION, now.name(), why)
                                    .getMessage()));
        } else if (whose != null) {
            console.line("Aborting the update of " + whose.name());
        }
    }

    /** Waits no longer. */
    void leave() {
        busy.leave();
    }
}

package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.UpdateAbort;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.BusyWatch;
import java.util.function.Consumer;

/**
 * Waits until nothing is being done to an environment any more. What an older run of the same job does there is aborted, where that is
 * asked for. Its methods are called in order.
 */
final class EnvironmentWait {

    private final Step step;
    private final OtherUpdates others;
    private final Serial serial;
    private final Runnable ready;
    private final BusyWatch<EnvironmentSnapshot> busy;
    /** The older run's update is to be aborted, once. */
    private boolean asked;

    private volatile boolean waiting;

    /**
     * @param ready run when nothing is being done to the environment
     * @param lost told if it can no longer be watched
     */
    EnvironmentWait(Step step, OtherUpdates others, Serial serial, Runnable ready, Consumer<AwsCallException> lost) {
        this.step = step;
        this.others = others;
        this.serial = serial;
        this.ready = ready;
        this.busy = new BusyWatch<>(step.session(), step.watcher(), new EnvironmentService(), serial, this::seen, lost);
    }

    void begin(@NonNull String environmentId) {
        asked = false;
        waiting = true;
        busy.begin(environmentId);
    }

    private void seen(EnvironmentSnapshot now) {
        if (now.ready() || now.ended()) {
            ready.run();
        } else if (step.request().abortsOwn() && now.abortable() && !asked) {
            asked = true;
            abortOlder(now);
        }
    }

    private void abortOlder(EnvironmentSnapshot now) {
        step.callWhile(() -> waiting, UpdateAbort.ACTION, () -> others.abortOlder(now))
                .whenComplete((whose, failure) -> serial.execute(() -> report(now, whose, failure)));
    }

    private void report(EnvironmentSnapshot now, @CheckForNull Turn whose, @CheckForNull Throwable failure) {
        if (!busy.isUnderWay()) {
            return;
        }
        if (failure != null) {
            Throwable why = AwsCallException.unwrap(failure);
            step.console()
                    .line("Waiting for it instead of aborting it: "
                            + (why instanceof IllegalStateException
                                    ? why.getMessage()
                                    : AwsCallException.of(UpdateAbort.ACTION, now.name(), why)
                                            .getMessage()));
        } else if (whose != null) {
            step.console().line("Aborting the update of " + whose.name());
        }
    }

    /** Waits no longer. */
    void leave() {
        waiting = false;
        busy.leave();
    }
}

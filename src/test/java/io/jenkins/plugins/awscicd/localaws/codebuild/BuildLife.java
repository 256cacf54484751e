package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A build's way from QUEUED to COMPLETED: what leads from one phase to the next outside of the work itself, and what breaks it off.
 */
final class BuildLife {

    private static final Logger LOGGER = Logger.getLogger(BuildLife.class.getName());
    private static final Phase.Context TIMED_OUT = new Phase.Context("BUILD_TIMED_OUT", "Build has timed out. ");

    private final Build build;
    private final Work work;
    private final SimulatedTime time;
    private final Predicate<Status> finalized;
    private final Consumer<BuildLife> whenComplete;
    private final List<Alarm> alarms = new ArrayList<>();
    private boolean working;
    private Status breakingOff;

    /** @param finalized whether work that has ended like this is followed by a FINALIZING phase */
    BuildLife(
            Build build, Work work, SimulatedTime time, Predicate<Status> finalized, Consumer<BuildLife> whenComplete) {
        this.build = build;
        this.work = work;
        this.time = time;
        this.finalized = finalized;
        this.whenComplete = whenComplete;
    }

    Build build() {
        return build;
    }

    /** Waits its time in the queue, then says that it is ready. */
    void queue(Duration queued, Runnable ready) {
        arm(build.settings().queuedTimeout(), () -> breakOff(Status.TIMED_OUT));
        arm(queued, ready);
    }

    /** Its turn has come. */
    void provision(Duration provisioning) {
        synchronized (this) {
            if (build.complete()) {
                return;
            }
            disarm();
            build.leave(Status.SUCCEEDED, Phase.Context.NONE, time.now());
            build.enter(PhaseType.PROVISIONING, time.now());
        }
        arm(build.settings().timeout(), () -> breakOff(Status.TIMED_OUT));
        arm(provisioning, this::work);
    }

    private void work() {
        synchronized (this) {
            if (build.complete()) {
                return;
            }
            working = true;
            build.leave(Status.SUCCEEDED, Phase.Context.NONE, time.now());
        }
        try {
            work.begin(this::over);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The work of " + build.id() + " could not begin", e);
            over(Status.FAULT);
        }
    }

    void resume() {
        work.resume();
    }

    /** Stops it, or ends it because its time is over. Does nothing when it is complete. */
    void breakOff(Status why) {
        synchronized (this) {
            if (build.complete() || breakingOff != null) {
                return;
            }
            breakingOff = why;
            if (!working) {
                build.leave(why, why == Status.TIMED_OUT ? TIMED_OUT : Phase.Context.NONE, time.now());
            }
        }
        if (working) {
            work.breakOff(why);
        } else {
            complete(why);
        }
    }

    private void over(Status status) {
        if (finalized.test(status)) {
            synchronized (this) {
                build.enter(PhaseType.FINALIZING, time.now());
                build.leave(Status.SUCCEEDED, Phase.Context.NONE, time.now());
            }
        }
        complete(status);
    }

    private void complete(Status status) {
        disarm();
        if (build.complete(status, time.now())) {
            whenComplete.accept(this);
        }
    }

    private synchronized void arm(Duration delay, Runnable task) {
        alarms.add(time.after(delay, task));
    }

    private synchronized void disarm() {
        alarms.forEach(Alarm::cancel);
        alarms.clear();
    }
}

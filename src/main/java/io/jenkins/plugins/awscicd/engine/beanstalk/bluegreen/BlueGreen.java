package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.Sequel;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.BusyWatch;
import java.time.Duration;
import java.time.Instant;

/**
 * What follows once green runs the version: it becomes live, the old environment is ended, and after a failure green itself is, if it
 * was made for this. Until the swap the live environment is not touched; from then on nothing is taken back. How far it has come is in
 * the journal.
 */
public final class BlueGreen implements Sequel {

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Step step;
    private final BlueGreenArguments arguments;
    private final CnameSwap swap;
    private final SwapLines lines;
    private final GreenClone clone;
    private final OldEnvironment old;
    /** {@link Sequel#NONE} if nothing is brought back. */
    private final Sequel rollBack;
    /** The environment that is to be replaced, watched beside the one that replaces it. */
    private final BusyWatch<EnvironmentSnapshot> watch;

    private Runnable reconsider = () -> {};
    /** The old environment as it was seen last; null before. */
    private EnvironmentSnapshot blue;
    /** Whether it can no longer be watched. */
    private boolean blueGone;
    /** The end of a clone that is not to become live; null unless it is to be ended. */
    private Termination unwanted;

    private Scheduler.Task alarm = () -> {};
    private boolean tidied;
    private boolean calling;
    private volatile boolean left;
    /** What may have been carried out unheard is asked for again then, however often there is news. */
    private Instant askAgain = Instant.MIN;

    private volatile boolean stopped;

    public BlueGreen(Step step, Sequel rollBack) {
        this.step = step;
        this.arguments = step.request().blueGreen();
        this.swap = new CnameSwap(step);
        this.lines = new SwapLines(step);
        this.clone = new GreenClone(step);
        this.old = new OldEnvironment(step, this::lookAt, () -> reconsider.run());
        this.rollBack = rollBack;
        this.watch = new BusyWatch<>(
                step.session(),
                step.watcher(),
                new EnvironmentService(),
                new Serial(step.scheduler()::execute),
                this::blueSeen,
                this::blueLost);
    }

    @Override
    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
        rollBack.reconsider(again);
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        rollBack.looked(now);
    }

    /** Creating an environment cannot be aborted: a clone is terminated instead. */
    @Override
    public boolean endsUpdate() {
        Sides sides = Sides.kept(step.journal());
        return sides != null && sides.cloned();
    }

    @Override
    public synchronized boolean isOver(
            @NonNull EnvironmentSnapshot green, @CheckForNull String cause, boolean stopping) {
        left = false;
        stopped = stopping;
        Sides sides = sides();
        tidyUp();
        if (swap.isSwapped()) {
            return isOldEnded(sides, stopping);
        }
        if (swap.isRefused()) {
            return true;
        }
        if (!swap.isAsked() && (stopping || cause(cause) != null)) {
            return !calling && isDiscarded(green, sides, cause(cause), stopping);
        }
        if (cause(cause) != null || !arguments.swaps()) {
            return true;
        }
        return isSwapped(green, sides) && (!swap.isSwapped() || isOldEnded(sides, stopping));
    }

    /** After a crash the template of the clone may be left. */
    private void tidyUp() {
        if (!tidied) {
            tidied = true;
            clone.tidyUp();
        }
    }

    private boolean isOldEnded(Sides sides, boolean stopping) {
        if (!arguments.terminatesOld()) {
            return true;
        }
        if (old.isLeft(sides, stopping)) {
            return true;
        }
        EnvironmentSnapshot now = blue();
        return blueGone || old.isEnded(now, sides, stopping);
    }

    private Sides sides() {
        Sides sides = Sides.kept(step.journal());
        if (sides == null) {
            throw new IllegalStateException("It is no longer known which environment was live: the journal is lost");
        }
        return sides;
    }

    private boolean isDiscarded(EnvironmentSnapshot green, Sides sides, @CheckForNull String cause, boolean stopping) {
        if (rollBack != Sequel.NONE) {
            return rollBack.isOver(green, cause, stopping);
        }
        if (!sides.cloned() || !stopping && !arguments.rollsBack()) {
            return true;
        }
        if (unwanted == null) {
            unwanted = new Termination(step, sides.cname(), null, () -> reconsider.run());
        }
        return unwanted.isOver(green, stopping);
    }

    private boolean isSwapped(EnvironmentSnapshot green, Sides sides) {
        if (CnameSwap.isDone(green, blue(), sides)) {
            conclude(green, sides);
            return true;
        }
        if (swap.isAsked() && !step.now().isBefore(swap.deadline())) {
            fail(lines.notSwapped(green, sides, swap));
            return true;
        }
        if (swap.isTaken()) {
            lookAt(swap.deadline());
        } else if (!calling && blue() != null && !(swap.isAsked() && step.now().isBefore(askAgain))) {
            ask(green, sides);
        }
        return false;
    }

    /** Customers come to green now: whether to what was deployed there is another question. */
    private void conclude(EnvironmentSnapshot green, Sides sides) {
        String label = step.journal().label();
        if (!green.versionLabel().equals(label)) {
            fail(SwapLines.updatedMeanwhile(green, sides, label));
            return;
        }
        swap.swapped();
        step.turn().done();
        lines.swapped(green, sides, swap);
    }

    private void ask(EnvironmentSnapshot green, Sides sides) {
        calling = true;
        if (!swap.isAsked()) {
            lines.swapping(green, sides);
        }
        swap.ask(green.id(), sides, () -> !stopped, () -> left).whenComplete((taken, failure) -> {
            synchronized (this) {
                calling = false;
                if (left) {
                    return;
                }
                if (failure != null) {
                    Throwable why = AwsCallException.unwrap(failure);
                    if (why instanceof Refused) { // what is ready is left, as nothing is wrong with it
                        swap.refused();
                        lines.left(green, sides);
                    }
                    fail("the CNAMEs were not swapped: " + why.getMessage());
                } else if (!taken) {
                    askAgain = step.now().plus(AGAIN);
                    lookAt(askAgain);
                    return;
                }
                watch.expedite();
            }
            reconsider.run();
        });
    }

    private void fail(String why) {
        if (!stopped) {
            swap.failed(why);
        }
    }

    @CheckForNull
    private EnvironmentSnapshot blue() {
        if (!watch.isUnderWay()) {
            watch.begin(sides().blueId());
        }
        return blue;
    }

    private void blueSeen(EnvironmentSnapshot now) {
        synchronized (this) {
            blue = now;
        }
        reconsider.run();
    }

    /** AWS shows the old environment no more: it may have been terminated long since. */
    private void blueLost(AwsCallException why) {
        synchronized (this) {
            blueGone = true;
            if (!swap.isSwapped()) {
                fail(sides().blue() + " can no longer be watched: " + why.getMessage());
            }
        }
        reconsider.run();
    }

    private void lookAt(Instant when) {
        alarm.cancel();
        if (!left) {
            alarm = step.scheduler().schedule(Duration.between(step.now(), when), reconsider);
        }
    }

    @Override
    public synchronized void leave() {
        left = true;
        alarm.cancel();
        rollBack.leave();
        watch.leave();
        blue = null;
        blueGone = false;
        if (unwanted != null) {
            unwanted.leave();
        }
        old.leave();
    }

    @Override
    @CheckForNull
    public String cause(@CheckForNull String cause) {
        String whole = cause == null ? swap.failure() : cause;
        return whole == null || swap.isRefused() ? whole : rollBack.cause(whole);
    }

    @Override
    @NonNull
    public String conclusion(@NonNull EnvironmentSnapshot last, @CheckForNull String cause) {
        Sides sides = sides();
        if (swap.isSwapped()) {
            return SwapLines.isServed(last, sides)
                    + (stopped && arguments.terminatesOld() ? "; " + sides.blue() + " is left as it is" : "");
        }
        String why = cause(cause);
        String untouched = sides.blue() + " is untouched: " + sides.cname();
        if (swap.isAsked()) {
            return SwapLines.lookAt(last, sides, why);
        }
        if (why == null && !stopped) {
            return last.name() + " is prepared with " + last.versionLabel() + "; " + untouched;
        }
        return untouched + (why == null || why.equals(cause) ? "" : "; " + why);
    }

    @Override
    public boolean hasSwapped() {
        return swap.isSwapped();
    }

    @Override
    @CheckForNull
    public String rolledBackTo() {
        return rollBack.rolledBackTo();
    }
}

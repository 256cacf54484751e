package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.LiveCalls;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.RollBack;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.Sequel;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.StepTurn;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.time.Instant;

/**
 * What follows once green runs the version: it becomes live, the old environment is ended, and after a failure green itself is, if it
 * was made for this. Until the swap the live environment is not touched; from then on nothing is taken back. How far it has come is in
 * the journal.
 */
public final class BlueGreen implements Sequel {

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final EnvironmentService service;
    private final BlueGreenArguments arguments;
    private final UpdateJournal journal;
    private final CnameSwap swap;
    private final SwapOutcome outcome;
    private final SwapLines lines;
    private final UnwantedGreen unwanted;
    private final StepTurn turn;
    private final OldEnvironment old;
    /** Null if nothing is brought back. */
    private final RollBack rollBack;

    private Runnable reconsider = () -> {};
    /** Null unless it is watched. */
    private BlueWatch blue;

    private Scheduler.Task alarm = () -> {};
    private boolean calling;
    private boolean left;
    private volatile boolean stopped;

    public BlueGreen(
            AwsSession session,
            Scheduler scheduler,
            Watcher watcher,
            EnvironmentService service,
            BeanstalkRequest request,
            Journal journal,
            JobConsole console,
            LiveCalls live,
            StepTurn turn,
            @CheckForNull RollBack rollBack) {
        this.session = session;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.service = service;
        this.arguments = request.blueGreen();
        this.journal = UpdateJournal.of(journal);
        this.swap = new CnameSwap(session, journal, request.health().colours(), live);
        this.outcome = new SwapOutcome(this.journal);
        this.lines = new SwapLines(session, request, console);
        Terminations ends = new Terminations(session, scheduler, console, live.gate(), () -> reconsider.run());
        this.unwanted = new UnwantedGreen(ends, new GreenClone(session, request, journal, console));
        this.turn = turn;
        this.old = new OldEnvironment(session, journal, console, arguments.terminateAfter(), this::lookAt, ends);
        this.rollBack = rollBack;
    }

    @Override
    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
        if (rollBack != null) {
            rollBack.reconsider(again);
        }
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        if (rollBack != null) {
            rollBack.looked(now);
        }
    }

    /** Creating an environment cannot be aborted: a clone is terminated instead. */
    @Override
    public boolean endsUpdate() {
        Sides sides = Sides.kept(journal);
        return sides != null && sides.cloned();
    }

    @Override
    public synchronized boolean isOver(
            @NonNull EnvironmentSnapshot green, @CheckForNull String cause, boolean stopping) {
        left = false;
        stopped = stopping;
        Sides sides = sides();
        unwanted.tidyUp();
        if (outcome.isSwapped()) {
            return !arguments.terminatesOld() || old.isEnded(this::blue, sides, stopping);
        }
        if (outcome.isRefused()) {
            return true;
        }
        if (!swap.isAsked() && (stopping || cause(cause) != null)) {
            return !calling && isDiscarded(green, sides, cause(cause), stopping);
        }
        if (cause(cause) != null || !arguments.swaps()) {
            return true;
        }
        return isSwapped(green, sides)
                && (!outcome.isSwapped() || !arguments.terminatesOld() || old.isEnded(this::blue, sides, stopping));
    }

    private Sides sides() {
        Sides sides = Sides.kept(journal);
        if (sides == null) {
            throw new IllegalStateException("It is no longer known which environment was live: the journal is lost");
        }
        return sides;
    }

    private boolean isDiscarded(EnvironmentSnapshot green, Sides sides, @CheckForNull String cause, boolean stopping) {
        if (rollBack != null) {
            return rollBack.isOver(green, cause, stopping);
        }
        if (!sides.cloned() || !stopping && !arguments.rollsBack()) {
            return true;
        }
        return unwanted.isEnded(green, sides, stopping);
    }

    private boolean isSwapped(EnvironmentSnapshot green, Sides sides) {
        if (CnameSwap.isDone(green, blue().now(), sides)) {
            conclude(green, sides);
            return true;
        }
        if (swap.isAsked() && !session.time().now().isBefore(swap.deadline())) {
            fail(lines.notSwapped(green, sides, swap));
            return true;
        }
        if (swap.isTaken()) {
            lookAt(swap.deadline());
        } else if (!calling && blue().now() != null) {
            ask(green, sides);
        }
        return false;
    }

    /** Customers come to green now: whether to what was deployed there is another question. */
    private void conclude(EnvironmentSnapshot green, Sides sides) {
        String label = journal.label();
        if (!green.versionLabel().equals(label)) {
            fail(SwapLines.updatedMeanwhile(green, sides, label));
            return;
        }
        outcome.swapped(session.time().now());
        turn.done();
        lines.swapped(green, sides, swap);
    }

    private void ask(EnvironmentSnapshot green, Sides sides) {
        calling = true;
        if (!swap.isAsked()) {
            lines.swapping(green, sides);
        }
        swap.ask(green.id(), sides, () -> !stopped).whenComplete((taken, failure) -> {
            synchronized (this) {
                calling = false;
                if (failure != null && AwsCallException.unwrap(failure) instanceof Refused refused) {
                    refused(green, sides, refused);
                } else if (failure != null) {
                    fail("the CNAMEs were not swapped: "
                            + AwsCallException.unwrap(failure).getMessage());
                } else if (!taken) {
                    lookAt(session.time().now().plus(AGAIN));
                    return;
                }
                if (blue != null) {
                    blue.expedite();
                }
            }
            reconsider.run();
        });
    }

    /** What is ready is left, as nothing is wrong with it. */
    private void refused(EnvironmentSnapshot green, Sides sides, Refused why) {
        outcome.refused();
        fail("the CNAMEs were not swapped: " + why.getMessage());
        lines.left(green, sides);
    }

    private void fail(String why) {
        if (!stopped) {
            outcome.failed(why);
        }
    }

    private BlueWatch blue() {
        if (blue == null) {
            blue = new BlueWatch(session, watcher, service, sides().blueId(), reconsider, this::blueLost);
        }
        return blue;
    }

    /** AWS shows the old environment no more: it may have been terminated long since. */
    private synchronized void blueLost(AwsCallException why) {
        if (!outcome.isSwapped()) {
            fail(sides().blue() + " can no longer be watched: " + why.getMessage());
        }
    }

    private void lookAt(Instant when) {
        alarm.cancel();
        if (!left) {
            alarm = scheduler.schedule(Duration.between(session.time().now(), when), reconsider);
        }
    }

    @Override
    public synchronized void leave() {
        left = true;
        alarm.cancel();
        if (rollBack != null) {
            rollBack.leave();
        }
        if (blue != null) {
            blue.forget();
            blue = null;
        }
        unwanted.leave();
        old.leave();
    }

    @Override
    @CheckForNull
    public String cause(@CheckForNull String cause) {
        String whole = cause == null ? outcome.failure() : cause;
        return whole == null || rollBack == null || outcome.isRefused() ? whole : rollBack.cause(whole);
    }

    @Override
    @NonNull
    public String conclusion(@NonNull EnvironmentSnapshot last, @CheckForNull String cause) {
        Sides sides = sides();
        if (outcome.isSwapped()) {
            boolean since = !last.cname().equals(sides.cname()); // somebody else has swapped it, to whatever
            return sides.cname() + (since ? " was served by " : " is served by ") + last.name() + " with "
                    + last.versionLabel() + (since ? ", and was swapped again since" : "")
                    + (stopped && arguments.terminatesOld() ? "; " + sides.blue() + " is left as it is" : "");
        }
        String why = cause(cause);
        String untouched = sides.blue() + " is untouched: " + sides.cname();
        if (swap.isAsked()) {
            return "Look at " + sides.blue() + " and " + last.name() + ": "
                    + (why == null ? "it is unknown whether " + sides.cname() + " was swapped" : why);
        }
        if (why == null && !stopped) {
            return last.name() + " is prepared with " + last.versionLabel() + "; " + untouched;
        }
        return untouched + (why == null || why.equals(cause) ? "" : "; " + why);
    }

    @Override
    @NonNull
    public BeanstalkResult.Aftermath aftermath() {
        Sides sides = sides();
        return new BeanstalkResult.Aftermath(
                sides.cname(),
                sides.blue(),
                sides.blueId(),
                outcome.isSwapped(),
                rollBack == null ? null : rollBack.aftermath().rolledBackTo());
    }
}

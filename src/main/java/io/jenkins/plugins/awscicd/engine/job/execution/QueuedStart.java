package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Begins something at AWS when its turn has come: behind those of our own that want the same places. While it waits it costs no thread.
 * What happens to it happens in order, but for {@link #start}.
 *
 * @param <P> a place within its account and region
 */
public abstract class QueuedStart<P> implements JobStarter, TurnQueue.Waiting {

    protected final JobConsole console;
    protected final Serial serial;
    /** The id of what is begun. */
    protected final CompletableFuture<String> started = new CompletableFuture<>();

    private final Scheduler scheduler;
    private final TurnQueue<P> queue;
    private final Turn turn;
    private final boolean again;
    private final String where;
    private final String change;

    protected volatile BooleanSupplier wanted = () -> true;
    /** Whether a call is under way that may begin it. */
    protected boolean calling;
    /** A newer run that waits too, and before which this one is not to begin any more; null if there is none. */
    private volatile Turn newest;
    /** The one that is before it, or holds a place; null if there is none as far as it has heard. */
    private volatile Turn ahead;

    private String reported = "";
    private final StartTrouble trouble;

    /**
     * @param again whether it may have been begun already, before a restart
     * @param where the place it waits for, as people know it, such as {@code in 'web-prod'}
     * @param change what it does there, such as {@code deploy to 'web-prod'}
     */
    protected QueuedStart(
            @NonNull Scheduler scheduler,
            @NonNull TurnQueue<P> queue,
            @NonNull Turn turn,
            boolean again,
            @NonNull JobConsole console,
            @NonNull String where,
            @NonNull String change) {
        this.scheduler = scheduler;
        this.queue = queue;
        this.turn = turn;
        this.again = again;
        this.console = console;
        trouble = new StartTrouble(console);
        this.where = where;
        this.change = change;
        this.serial = new Serial(scheduler::execute);
    }

    @Override
    @NonNull
    public final CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        started.whenComplete((id, failure) -> serial.execute(this::leave));
        prepare();
        return started;
    }

    /** Makes all ready, and then {@linkplain #lineUp lines up}. */
    protected abstract void prepare();

    /** Begins, if it is its turn. */
    protected abstract void attempt();

    /** Waits for nothing any more. */
    protected void leave() {}

    /** What it fails with if it is aborted before it has begun. */
    @NonNull
    protected abstract CancellationException aborted();

    /** Whether it does not wait for others. */
    protected abstract boolean failsWhenBusy();

    /** Whether something was begun already, so that it does not step aside any more. */
    protected boolean isUnderWay() {
        return calling;
    }

    /** Whether an earlier call may have begun it, although AWS has not said so. */
    protected boolean mayBeBegun() {
        return false;
    }

    /** Makes a call that may begin it, and goes on with what has come of it, or with why it is {@linkplain #refused refused}. */
    protected final <T> void call(@NonNull CompletableFuture<T> call, @NonNull Consumer<T> then) {
        calling = true;
        call.whenComplete((found, failure) -> serial.execute(() -> {
            calling = false;
            if (failure == null) {
                then.accept(found);
            } else {
                refused(AwsCallException.unwrap(failure));
            }
        }));
    }

    /** A call has begun nothing. */
    protected void refused(@NonNull Throwable why) {
        fail(why);
    }

    /**
     * AWS is at work there on something else.
     *
     * @param inWords what that is, and what to do about it, for whoever does not want to wait
     * @param toWait waits for its end
     */
    protected final void busy(@NonNull String inWords, @NonNull Runnable toWait) {
        if (!wanted.getAsBoolean()) {
            fail(aborted());
        } else if (isOutdated()) {
            fail(superseded());
        } else if (failsWhenBusy()) {
            fail(new IllegalArgumentException("whenBusy: " + inWords));
        } else {
            toWait.run();
        }
    }

    protected void fail(@NonNull Throwable why) {
        started.completeExceptionally(whole(why));
    }

    /** Why it is not begun, with what may have been begun nevertheless. */
    @NonNull
    protected final Throwable whole(@NonNull Throwable why) {
        return why instanceof AwsCallException call && mayBeBegun() ? call.afterUnanswered() : why;
    }

    protected final void lineUp(@NonNull Set<P> places) {
        if (!wanted.getAsBoolean()) {
            serial.execute(this::attempt); // it may have been begun before a restart
        } else if (again && !queue.isFirst()) {
            queue.joinAgain(this, places, scheduler);
        } else {
            queue.join(this, places);
        }
    }

    /** Whether it is to go no further: another one is first. */
    protected final boolean isToWait() {
        return wanted.getAsBoolean() && !queue.isFirst();
    }

    @Override
    public void unwanted() {
        serial.execute(this::failUnlessCalling);
    }

    /** It is aborted: a call that is under way may yet begin it. */
    protected final void failUnlessCalling() {
        if (!calling) {
            fail(aborted());
        }
    }

    @Override
    public final Turn turn() {
        return turn;
    }

    @Override
    public final void first() {
        serial.execute(() -> {
            ahead = null;
            attempt();
        });
    }

    @Override
    public void behind(@NonNull Turn other) {
        serial.execute(() -> {
            ahead = other;
            if (yields() && !failsWhenBusy() && other.order() > turn.order()) {
                newest = other;
                fail(superseded());
            } else if (!isUnderWay()) { // else it is begun at this moment, or hears of it when the call is made again
                giveWay();
            }
        });
    }

    /** Does not wait for the one that is before it, or says that it does. */
    protected final void giveWay() {
        Turn other = ahead;
        IllegalArgumentException outOfTurn = outOfTurn();
        if (outOfTurn != null) {
            fail(outOfTurn);
        } else if (other != null) {
            report("Waiting behind " + other.name() + ", whose turn it is " + where);
        }
    }

    @Override
    public final void outdated(@NonNull Turn newer) {
        serial.execute(() -> {
            newest = newer;
            if (!isUnderWay()) { // else it is begun already, or at this moment
                fail(superseded());
            }
        });
    }

    @Override
    public final void amongOwn(@NonNull String why) {
        serial.execute(() -> console.line("Runs with other credentials may " + change
                + " out of turn, because AWS does not say which account this is: " + why));
    }

    /** Whether a newer one waits too. */
    protected final boolean isOutdated() {
        return newest != null;
    }

    @NonNull
    protected final Superseded superseded() {
        return new Superseded("Stepped aside for " + newest.name() + ", which is newer and waits as well");
    }

    /** That it does not wait for the one that is before it; null if it does, or there is none. */
    @CheckForNull
    private IllegalArgumentException outOfTurn() {
        Turn other = ahead;
        return other == null || !failsWhenBusy()
                ? null
                : new IllegalArgumentException("whenBusy: it is the turn of " + other.name() + " " + where
                        + "; wait for it with whenBusy: 'wait', or try again later");
    }

    /** Run before each call: it may have waited for its turn to be made. */
    protected final void checkWanted() {
        if (!wanted.getAsBoolean()) {
            throw aborted();
        }
        IllegalArgumentException outOfTurn = mayBeBegun() ? null : outOfTurn();
        if (outOfTurn != null) {
            throw outOfTurn;
        }
        if (isOutdated()) {
            throw superseded();
        }
    }

    /** Says what it waits for, unless that is what was said last. */
    protected final void report(@NonNull String line) {
        if (!line.equals(reported) && !started.isDone()) {
            reported = line;
            console.line(line);
        }
    }

    /** On any thread. */
    protected final void onRetry(@NonNull AwsFault fault, @NonNull Throwable failure) {
        serial.execute(() -> trouble.onRetry(fault, failure));
    }
}

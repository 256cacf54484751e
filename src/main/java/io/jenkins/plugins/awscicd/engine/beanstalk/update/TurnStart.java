package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
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

/** Begins something when its turn has come. While it waits it costs no thread. */
public abstract class TurnStart implements JobStarter, TurnQueue.Waiting {

    /** What all that begin something have. */
    public record Step(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull BeanstalkRequest request,
            @NonNull StepTurn turn,
            boolean again,
            @NonNull JobConsole console) {

        public Step of(BeanstalkRequest other) {
            return new Step(session, scheduler, other, turn, again, console);
        }
    }

    protected final AwsSession session;
    protected final BeanstalkRequest request;
    protected final StepTurn turn;
    protected final JobConsole console;
    protected final Serial serial;
    protected final CompletableFuture<String> started = new CompletableFuture<>();
    private final Scheduler scheduler;
    private final boolean again;
    private final String where;

    protected volatile BooleanSupplier wanted = () -> true;
    protected boolean calling;
    /** A newer run that waits too, and before which this one is not to be deployed any more; null if there is none. */
    volatile Turn newest;

    private String reportedBehind = "";

    /** @param where what it waits for, as people know it */
    protected TurnStart(Step step, String where) {
        this.session = step.session();
        this.scheduler = step.scheduler();
        this.request = step.request();
        this.turn = step.turn();
        this.again = step.again();
        this.console = step.console();
        this.serial = new Serial(scheduler::execute);
        this.where = where;
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

    /** Begins, if it is its turn. In order with all else. */
    protected abstract void attempt();

    /** Waits for nothing at AWS any more. */
    protected void leave() {}

    /** Whether something was begun already, so that it does not step aside any more. */
    protected boolean isUnderWay() {
        return calling;
    }

    protected void fail(Throwable why) {
        started.completeExceptionally(why);
    }

    protected final void lineUp(Set<String> places) {
        if (!wanted.getAsBoolean()) {
            serial.execute(this::attempt); // it may have been begun before a restart
        } else if (again && !turn.isFirst()) {
            turn.joinAgain(this, places, scheduler);
        } else {
            turn.join(this, places);
        }
    }

    /** Whether it is to go no further: another one is first. */
    protected final boolean isToWait() {
        return wanted.getAsBoolean() && !turn.isFirst();
    }

    /** Another one was faster. */
    protected final void waitOn() {
        if (turn.isFirst()) {
            attempt(); // and is through already
        }
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            if (!calling) { // a call that is under way may yet begin it
                fail(aborted());
            }
        });
    }

    protected abstract CancellationException aborted();

    @Override
    public final Turn turn() {
        return turn.turn();
    }

    @Override
    public final boolean yields() {
        return request.newestWins();
    }

    @Override
    public final void first() {
        serial.execute(this::attempt);
    }

    @Override
    public void behind(@NonNull Turn other) {
        serial.execute(() -> {
            if (request.failsWhenBusy()) {
                fail(new IllegalArgumentException("whenBusy: it is the turn of " + other.name() + " in '" + where
                        + "'; wait for it with whenBusy: 'wait', or try again later"));
            } else if (yields() && other.order() > turn().order()) {
                newest = other;
                fail(superseded());
            } else {
                tell("Waiting behind " + other.name() + ", whose turn it is in '" + where + "'");
            }
        });
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
        serial.execute(() -> console.line("Runs with other credentials may deploy to '" + where
                + "' out of turn, because AWS does not say which account this is: " + why));
    }

    protected final Superseded superseded() {
        return new Superseded("Stepped aside for " + newest.name() + ", which is newer and waits as well");
    }

    /** Run before each call: it may have waited for its turn to be made. */
    protected final void checkWanted() {
        if (!wanted.getAsBoolean()) {
            throw aborted();
        }
        if (newest != null) {
            throw superseded();
        }
    }

    protected final void tell(String line) {
        if (!line.equals(reportedBehind) && !started.isDone()) {
            reportedBehind = line;
            console.line(line);
        }
    }
}

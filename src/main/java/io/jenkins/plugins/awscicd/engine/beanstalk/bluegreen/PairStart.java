package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.TurnStart;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Begins something with the environments behind a CNAME when its turn has come, with what they are at that very moment. */
abstract class PairStart extends TurnStart {

    private final Set<String> pair;
    private Set<String> places;
    /** AWS may have been asked to begin it, whatever it answered: then it is looked for even if nobody wants it any more. */
    private volatile boolean tried;

    /** @param cname by which customers come to the pair */
    PairStart(Step step, String cname) {
        super(step, cname);
        this.pair = Set.of(StepTurn.cname(cname));
        this.tried = step.again();
        this.places = turn.held().containsAll(pair) ? turn.held() : pair;
    }

    /** The call that it may make, as an IAM action. */
    @NonNull
    protected abstract String action();

    /** Makes ready what needs no turn, as long as it is wanted. */
    @NonNull
    protected CompletableFuture<?> ready() {
        return CompletableFuture.completedFuture(null);
    }

    /** The names of the environments that it is about. Fails if it cannot be done with what there is. */
    @NonNull
    protected abstract Set<String> sides(@NonNull ApplicationEnvironments all);

    /**
     * Begins it, if it is {@linkplain #checkWanted wanted} still. Run by a lane, and again after a call without an answer.
     *
     * @return the id of the environment that is to be watched
     */
    @NonNull
    protected abstract String begin(@NonNull ApplicationEnvironments all);

    /** Takes away what was made for it, as it is not begun. */
    @NonNull
    protected CompletableFuture<?> giveUp() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    protected final void prepare() {
        ready().whenComplete((done, failure) -> serial.execute(() -> {
            if (failure == null) {
                lineUp(places);
            } else {
                fail(AwsCallException.unwrap(failure));
            }
        }));
    }

    @Override
    protected final void fail(Throwable why) {
        giveUp().whenComplete((done, failure) -> started.completeExceptionally(whole(why)));
    }

    @Override
    protected final CancellationException aborted() {
        return new CancellationException("Aborted before an environment was touched");
    }

    @Override
    protected final void attempt() {
        if (calling || started.isDone() || isToWait()) {
            return;
        }
        call(call(step, () -> wanted.getAsBoolean() || tried, action(), this::begin), started::complete);
    }

    /** Run by the lane. Which environments they are is known for certain only once nobody else of ours can change it. */
    private String begin() {
        while (wanted.getAsBoolean()) {
            turn.take(places);
            ApplicationEnvironments all = ApplicationEnvironments.read(step.session(), step.application());
            Set<String> now = new HashSet<>(pair);
            sides(all).forEach(name -> now.add(StepTurn.environment(name)));
            if (places.containsAll(now)) {
                tried = true;
                return begin(all);
            }
            places = now;
        }
        return begin(ApplicationEnvironments.read(step.session(), step.application()));
    }

    static <T> CompletableFuture<T> call(Step step, BooleanSupplier wanted, String action, Supplier<T> call) {
        return step.call(wanted, action, AwsSession.PATIENCE, "application '" + step.application() + "'", call);
    }
}

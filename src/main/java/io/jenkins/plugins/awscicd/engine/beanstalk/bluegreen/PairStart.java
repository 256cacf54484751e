package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.TurnStart;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Begins something with the environments behind a CNAME when its turn has come, with what they are at that very moment. */
public final class PairStart extends TurnStart {

    /** What is to be begun. */
    public interface Task {
        /** The call that it may make, as an IAM action. */
        @NonNull
        String action();

        /** Makes ready what needs no turn, as long as it is wanted. */
        @NonNull
        default CompletableFuture<?> ready(@NonNull BooleanSupplier wanted) {
            return CompletableFuture.completedFuture(null);
        }

        /** The names of the environments that it is about. Fails if it cannot be done with what there is. */
        @NonNull
        Set<String> sides(@NonNull ApplicationEnvironments all);

        /**
         * Begins it. Run by a lane, and again after a call without an answer.
         *
         * @param wanted run before anything is begun, to fail if nothing is to be any more
         * @return the id of the environment that is to be watched
         */
        @NonNull
        String begin(@NonNull ApplicationEnvironments all, @NonNull Runnable wanted);

        /** Takes away what was made for it, as it is not begun. */
        @NonNull
        default CompletableFuture<?> giveUp() {
            return CompletableFuture.completedFuture(null);
        }
    }

    private final Task task;
    private final Set<String> pair;
    private Set<String> places;
    /** AWS may have been asked to begin it, whatever it answered: then it is looked for even if nobody wants it any more. */
    private volatile boolean tried;

    /** @param cname by which customers come to the pair */
    public PairStart(Step step, String cname, Task task) {
        super(step, cname);
        this.task = task;
        this.pair = Set.of(StepTurn.cname(cname));
        this.tried = step.again();
        this.places = turn.held().containsAll(pair) ? turn.held() : pair;
    }

    @Override
    protected void prepare() {
        task.ready(wanted)
                .whenComplete((done, failure) -> serial.execute(() -> {
                    if (failure == null) {
                        lineUp(places);
                    } else {
                        fail(AwsCallException.unwrap(failure));
                    }
                }));
    }

    @Override
    protected void fail(Throwable why) {
        task.giveUp().whenComplete((done, failure) -> started.completeExceptionally(why));
    }

    @Override
    protected CancellationException aborted() {
        return new CancellationException("Aborted before an environment was touched");
    }

    @Override
    protected void attempt() {
        if (calling || started.isDone() || isToWait()) {
            return;
        }
        calling = true;
        call(() -> wanted.getAsBoolean() || tried, session, request, task.action(), this::begin)
                .whenComplete((id, failure) -> serial.execute(() -> {
                    calling = false;
                    Throwable why = failure == null ? null : AwsCallException.unwrap(failure);
                    if (why == null) {
                        started.complete(id);
                    } else if (why instanceof StepTurn.NotYet) {
                        waitOn();
                    } else {
                        fail(why);
                    }
                }));
    }

    /** Run by the lane. Which environments they are is known for certain only once nobody else of ours can change it. */
    private String begin() {
        while (wanted.getAsBoolean()) {
            turn.take(places);
            ApplicationEnvironments all = ApplicationEnvironments.read(session, request.application());
            Set<String> now = new HashSet<>(pair);
            task.sides(all).forEach(name -> now.add(StepTurn.environment(name)));
            if (places.containsAll(now)) {
                tried = true;
                return task.begin(all, this::checkWanted);
            }
            places = now;
        }
        return task.begin(ApplicationEnvironments.read(session, request.application()), this::checkWanted);
    }

    /** Fails with {@link AwsCallException}, or with what says by itself what is wrong. */
    static <T> CompletableFuture<T> call(
            BooleanSupplier wanted, AwsSession session, BeanstalkRequest request, String action, Supplier<T> call) {
        return session.callWhile(wanted, action, AwsSession.PATIENCE, RetryListener.NONE, call)
                .exceptionallyCompose(failure -> {
                    Throwable cause = AwsCallException.unwrap(failure);
                    boolean clear = cause instanceof CancellationException
                            || cause instanceof IllegalArgumentException
                            || cause instanceof StepTurn.NotYet
                            || cause instanceof Superseded
                            || cause instanceof Refused;
                    return CompletableFuture.failedFuture(
                            clear
                                    ? cause
                                    : AwsCallException.of(
                                            action,
                                            "application '" + request.application() + "' in " + session.region(),
                                            cause));
                });
    }
}

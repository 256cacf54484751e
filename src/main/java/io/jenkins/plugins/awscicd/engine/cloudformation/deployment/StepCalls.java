package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.execution.StartTrouble;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** The calls with which a step begins something. They wait without a thread, for as long as somebody wants them. */
public final class StepCalls {

    private static final Duration LATE_PAUSE = Duration.ofSeconds(3);
    /** By which AWS shows what it has done. */
    private static final int MOST_LOOKS = 20;

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final String what;
    private final StartTrouble trouble;
    private volatile BooleanSupplier wanted = () -> true;

    /** @param what they are about, such as {@code stack 'web'} */
    public StepCalls(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobConsole console,
            @NonNull String what) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.what = what;
        trouble = new StartTrouble(console);
    }

    public void wanted(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
    }

    public boolean isWanted() {
        return wanted.getAsBoolean();
    }

    @NonNull
    public AwsSession session() {
        return session;
    }

    @NonNull
    public JobConsole console() {
        return console;
    }

    /** Of what is not begun because nobody wants it any more. */
    @NonNull
    public static CancellationException aborted() {
        return new CancellationException("Aborted before anything was done to the stack");
    }

    /** Fails with what a person reads, or with what the call itself has made of it. */
    @NonNull
    public <T> CompletableFuture<T> call(@NonNull String action, @NonNull Supplier<T> call) {
        return call(action, this::isWanted, call);
    }

    /** The same of a call that is to be made although nobody wants it any more, so that it is known what it has begun. */
    @NonNull
    public <T> CompletableFuture<T> callAnyway(@NonNull String action, @NonNull Supplier<T> call) {
        return call(action, () -> true, call);
    }

    /** A look at AWS: it is to come to its end in any case if something may have been begun. */
    @NonNull
    public <T> CompletableFuture<T> look(boolean mayBeBegun, @NonNull String action, @NonNull Supplier<T> call) {
        return mayBeBegun ? callAnyway(action, call) : call(action, call);
    }

    private <T> CompletableFuture<T> call(String action, BooleanSupplier still, Supplier<T> call) {
        return session.callWhile(still, () -> !isWanted(), action, AwsSession.PATIENCE, trouble, call)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(failed(action, failure)));
    }

    private Throwable failed(String action, Throwable failure) {
        Throwable cause = AwsCallException.unwrap(failure);
        return cause instanceof SdkException
                ? AwsCallException.of(action, what + " in " + session.region(), cause)
                : cause;
    }

    /**
     * What AWS shows once it is not late any more with what it has done, or a minute later whatever it shows.
     *
     * @param look asks for it
     * @param isShown whether that is all
     */
    @NonNull
    public <T> CompletableFuture<T> untilShown(
            @NonNull Supplier<CompletableFuture<T>> look, @NonNull Predicate<T> isShown) {
        return untilShown(look, isShown, 1);
    }

    private <T> CompletableFuture<T> untilShown(Supplier<CompletableFuture<T>> look, Predicate<T> isShown, int looks) {
        return look.get()
                .thenCompose(seen -> isShown.test(seen) || looks >= MOST_LOOKS
                        ? CompletableFuture.completedFuture(seen)
                        : pause(LATE_PAUSE).thenCompose(later -> untilShown(look, isShown, looks + 1)));
    }

    /** Completes after that time, whether anybody still wants to go on or not. */
    @NonNull
    public CompletableFuture<Void> pause(@NonNull Duration time) {
        return scheduler.pause(time);
    }
}

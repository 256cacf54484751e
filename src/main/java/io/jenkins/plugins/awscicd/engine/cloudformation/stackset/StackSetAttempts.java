package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Makes another attempt at a step's work for as long as AWS is at work on the stack set for somebody else, and when somebody else has deleted
 * it.
 */
final class StackSetAttempts {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final StepCalls calls;
    private final StackSetRequest request;
    private final BooleanSupplier untouched;
    private final Supplier<CancellationException> aborted;
    private volatile CompletableFuture<Void> pause;
    private volatile boolean waitReported;

    /**
     * @param untouched whether the step has done nothing yet: what it is in the middle of it waits for in any case
     * @param aborted what an attempt ends with that nobody wants any more
     */
    StackSetAttempts(
            StepCalls calls,
            StackSetRequest request,
            BooleanSupplier untouched,
            Supplier<CancellationException> aborted) {
        this.calls = calls;
        this.request = request;
        this.untouched = untouched;
        this.aborted = aborted;
    }

    /** @param work all of an attempt: it looks at the stack set itself */
    @NonNull
    <T> CompletableFuture<T> attempt(@NonNull Supplier<CompletableFuture<T>> work) {
        return work.get().exceptionallyCompose(failure -> {
            Throwable why = AwsCallException.unwrap(failure);
            if (why instanceof StackSetBusy) {
                if (request.failsWhenBusy() && untouched.getAsBoolean()) {
                    return CompletableFuture.failedFuture(new IllegalArgumentException(
                            "whenBusy: AWS is performing another operation on stack set '" + request.stackSet()
                                    + "'; wait for its end with whenBusy: 'wait', or try again later"));
                }
                reportWait();
            } else if (!(why instanceof StackSetGone)) {
                return CompletableFuture.failedFuture(why);
            }
            return pause().thenCompose(over -> {
                if (!calls.isWanted()) {
                    throw aborted.get();
                }
                return attempt(work);
            });
        });
    }

    private void reportWait() {
        if (!waitReported) {
            waitReported = true;
            calls.console()
                    .line("AWS is performing another operation on stack set " + request.stackSet()
                            + "; waiting for its end");
        }
    }

    private CompletableFuture<Void> pause() {
        CompletableFuture<Void> later = calls.pause(PAUSE);
        pause = later;
        if (!calls.isWanted()) {
            later.complete(null);
        }
        return later;
    }

    /** The end of what AWS does for others is not waited for any more. */
    void unwanted() {
        CompletableFuture<Void> wait = pause;
        if (wait != null) {
            wait.complete(null);
        }
    }
}

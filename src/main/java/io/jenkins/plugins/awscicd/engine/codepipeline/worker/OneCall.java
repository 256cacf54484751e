package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** One call at a time, whose answer is dealt with in turn, and whether one may have been carried out whose answer is missing. */
final class OneCall {

    private final Executor serial;
    private boolean busy;
    private boolean ended;
    private volatile boolean uncertain;

    OneCall(@NonNull Executor serial, boolean uncertain) {
        this.serial = serial;
        this.uncertain = uncertain;
    }

    <T> void make(CompletableFuture<T> call, BiConsumer<T, Throwable> done) {
        busy = true;
        call.whenComplete((answer, failure) -> serial.execute(() -> {
            busy = false;
            if (!ended) {
                done.accept(answer, failure == null ? null : AwsCallException.unwrap(failure));
            }
        }));
    }

    /** An answer is missing. */
    void unanswered() {
        uncertain = true;
    }

    void certain() {
        uncertain = false;
    }

    boolean isUncertain() {
        return uncertain;
    }

    boolean isBusy() {
        return busy;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}

package io.jenkins.plugins.awscicd.engine.access.call;

import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One call in a {@link CallLane}, with what it has been through. */
final class LaneCall<T> {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    final long number;
    final Turn turn;
    final Supplier<T> call;
    final Duration patience;
    final RetryListener retries;
    final BooleanSupplier urgent;
    final BooleanSupplier wanted;
    final CompletableFuture<T> result = new CompletableFuture<>();
    private Moment failingSince;
    /** Whether it has had no answer once. */
    private boolean unanswered;

    private Duration retry = FIRST_RETRY;

    LaneCall(
            long number,
            Turn turn,
            Supplier<T> call,
            Duration patience,
            RetryListener retries,
            BooleanSupplier urgent,
            BooleanSupplier wanted) {
        this.number = number;
        this.turn = turn;
        this.call = call;
        this.patience = patience;
        this.retries = retries;
        this.urgent = urgent;
        this.wanted = wanted;
    }

    boolean isUnwanted() {
        return !wanted.getAsBoolean();
    }

    /**
     * Counted anew from the first failure without an answer: what was refused before was not carried out, but this may have been.
     */
    boolean patienceLeft(Moment now, AwsFault fault) {
        boolean unheard = fault == AwsFault.TRANSIENT;
        if (failingSince == null || unheard && !unanswered) {
            failingSince = now;
            retry = FIRST_RETRY;
        }
        unanswered |= unheard;
        return failingSince.until(now).compareTo(patience) < 0;
    }

    Duration nextRetry() {
        Duration now = retry;
        Duration longer = retry.multipliedBy(2);
        retry = longer.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : longer;
        return now;
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** One call at a time, whose answer is dealt with in turn, and whether one may have been carried out whose answer is missing. */
final class OneCall {

    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 4;

    private final Executor serial;
    private boolean busy;
    private boolean ended;
    private volatile boolean uncertain;
    /** The pause before the next call; null if there is none. */
    private Object pause;

    private int failures;
    /** What a poll has brought while a call was under way, to go on with; null if nothing. */
    private Claim came;

    OneCall(@NonNull Executor serial, boolean uncertain) {
        this.serial = serial;
        this.uncertain = uncertain;
    }

    <T> void make(CompletableFuture<T> call, BiConsumer<T, Throwable> done) {
        busy = true;
        came = null;
        call.whenComplete((answer, failure) -> serial.execute(() -> {
            busy = false;
            if (!ended) {
                deal(done, answer, failure == null ? null : AwsCallException.unwrap(failure));
            }
        }));
    }

    private <T> void deal(BiConsumer<T, Throwable> done, T answer, Throwable failure) {
        try {
            done.accept(answer, failure);
        } catch (RuntimeException e) {
            uncertain = true; // AWS has carried it out, and that is not kept
            throw e;
        }
    }

    /** A poll has brought this while a call is under way. */
    void came(@NonNull Claim claim) {
        came = claim;
    }

    /** What has come during the call whose answer is being dealt with; null if nothing has. */
    @CheckForNull
    Claim whatCame() {
        return came;
    }

    /** An answer is missing. */
    void unanswered() {
        uncertain = true;
    }

    /** What was to be known of the last call is known, and kept. */
    void certain() {
        uncertain = false;
        pause = null;
        failures = 0;
    }

    /** Calls nothing for a while, which is longer after each failure. */
    void pause(BiConsumer<Duration, Runnable> schedule, Runnable then) {
        Object mine = new Object();
        pause = mine;
        Duration longer = AGAIN.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        schedule.accept(longer.compareTo(LONGEST) > 0 ? LONGEST : longer, () -> {
            if (pause == mine) {
                pause = null;
                then.run();
            }
        });
    }

    boolean isUncertain() {
        return uncertain;
    }

    boolean isBusy() {
        return busy;
    }

    /** Whether a call may be made now. */
    boolean isFree() {
        return !busy && !ended && pause == null;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}

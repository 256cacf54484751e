package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;

/**
 * Makes a call that starts something with a token exactly once, whatever becomes of answers and of the controller.
 *
 * <p>The first guard is the call's idempotency token, chosen and kept before the first call. AWS remembers it for five minutes. When it is
 * not known whether an earlier call has passed and the token is older, what it may have started is looked for before a call is made.
 */
public final class TokenStart {

    /** What is started. Its methods call AWS once and block; they fail with the SDK's exceptions. */
    public interface Call {

        /** The call that starts it, as an IAM action. */
        @NonNull
        String action();

        /** What the call is about, such as {@code project 'web' in eu-west-1}. */
        @NonNull
        String subject();

        /** Asks AWS to start it, with the token, and gives its id. */
        @NonNull
        String make();

        /** Looks for what an earlier call has started. */
        @NonNull
        Optional<String> find();
    }

    /** A margin below the five minutes for which AWS remembers a token. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(4);
    /** Shorter than when watching: nothing is lost yet, and somebody may be waiting for the message. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    /** How often, and with which pause, what is to be stopped is looked for again, as a list may not have it yet. */
    private static final int LOOKS = 5;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final Call call;
    private final Room room;
    private final Runnable gate;
    private final RetryListener retries;

    private final AtomicInteger looks = new AtomicInteger();
    /** Until then AWS knows the token, if it has heard of it. */
    private Moment tokenUntil;
    /**
     * Whether it was looked for what an earlier process has started: how old its token is nobody knows for sure, as this machine's clock
     * may have been set since.
     */
    private boolean looked;
    /** Whether a call may have been carried out whose answer we do not have. What it has started may be listed only a moment later. */
    private volatile boolean uncertain;

    /**
     * @param chosen when the token was; if nobody knows, long ago
     * @param again whether a call with it may have been made already, before a restart
     * @param gate run immediately before each call; fails with {@link Refused} if nothing is to be started (any more)
     */
    public TokenStart(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull Call call,
            @NonNull Instant chosen,
            boolean again,
            @NonNull Room room,
            @NonNull Runnable gate,
            @NonNull RetryListener retries) {
        this.session = session;
        this.scheduler = scheduler;
        this.call = call;
        this.room = room;
        this.tokenUntil = scheduler.moment().plus(leftOfToken(chosen, scheduler.now()));
        this.uncertain = again;
        this.gate = gate;
        this.retries = retries;
    }

    /** @return as of {@link io.jenkins.plugins.awscicd.engine.job.JobStarter#start} */
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return call(wanted).exceptionallyCompose(failure -> {
            boolean mayBeListedLate = AwsCallException.unwrap(failure) instanceof CancellationException
                    && looks.get() < LOOKS
                    && uncertain;
            if (!mayBeListedLate) {
                return CompletableFuture.failedFuture(failure);
            }
            looks.incrementAndGet();
            return scheduler.pause(LOOK_AGAIN).thenCompose(again -> start(wanted));
        });
    }

    private CompletableFuture<String> call(BooleanSupplier wanted) {
        return session.callWhile(
                        () -> wanted.getAsBoolean() || uncertain,
                        () -> !wanted.getAsBoolean(), // then it is only looked for, and somebody waits for that
                        call.action(),
                        PATIENCE,
                        retries,
                        () -> attempt(wanted))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AwsCallException.unwrap(failure);
                    return CompletableFuture.failedFuture(
                            cause instanceof Refused
                                    ? cause
                                    : cause instanceof CancellationException
                                            ? new CancellationException("Aborted before the build was started")
                                            : AwsCallException.of(call.action(), call.subject(), cause, uncertain));
                });
    }

    /** None where the clock has been set back since, as nobody knows how far. */
    private static Duration leftOfToken(Instant chosen, Instant now) {
        Duration age = Duration.between(chosen, now);
        return age.isNegative() ? Duration.ofNanos(-1) : TOKEN_LIFE.minus(age);
    }

    /** Run by the lane, one attempt after the other. */
    private String attempt(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            // A call would start what nobody wants any more, only to have it stopped.
            return known().orElseThrow(() -> new CancellationException("Aborted before the build was started"));
        }
        boolean isOld = scheduler.moment().isAfter(tokenUntil);
        if (isOld || !looked) {
            Optional<String> found = isOld ? known() : knownIfShown();
            looked = true;
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (isOld) {
            tokenUntil = scheduler.moment().plus(TOKEN_LIFE); // to AWS, it is a new token again
        }
        try {
            gate.run(); // each time: it may have waited for hours until there was room for it
        } catch (Refused e) {
            return known().orElseThrow(() -> e);
        }
        try {
            return call.make();
        } catch (AccountLimitExceededException e) {
            if (room.givenUp(e, scheduler.now())) {
                throw new IllegalStateException(room.whyGivenUp(e));
            }
            throw e;
        } catch (InvalidInputException e) {
            // The workspace may have been bundled anew since the call before the restart: AWS then knows the token with
            // other parameters, and so the build is there. In which words it says so, nobody has published.
            return known().orElseThrow(() -> e);
        } catch (SdkException e) {
            uncertain |= AwsFault.of(e) == AwsFault.TRANSIENT;
            throw e;
        }
    }

    /** The token is guard enough where AWS does not show what there is. */
    private Optional<String> knownIfShown() {
        try {
            return known();
        } catch (AwsCallException | SdkException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private Optional<String> known() {
        return uncertain ? call.find() : Optional.empty();
    }
}

package io.jenkins.plugins.awscicd.engine.access.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class CallLaneTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SteppedTime time = SimulatedTime.stepped();
    private final SteppedScheduler scheduler = new SteppedScheduler(time);
    private final CallLane lane =
            new CallLane("test:Call", scheduler, work -> scheduler.execute(work::run), new Pace(10, 10, () -> 1), 2);
    private final List<String> order = new ArrayList<>();
    private final List<AwsFault> retries = new ArrayList<>();

    private <T> CompletableFuture<T> call(Supplier<T> call) {
        return lane.call(call, PATIENCE, (fault, failure) -> retries.add(fault), () -> false, () -> true);
    }

    private Supplier<Boolean> named(String name) {
        return () -> order.add(name);
    }

    static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .requestId("1")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("Said " + code)
                        .build())
                .build();
    }

    /** Fails so many times, then passes. */
    private Supplier<Boolean> failing(String name, int times, RuntimeException failure) {
        int[] left = {times};
        return () -> {
            if (left[0]-- > 0) {
                throw failure;
            }
            return order.add(name);
        };
    }

    @Test
    void callsAreMadeInOrderAndAtTheirPace() {
        List<Instant> times = new ArrayList<>();
        Instant begin = time.now();
        for (int i = 0; i < 5; i++) {
            String name = "call " + i;
            call(() -> {
                times.add(time.now());
                return order.add(name);
            });
        }
        time.advance(Duration.ofSeconds(2));

        assertEquals(List.of("call 0", "call 1", "call 2", "call 3", "call 4"), order);
        Duration inAll = Duration.between(begin, times.get(4));
        assertTrue(inAll.compareTo(Duration.ofMillis(400)) >= 0, "Too fast: " + inAll);
        assertTrue(inAll.compareTo(Duration.ofMillis(500)) <= 0, "Too slow: " + inAll);
    }

    @Test
    void refusedCallsKeepTheirPlaceAndNeverFail() {
        call(failing("a", 40, answer(400, "ThrottlingException")));
        call(failing("b", 1, answer(400, "ThrottlingException")));
        call(named("c"));
        time.advance(Duration.ofMinutes(20));

        assertEquals(List.of("a", "b", "c"), order);
        assertEquals(41, retries.size());
        assertTrue(retries.stream().allMatch(AwsFault.BUSY::equals));
    }

    @Test
    void callsThatAreUnderWayTogetherAndRefusedTogetherComeBackInOrder() {
        // Both are under way before either is refused, as on two threads: the second is started from within the first.
        boolean[] refused = {false, false};
        call(() -> {
            if (!refused[0]) {
                time.advance(Duration.ofMillis(150)); // runs the second
                refused[0] = true;
                throw answer(400, "ThrottlingException");
            }
            return order.add("a");
        });
        call(() -> {
            if (!refused[1]) {
                refused[1] = true;
                throw answer(400, "ThrottlingException");
            }
            return order.add("b");
        });
        call(named("c"));
        time.advance(Duration.ofSeconds(5));

        assertEquals(List.of("a", "b", "c"), order);
    }

    @Test
    void aCallThatFindsNoRoomLetsTheOthersPassAtFullPace() {
        CompletableFuture<Boolean> full = call(failing("full", 3, answer(400, "AccountLimitExceededException")));
        for (int i = 0; i < 20; i++) {
            call(named("other"));
        }
        time.advance(Duration.ofSeconds(3));

        assertEquals(20, order.size());
        assertFalse(full.isDone());
        assertEquals(List.of(AwsFault.BUSY), retries);

        time.advance(Duration.ofSeconds(15));
        assertTrue(full.join());
    }

    @Test
    void urgentCallsGoFirst() {
        boolean[] urgent = {false};
        call(named("first"));
        call(named("second"));
        lane.call(named("third"), PATIENCE, RetryListener.NONE, () -> urgent[0], () -> true);
        time.advance(Duration.ZERO);
        urgent[0] = true; // while it waits
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("first", "third", "second"), order);
    }

    @Test
    void failuresWithoutAnAnswerAreTriedAgainWhilePatienceLasts() {
        CompletableFuture<Boolean> passes = call(failing("late", 4, answer(503, "ServiceUnavailable")));
        time.advance(Duration.ofSeconds(30));
        assertTrue(passes.join());
        assertEquals(List.of(AwsFault.TRANSIENT, AwsFault.TRANSIENT, AwsFault.TRANSIENT, AwsFault.TRANSIENT), retries);

        AwsServiceException failure = answer(500, "InternalFailure");
        Instant begin = time.now();
        CompletableFuture<Boolean> fails = call(failing("never", Integer.MAX_VALUE, failure));
        Duration[] took = new Duration[1];
        fails.whenComplete((done, why) -> took[0] = Duration.between(begin, time.now()));
        time.advance(Duration.ofMinutes(3));
        assertSame(failure, assertThrows(CompletionException.class, fails::join).getCause());
        assertTrue(
                took[0].compareTo(PATIENCE) >= 0 && took[0].compareTo(PATIENCE.plusSeconds(31)) <= 0,
                "After " + took[0]);
    }

    /** Such as one in which a guard reads a file that is not to be had. */
    @Test
    void callsThatDoNotReturnDoNotKeepTheOthersForGood() {
        Supplier<Boolean> stuck = () -> {
            time.advance(Duration.ofMinutes(10)); // what else is to be done meanwhile is done in it
            return order.add("late");
        };
        call(stuck);
        call(stuck);
        call(named("other"));
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("other", "late", "late"), order);
        call(named("a"));
        call(named("b"));
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("other", "late", "late", "a", "b"), order);
    }

    /** As one that may have been carried out is still asked about when nobody wants it any more. */
    @Test
    void aCallThatHasBecomeUrgentIsNotWaitedForUntilItsPauseIsOver() {
        boolean[] urgent = {false};
        lane.call(
                failing("late", 7, answer(503, "ServiceUnavailable")),
                Duration.ofMinutes(10),
                RetryListener.NONE,
                () -> urgent[0],
                () -> true);
        time.advance(Duration.ofSeconds(100)); // 1, 2, 4, 8, 16, 30 and 30 s
        urgent[0] = true;
        lane.letUnwantedLeave();
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("late"), order);
    }

    @Test
    void aCallThatWaitsToBeTriedAgainHoldsNobodyUp() {
        call(failing("late", 3, answer(503, "ServiceUnavailable")));
        call(named("other"));
        time.advance(Duration.ofMillis(500));
        assertEquals(List.of("other"), order);
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of("other", "late"), order);
    }

    @Test
    void refusalsForGoodFailAtOnceAndFreeTheLane() {
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Boolean> denied = call(failing("never", 1, answer(400, "AccessDeniedException")));
            time.advance(Duration.ofMillis(200));
            assertTrue(denied.isCompletedExceptionally());
        }
        assertEquals(List.of(), retries);
        assertTrue(call(named("next")).isDone() || advanced());
        assertEquals(List.of("next"), order);
    }

    private boolean advanced() {
        time.advance(Duration.ofSeconds(1));
        return true;
    }

    @Test
    void whoeverFailsToHearOfAHiccupDoesNotStopTheLane() {
        Logger.getLogger(CallLane.class.getName()).setLevel(Level.OFF);
        List<CompletableFuture<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // more than may be under way at once
            calls.add(lane.call(
                    failing(
                            "call",
                            1,
                            answer(i % 2 == 0 ? 503 : 400, i % 2 == 0 ? "ServiceUnavailable" : "Throttling")),
                    PATIENCE,
                    (fault, failure) -> {
                        throw new IllegalStateException("The console is closed");
                    },
                    () -> false,
                    () -> true));
        }
        time.advance(Duration.ofSeconds(30));
        assertTrue(calls.stream().allMatch(CompletableFuture::isDone), "A call was lost");
        assertEquals(4, order.size());
    }

    @Test
    void anErrorEndsTheCallAndFreesTheLane() {
        CompletableFuture<Boolean> broken = call(() -> {
            throw new NoClassDefFoundError("missing");
        });
        assertThrows(NoClassDefFoundError.class, () -> time.advance(Duration.ZERO));
        assertTrue(broken.isCompletedExceptionally());
        call(named("a"));
        call(named("b"));
        call(named("c"));
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("a", "b", "c"), order);
    }
}

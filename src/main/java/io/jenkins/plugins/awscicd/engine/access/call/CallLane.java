package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * All calls of one operation on one account, in order and at the {@link Pace} that AWS accepts. A call that AWS throttles
 * goes back to its place in the lane and never fails; one that AWS has no room for lets the others pass and comes again later;
 * one that finds no answer is tried again while its patience lasts; one that is no longer wanted leaves. No thread is held while
 * calls wait, and nothing but the call itself is done on a thread of {@link CallThreads}.
 */
public final class CallLane {

    private static final Logger LOGGER = Logger.getLogger(CallLane.class.getName());
    /** By then every call of AWS has failed; but a guard that is asked between two of them may wait for a disk without end. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long to wait for room, such as for a build to end where no more may run at once. */
    private static final Duration NO_ROOM = Duration.ofSeconds(5);

    private final String action;
    private final Scheduler scheduler;
    private final Consumer<CallThreads.Work> threads;
    private final Pace pace;
    private final int width;
    /** In order. */
    private final List<LaneCall<?>> waiting = new ArrayList<>();
    /** Those that come back to their place later, and what brings them. */
    private final Map<LaneCall<?>, Scheduler.Task> resting = new LinkedHashMap<>();

    private long calls;
    /** Threads that are asked for, and have not begun with a call. */
    private int asked;

    private int running;
    private boolean alarmSet;

    /**
     * @param action the operation as an IAM action
     * @param threads has a call made when it is its turn
     * @param pace of this lane alone
     * @param width calls under way at once at the most
     */
    public CallLane(String action, Scheduler scheduler, Consumer<CallThreads.Work> threads, Pace pace, int width) {
        this.action = action;
        this.scheduler = scheduler;
        this.threads = threads;
        this.pace = pace;
        this.width = width;
    }

    /**
     * @param call makes the call; blocks, and may be run several times; may be several of a client whose answers a {@link Turn} remembers
     * @param patience how long calls without an answer are tried again
     * @param retries told of each failure that is tried again
     * @param urgent asked whenever it is some call's turn: true to go before those that are not urgent
     * @param wanted whether the call is to be made, or made again; once it is not, the call fails with
     *     {@link CancellationException} when it is its turn, or when the lane is {@linkplain #letUnwantedLeave told} so
     */
    public <T> CompletableFuture<T> call(
            Supplier<T> call,
            Duration patience,
            RetryListener retries,
            BooleanSupplier urgent,
            BooleanSupplier wanted) {
        LaneCall<T> paced;
        synchronized (this) {
            paced = new LaneCall<>(calls++, new Turn(scheduler), call, patience, retries, urgent, wanted);
        }
        enqueue(paced);
        return paced.result;
    }

    private void enqueue(LaneCall<?> call) {
        synchronized (this) {
            int place = waiting.size();
            while (place > 0 && waiting.get(place - 1).number > call.number) {
                place--;
            }
            waiting.add(place, call);
        }
        pump();
    }

    /** Has the call come back to its place. */
    private synchronized void rest(LaneCall<?> call, Duration pause) {
        resting.put(call, scheduler.schedule(pause, () -> {
            boolean there;
            synchronized (this) {
                there = resting.remove(call) != null;
            }
            if (there) {
                enqueue(call);
            }
        }));
    }

    /** Calls that wait, and are no longer wanted, fail without being made; those that have become urgent are made without a pause. */
    public void letUnwantedLeave() {
        leave();
        List<LaneCall<?>> urgent;
        synchronized (this) {
            urgent = resting.keySet().stream()
                    .filter(call -> call.urgent.getAsBoolean())
                    .toList();
            urgent.forEach(call -> resting.remove(call).cancel());
        }
        urgent.forEach(this::enqueue);
    }

    private void leave() {
        List<LaneCall<?>> leaving = new ArrayList<>();
        synchronized (this) {
            waiting.stream().filter(LaneCall::isUnwanted).forEach(leaving::add);
            resting.keySet().stream().filter(LaneCall::isUnwanted).forEach(leaving::add);
            waiting.removeAll(leaving);
            leaving.forEach(call -> {
                Scheduler.Task alarm = resting.remove(call);
                if (alarm != null) {
                    alarm.cancel();
                }
            });
        }
        leaving.forEach(call -> fail(call, new CancellationException("Aborted before " + action + " was called")));
    }

    private void pump() {
        while (true) {
            synchronized (this) {
                if (running + asked >= width || asked >= waiting.size()) {
                    return;
                }
                Moment now = scheduler.moment();
                Duration wait = pace.untilNext(now);
                if (!wait.isZero()) {
                    setAlarm(wait);
                    return;
                }
                pace.take(now);
                asked++;
            }
            threads.accept(this::runNext);
        }
    }

    private void setAlarm(Duration wait) {
        if (!alarmSet) {
            alarmSet = true;
            // Rounded up: an alarm that comes a moment early would only be set again.
            scheduler.schedule(wait.plusMillis(1), () -> {
                synchronized (this) {
                    alarmSet = false;
                }
                pump();
            });
        }
    }

    /** On a thread of calls: which one it is for is seen only now, as it may have been waited for. */
    private boolean runNext() {
        leave();
        LaneCall<?> call;
        synchronized (this) {
            asked--;
            call = removeNext();
            if (call != null) {
                running++;
            }
        }
        return call == null || run(call);
    }

    @CheckForNull
    private LaneCall<?> removeNext() {
        for (int place = 0; place < waiting.size(); place++) {
            if (waiting.get(place).urgent.getAsBoolean()) {
                return waiting.remove(place);
            }
        }
        return waiting.isEmpty() ? null : waiting.remove(0);
    }

    private <T> boolean run(LaneCall<T> call) {
        Slot slot = new Slot();
        T value;
        try {
            value = call.turn.attempt(call.call);
        } catch (RuntimeException e) {
            return failed(call, e, slot);
        } catch (Error e) {
            call.result.completeExceptionally(e);
            slot.done(false);
            throw e;
        }
        scheduler.execute(() -> call.result.complete(value));
        slot.done(true);
        return true;
    }

    /** @return whether there was an answer */
    private boolean failed(LaneCall<?> call, RuntimeException failure, Slot slot) {
        LOGGER.log(Level.FINE, failure, () -> action + " failed");
        AwsFault fault = AwsFault.of(failure);
        Moment now = scheduler.moment();
        if (fault == AwsFault.BUSY) {
            boolean noRoom = AwsFault.noRoom(failure);
            if (!noRoom) {
                synchronized (this) {
                    pace.refused(now);
                }
            }
            report(call, fault, failure);
            slot.done(false);
            if (noRoom) {
                rest(call, NO_ROOM);
            } else {
                enqueue(call);
            }
        } else if (fault.passes() && call.patienceLeft(now, fault)) {
            report(call, fault, failure);
            slot.done(false);
            rest(call, call.nextRetry());
        } else {
            fail(call, failure);
            slot.done(false);
        }
        return !fault.passes() || failure instanceof AwsServiceException;
    }

    private void fail(LaneCall<?> call, Throwable failure) {
        scheduler.execute(() -> call.result.completeExceptionally(failure));
    }

    /** Whatever comes of telling, the call goes on. */
    private void report(LaneCall<?> call, AwsFault fault, RuntimeException failure) {
        scheduler.execute(() -> {
            try {
                call.retries.onRetry(fault, failure);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "A failure could not be told", e);
            }
        });
    }

    /** A call's place among those that are under way. It gives it back when it returns, and at the latest when it never will. */
    private final class Slot {

        private final Scheduler.Task alarm = scheduler.schedule(LONGEST, this::free);
        private boolean free;

        void done(boolean accepted) {
            alarm.cancel();
            if (accepted) {
                synchronized (CallLane.this) {
                    pace.accepted();
                }
            }
            free();
        }

        private void free() {
            synchronized (CallLane.this) {
                running -= free ? 0 : 1;
                free = true;
            }
            pump();
        }
    }
}

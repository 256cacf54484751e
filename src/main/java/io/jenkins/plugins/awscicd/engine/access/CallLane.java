package io.jenkins.plugins.awscicd.engine.access;

import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All calls of one operation on one account, in order and at the {@link Pace} that AWS accepts. A call that AWS throttles
 * goes back to its place in the lane and never fails; one that AWS has no room for lets the others pass and comes again later;
 * one that finds no answer is tried again while its patience lasts. No thread is held while calls wait.
 */
final class CallLane {

    private static final Logger LOGGER = Logger.getLogger(CallLane.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    /** How long to wait for room, such as for a build to end where no more may run at once. */
    private static final Duration NO_ROOM = Duration.ofSeconds(5);

    private final String action;
    private final Scheduler scheduler;
    private final Pace pace;
    private final int width;
    /** In order. */
    private final List<Call<?>> waiting = new ArrayList<>();

    private long calls;
    private int running;
    private boolean alarmSet;

    /**
     * @param action the operation as an IAM action
     * @param fastest calls per second at the most
     * @param width calls under way at once at the most
     */
    CallLane(String action, Scheduler scheduler, double fastest, int width) {
        this.action = action;
        this.scheduler = scheduler;
        this.pace = new Pace(fastest);
        this.width = width;
    }

    /**
     * @param call makes the call; blocks, and may be run several times
     * @param patience how long calls without an answer are tried again
     * @param hiccups told of each failure that is tried again
     * @param urgent asked whenever it is some call's turn: true to go before those that are not urgent
     */
    <T> CompletableFuture<T> call(Supplier<T> call, Duration patience, Hiccups hiccups, BooleanSupplier urgent) {
        Call<T> paced;
        synchronized (this) {
            paced = new Call<>(calls++, call, patience, hiccups, urgent);
        }
        enqueue(paced);
        return paced.result;
    }

    private void enqueue(Call<?> call) {
        synchronized (this) {
            int place = waiting.size();
            while (place > 0 && waiting.get(place - 1).number > call.number) {
                place--;
            }
            waiting.add(place, call);
        }
        pump();
    }

    private Call<?> removeNext() {
        for (int place = 0; place < waiting.size(); place++) {
            if (waiting.get(place).urgent.getAsBoolean()) {
                return waiting.remove(place);
            }
        }
        return waiting.remove(0);
    }

    private void pump() {
        while (true) {
            Call<?> call;
            synchronized (this) {
                if (running >= width || waiting.isEmpty()) {
                    return;
                }
                Moment now = scheduler.moment();
                Duration wait = pace.untilNext(now);
                if (!wait.isZero()) {
                    setAlarm(wait);
                    return;
                }
                pace.take(now);
                call = removeNext();
                running++;
            }
            scheduler.execute(() -> run(call));
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

    private <T> void run(Call<T> call) {
        T value;
        try {
            value = call.call.get();
        } catch (RuntimeException e) {
            failed(call, e);
            return;
        } catch (Error e) {
            done(false);
            call.result.completeExceptionally(e);
            throw e;
        }
        done(true);
        call.result.complete(value);
    }

    private void failed(Call<?> call, RuntimeException failure) {
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
            tell(call, fault, failure);
            done(false);
            if (noRoom) {
                scheduler.schedule(NO_ROOM, () -> enqueue(call));
            } else {
                enqueue(call);
            }
        } else if (fault.passes() && call.patienceLeft(now)) {
            tell(call, fault, failure);
            done(false);
            scheduler.schedule(call.nextRetry(), () -> enqueue(call));
        } else {
            done(false);
            call.result.completeExceptionally(failure);
        }
    }

    /** Whatever comes of telling, the call goes on. */
    private static void tell(Call<?> call, AwsFault fault, RuntimeException failure) {
        try {
            call.hiccups.hiccup(fault, failure);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "A failure could not be told", e);
        }
    }

    private void done(boolean accepted) {
        synchronized (this) {
            running--;
            if (accepted) {
                pace.accepted();
            }
        }
        pump();
    }

    /** One call, with what it has been through. */
    private static final class Call<T> {
        private final long number;
        private final Supplier<T> call;
        private final Duration patience;
        private final Hiccups hiccups;
        private final BooleanSupplier urgent;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private Moment failingSince;
        private Duration retry = FIRST_RETRY;

        Call(long number, Supplier<T> call, Duration patience, Hiccups hiccups, BooleanSupplier urgent) {
            this.number = number;
            this.call = call;
            this.patience = patience;
            this.hiccups = hiccups;
            this.urgent = urgent;
        }

        boolean patienceLeft(Moment now) {
            if (failingSince == null) {
                failingSince = now;
            }
            return failingSince.until(now).compareTo(patience) < 0;
        }

        Duration nextRetry() {
            Duration now = retry;
            Duration longer = retry.multipliedBy(2);
            retry = longer.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : longer;
            return now;
        }
    }
}

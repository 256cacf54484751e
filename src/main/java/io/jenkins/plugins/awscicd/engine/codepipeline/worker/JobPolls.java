package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;

/** When a worker polls, and for how many jobs. All of it runs on its worker's {@code Serial}. */
final class JobPolls {

    private static final Duration IDLE = Duration.ofSeconds(15);
    /** While nothing is held, and events have told of what there was to do. */
    private static final Duration ANNOUNCED = Duration.ofMinutes(1);
    /** While something waits for what the next poll brings. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int MOST_POSTPONED = 20;
    /** After failures. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int MOST_DOUBLINGS = 5;
    private static final int BATCH = 100;
    private static final int LARGEST_BATCH = 1600;

    private final JobWorker worker;
    private final Scheduler scheduler;
    private Scheduler.Task next = () -> {};
    private final Announcements announcements = new Announcements();
    /** When it was polled last; null before. */
    private Moment last;

    private boolean polling;
    /** Whether the last poll has brought what Jenkins cannot take yet: no event announces it again. */
    private boolean isPostponed;

    private boolean again;
    private int failures;
    private int postponed;
    private int batch = BATCH;

    JobPolls(@NonNull JobWorker worker, @NonNull Scheduler scheduler) {
        this.worker = worker;
        this.scheduler = scheduler;
    }

    /** An event says that an action has begun: polls now, but however many events come, not often. */
    void announced() {
        Moment now = worker.moment();
        announcements.received(now);
        if (failures > 0) {
            return; // whoever is refused waits, whatever events come
        }
        if (last == null || last.until(now).compareTo(SOON) >= 0) {
            poll();
        } else if (!polling) {
            schedule();
        }
    }

    /** No events are heard for now. */
    void disconnected() {
        announcements.disconnected();
        if (!polling) {
            schedule();
        }
    }

    /** Polls now, or once more when the poll that is under way has come back. */
    void poll() {
        next.cancel();
        if (polling) {
            again = true;
            return;
        }
        if (worker.held().isTellingOurs() && postponed++ < MOST_POSTPONED) {
            next = scheduler.schedule(
                    SHORT, () -> worker.execute(this::poll)); // it could outdate the nonces that are on their way
            return;
        }
        postponed = 0;
        if (!worker.connect()) {
            failures++;
            schedule();
            return;
        }
        if (worker.isFinishing() && !worker.held().isWaiting()) {
            failures = 0;
            worker.look(); // what a poll brings might be hidden from those who want it
            schedule();
            return;
        }
        polling = true;
        last = worker.moment();
        worker.calls()
                .poll(worker.source(), batch)
                .whenComplete((jobs, failure) -> worker.execute(() -> {
                    polling = false;
                    if (failure == null) {
                        failures = 0;
                        announcements.came(jobs, worker.moment());
                        isPostponed = worker.came(jobs);
                        if (jobs.size() >= batch && batch < LARGEST_BATCH) {
                            batch *= 2; // those that wait for their turn come again with each poll, and are not to hide
                            // others
                            again = true;
                        }
                    } else {
                        failures++;
                        worker.failed(WorkerCalls.POLL, AwsCallException.unwrap(failure));
                    }
                    schedule();
                }));
    }

    private void schedule() {
        next.cancel();
        next = scheduler.schedule(delay(), () -> worker.execute(this::poll));
        again = false;
    }

    private Duration delay() {
        if (failures > 0) {
            Duration longer = IDLE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        }
        if (again) {
            return Duration.ZERO;
        }
        if (worker.held().isWaiting() || announcements.isExpected(worker.moment())) {
            return SOON;
        }
        return worker.held().isEmpty() && announcements.isProven() && !isPostponed ? ANNOUNCED : IDLE;
    }
}

package io.jenkins.plugins.awscicd.engine.watch;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * All jobs of one service on one account, looked at together: a tick comes when the most impatient job is due, asks for all
 * that are due or almost, and fills its last batch up with those that are due next, as they cost nothing more. Where there are
 * many jobs something happens to one of them all the time, therefore ticks keep a distance that grows with their number; only
 * a job in a hurry is looked at in between.
 */
final class Bucket<S extends Snapshot> {

    /** How long a job may be missing from AWS's answers, such as right after it was started. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration SHORTEST_DISTANCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_DISTANCE = Duration.ofMillis(4500);
    private static final Duration DISTANCE_PER_JOB = Duration.ofMillis(10);
    /** Events come in flocks: those of so long are looked at together. */
    private static final Duration GATHERING = Duration.ofMillis(100);
    /** Between looks because of events, however many come, and from whomever. */
    private static final Duration NUDGE_DISTANCE = Duration.ofMillis(500);

    private final JobService<S> service;
    private final Scheduler scheduler;
    private final DoubleSupplier jitter;
    private final List<Watch<S>> watches = new ArrayList<>();
    private Scheduler.Task alarm = () -> {};
    private Moment alarmAt = Moment.LAST;
    /** Until then only expedited watches are polled. */
    private Moment pausedUntil = Moment.FIRST;

    private Moment nudgesAfter = Moment.FIRST;

    private boolean asking;
    private final AnnouncedEnds hearing;

    Bucket(JobService<S> service, AnnouncedEnds hearing, Scheduler scheduler, DoubleSupplier jitter) {
        this.service = service;
        this.hearing = hearing;
        this.scheduler = scheduler;
        this.jitter = jitter;
    }

    synchronized void add(Watch<S> watch) {
        watches.add(watch);
        if (lookAt(watch).isBefore(alarmAt)) { // hundreds may begin within seconds
            setAlarm();
        }
    }

    synchronized void remove(Watch<S> watch) {
        watches.remove(watch);
        setAlarm();
    }

    synchronized void expedite(Watch<S> watch) {
        watch.expedite(scheduler.moment());
        setAlarm();
    }

    /** An event was heard: whom it means is looked at now, together with others. */
    synchronized void nudge(String name, String region) {
        Moment now = scheduler.moment();
        Moment at = now.plus(GATHERING);
        Moment first = at.isBefore(nudgesAfter) ? nudgesAfter : at;
        List<Watch<S>> meant =
                watches.stream().filter(watch -> watch.isNamed(name, region)).toList();
        meant.forEach(watch -> watch.nudge(now, first));
        if (!meant.isEmpty()) {
            setAlarm();
        }
    }

    /** Events no longer tell of what happens. */
    synchronized void shorten(AnnouncedEnds lost) {
        if (hearing == lost) {
            watches.forEach(watch -> watch.shorten(scheduler.moment()));
            setAlarm();
        }
    }

    /** Whether there is nothing in it: another one may take its place. */
    synchronized boolean isIdle() {
        return watches.isEmpty() && !asking;
    }

    synchronized int size() {
        return watches.size();
    }

    private void setAlarm() {
        Moment next = watches.stream()
                .map(this::lookAt)
                .min(Comparator.naturalOrder())
                .orElse(Moment.LAST);
        if (asking || next.equals(alarmAt)) {
            return;
        }
        alarm.cancel();
        alarmAt = next;
        if (next.equals(Moment.LAST)) {
            alarm = () -> {};
        } else {
            Duration wait = scheduler.moment().until(next);
            alarm = scheduler.schedule(wait.isNegative() ? Duration.ZERO : wait, this::tick);
        }
    }

    private Moment lookAt(Watch<S> watch) {
        return watch.urgent() || watch.due().isAfter(pausedUntil) ? watch.due() : pausedUntil;
    }

    private Duration distance() {
        Duration distance = SHORTEST_DISTANCE.plus(DISTANCE_PER_JOB.multipliedBy(watches.size()));
        return distance.compareTo(LONGEST_DISTANCE) < 0 ? distance : LONGEST_DISTANCE;
    }

    private void tick() {
        List<List<Watch<S>>> batches;
        synchronized (this) {
            alarmAt = Moment.LAST;
            if (asking) {
                return;
            }
            batches = batches(scheduler.moment());
            if (batches.isEmpty()) {
                setAlarm();
                return;
            }
            asking = true;
        }
        CompletableFuture<?>[] asked = batches.stream().map(this::ask).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(asked).whenComplete((done, failure) -> {
            synchronized (this) {
                asking = false;
                setAlarm();
            }
        });
    }

    private List<List<Watch<S>>> batches(Moment now) {
        boolean paused = now.isBefore(pausedUntil);
        // Half a distance early is better than half a distance late.
        Moment soon = paused ? now : now.plus(distance().dividedBy(2));
        long due = watches.stream()
                .filter(watch -> (!paused || watch.urgent()) && !watch.due().isAfter(soon))
                .count();
        if (due > 0 && !paused) {
            pausedUntil = now.plus(Watch.multiply(distance(), jitter.getAsDouble()));
        }
        long room = (due + service.batchSize() - 1) / service.batchSize() * service.batchSize();
        List<Watch<S>> chosen = watches.stream()
                .sorted(Comparator.<Watch<S>, Boolean>comparing(watch -> !watch.urgent())
                        .thenComparing(Watch::due))
                .limit(room)
                .toList();
        if (chosen.stream().anyMatch(Watch::nudged)) {
            nudgesAfter = now.plus(NUDGE_DISTANCE);
        }
        List<List<Watch<S>>> batches = new ArrayList<>();
        for (int from = 0; from < chosen.size(); from += service.batchSize()) {
            batches.add(chosen.subList(from, Math.min(chosen.size(), from + service.batchSize())));
        }
        return batches;
    }

    private CompletableFuture<?> ask(List<Watch<S>> batch) {
        Set<String> ids = new LinkedHashSet<>();
        batch.forEach(watch -> ids.add(watch.id));
        AwsSession session = batch.get(0).session; // any will do: they are the same to AWS
        Moment asked = scheduler.moment();
        return session.call(
                        service.observeAction(),
                        AwsSession.PATIENCE,
                        (fault, failure) -> batch.forEach(watch -> watch.observer.onRetry(fault, failure)),
                        () -> service.observe(session, List.copyOf(ids)))
                .handle((found, failure) -> {
                    if (failure == null) {
                        batch.forEach(watch -> found(watch, found, asked));
                        return CompletableFuture.completedFuture(null);
                    }
                    return refused(batch, failure);
                })
                .thenCompose(done -> done);
    }

    /** AWS refuses a whole batch for one job in it, such as one that we may not see: the others must not be lost with it. */
    private CompletableFuture<?> refused(List<Watch<S>> batch, Throwable failure) {
        AwsFault fault = AwsFault.of(AwsCallException.unwrap(failure));
        boolean ofOne = fault == AwsFault.DENIED || fault == AwsFault.NOT_FOUND || fault == AwsFault.REJECTED;
        if (batch.size() == 1 || !ofOne) {
            batch.forEach(watch -> lose(watch, failure));
            return CompletableFuture.completedFuture(null);
        }
        int half = batch.size() / 2;
        return CompletableFuture.allOf(ask(batch.subList(0, half)), ask(batch.subList(half, batch.size())));
    }

    private void found(Watch<S> watch, Map<String, S> found, Moment asked) {
        S snapshot = found.get(watch.id);
        Moment now = scheduler.moment();
        boolean news = false;
        boolean missing = false;
        synchronized (this) {
            if (!watches.contains(watch)) {
                return;
            }
            if (snapshot != null) {
                news = watch.seen(snapshot, asked, now, jitter.getAsDouble(), hearing.isProven());
                if (watch.cameToRest()) {
                    hearing.ended(watch.nameInEvents(), watch.announced(now));
                }
                if (snapshot.ended()) {
                    watches.remove(watch);
                }
            } else {
                missing = watch.missing(asked, now, jitter.getAsDouble()).compareTo(GRACE) > 0;
            }
        }
        if (news) {
            watch.observer.observed(snapshot);
        } else if (snapshot != null) {
            watch.observer.confirmed();
        } else if (missing) {
            lose(watch, new IllegalStateException("AWS no longer knows it, or never did"));
        }
    }

    private void lose(Watch<S> watch, Throwable failure) {
        synchronized (this) {
            if (!watches.remove(watch)) {
                return;
            }
        }
        watch.observer.lost(
                AwsCallException.of(service.observeAction(), watch.id + " in " + watch.session.region(), failure));
    }
}

package io.jenkins.plugins.awscicd.engine.watch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccount;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.DoubleSupplier;

/**
 * The one poller of the controller. However many jobs run, they cost one call per batch and tick, and no thread while
 * nothing happens.
 */
public final class Watcher {

    /** Services that are equal are asked together. */
    private record Key(AwsAccount account, JobService<?> service) {}

    /** Takes a watch back. */
    public interface Handle {
        /** The watch is over; nothing more is told, but for what is being told at this moment. */
        void forget();

        /** Something is about to happen: look often from now on. */
        void expedite();
    }

    private record BucketHandle<S extends Snapshot>(Bucket<S> bucket, Watch<S> watch) implements Handle {
        @Override
        public void forget() {
            bucket.remove(watch);
        }

        @Override
        public void expedite() {
            bucket.expedite(watch);
        }
    }

    private final Scheduler scheduler;
    private final DoubleSupplier jitter;
    private final Map<Key, Bucket<?>> buckets = new HashMap<>();
    /** By account and kind of job; as long as the account is known. */
    private final Map<AwsAccount, Map<String, AnnouncedEnds>> hearings = new WeakHashMap<>();

    /** @param jitter factors around 1 by which intervals are stretched, so that controllers do not ask in step */
    public Watcher(@NonNull Scheduler scheduler, @NonNull DoubleSupplier jitter) {
        this.scheduler = scheduler;
        this.jitter = jitter;
    }

    /** Has a job watched until it has ended, is lost or is forgotten. The session must stay open for as long. */
    @NonNull
    public <S extends Snapshot> Handle watch(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull String id,
            @NonNull Observer<S> observer) {
        Watch<S> watch = new Watch<>(session, id, observer, scheduler.moment());
        synchronized (buckets) {
            buckets.values().removeIf(Bucket::isIdle);
            Bucket<S> bucket = bucket(session.account(), service);
            bucket.add(watch);
            return new BucketHandle<>(bucket, watch);
        }
    }

    @SuppressWarnings("unchecked") // equal services see the same kind of snapshot
    private <S extends Snapshot> Bucket<S> bucket(AwsAccount account, JobService<S> service) {
        return (Bucket<S>) buckets.computeIfAbsent(
                new Key(account, service), key -> new Bucket<>(service, hearing(account, service), scheduler, jitter));
    }

    private AnnouncedEnds hearing(AwsAccount account, JobService<?> service) {
        return hearings.computeIfAbsent(account, it -> new HashMap<>())
                .computeIfAbsent(
                        service.observeAction(), kind -> new AnnouncedEnds(prefix(service), scheduler, this::shorten));
    }

    private static String prefix(JobService<?> service) {
        String action = service.observeAction();
        return action.substring(0, action.indexOf(':'));
    }

    /**
     * AWS says that something has happened to a job: it is looked at now, together with others. Whoever says so can do no more than have it
     * looked at, and that not often.
     *
     * @param service as in IAM actions, such as {@code codebuild}
     * @param name the job's id, or what events of the service name it by
     */
    public void nudge(@NonNull String service, @NonNull String region, @NonNull String name) {
        synchronized (buckets) {
            buckets.forEach((key, bucket) -> {
                if (prefix(key.service()).equals(service)) {
                    bucket.nudge(name, region);
                }
            });
            hearings.values().stream()
                    .flatMap(kinds -> kinds.values().stream())
                    .filter(hearing -> hearing.isOf(service))
                    .forEach(hearing -> hearing.received(name));
        }
    }

    /** AWS's events are not heard for now: jobs are looked at as often as without them, until they have proved themselves again. */
    public void disconnected() {
        synchronized (buckets) {
            hearings.values().forEach(services -> services.values().forEach(AnnouncedEnds::disconnected));
        }
    }

    private void shorten(AnnouncedEnds lost) {
        synchronized (buckets) {
            buckets.values().forEach(bucket -> bucket.shorten(lost));
        }
    }

    /** How many accounts' services are known: those with jobs, and until the next job comes those that had some. */
    int accounts() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    /** How many jobs are watched. */
    public int size() {
        synchronized (buckets) {
            return buckets.values().stream().mapToInt(Bucket::size).sum();
        }
    }
}

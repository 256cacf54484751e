package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at a job that has ended until AWS names the one that it starts in its place, for a while. Nobody says how long AWS takes
 * to do so, nor promises that it does.
 */
public final class LateSuccessor<S extends Snapshot> {

    /** How long AWS is given to name it. */
    public static final Duration LONGEST = Duration.ofSeconds(90);

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final AwsSession session;
    private final JobService<S> service;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final S ended;
    private final CompletableFuture<S> found = new CompletableFuture<>();
    /** As it was seen last: what AWS says of a successor may have changed although there is none. */
    private volatile S latest;

    private Watcher.Handle watch;
    private Scheduler.Task next = () -> {};

    /** @param ended the job as it was seen last */
    public LateSuccessor(
            @NonNull AwsSession session,
            @NonNull JobService<S> service,
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull S ended) {
        this.session = session;
        this.service = service;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.ended = ended;
        this.latest = ended;
    }

    /** @return the job, now with its successor; as it was seen last if there is none in time. Never fails. */
    @NonNull
    public CompletableFuture<S> find() {
        Scheduler.Task alarm = scheduler.schedule(LONGEST, () -> found.complete(latest));
        found.whenComplete((done, failure) -> {
            alarm.cancel();
            leave();
        });
        look();
        return found;
    }

    private synchronized void look() {
        if (found.isDone()) {
            return;
        }
        watch = watcher.watch(session, service, ended.id(), new Observer<>() {
            @Override
            public void observed(S now) {
                latest = now;
                if (now.successor() != null || !now.successorDue()) {
                    found.complete(now);
                } else {
                    lookAgain();
                }
            }

            @Override
            public void lost(AwsCallException why) {
                lookAgain();
            }

            @Override
            public void onRetry(AwsFault fault, Throwable failure) {
                // the watcher tries again
            }
        });
    }

    private synchronized void lookAgain() {
        next = scheduler.schedule(INTERVAL, this::look);
    }

    private synchronized void leave() {
        next.cancel();
        if (watch != null) {
            watch.forget();
        }
    }

    /** Gives up looking. */
    public void close() {
        found.cancel(false);
    }
}

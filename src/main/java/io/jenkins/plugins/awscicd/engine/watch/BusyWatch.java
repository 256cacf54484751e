package io.jenkins.plugins.awscicd.engine.watch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import java.util.function.Consumer;

/**
 * Watches what keeps a place busy for somebody who waits for the place: he hears of it in order with what else happens to him, and no
 * more once he has left. Its methods are called in that order, too.
 *
 * @param <S> what is seen of what keeps the place busy
 */
public final class BusyWatch<S extends Snapshot> {

    private final AwsSession session;
    private final Watcher watcher;
    private final JobService<S> service;
    private final Serial serial;
    private final Consumer<S> seen;
    private final Consumer<AwsCallException> lost;

    /** Null unless something is watched. */
    private Watching watch;

    private Watcher.Handle handle;

    /**
     * @param seen told of each change
     * @param lost told if it can no longer be watched
     */
    public BusyWatch(
            @NonNull AwsSession session,
            @NonNull Watcher watcher,
            @NonNull JobService<S> service,
            @NonNull Serial serial,
            @NonNull Consumer<S> seen,
            @NonNull Consumer<AwsCallException> lost) {
        this.session = session;
        this.watcher = watcher;
        this.service = service;
        this.serial = serial;
        this.seen = seen;
        this.lost = lost;
    }

    /** Watches this, and nothing else any more. */
    public void begin(@NonNull String id) {
        leave();
        Watching begun = new Watching();
        watch = begun;
        handle = watcher.watch(session, service, id, begun);
    }

    public boolean isUnderWay() {
        return watch != null;
    }

    /** Something is about to happen: AWS is asked more often for a while. */
    public void expedite() {
        if (handle != null) {
            handle.expedite();
        }
    }

    /** Waits no longer. */
    public void leave() {
        watch = null;
        if (handle != null) {
            handle.forget();
            handle = null;
        }
    }

    private final class Watching implements Observer<S> {

        private void report(Runnable telling) {
            serial.execute(() -> {
                if (watch == this) {
                    telling.run();
                }
            });
        }

        @Override
        public void observed(S now) {
            report(() -> seen.accept(now));
        }

        @Override
        public void lost(AwsCallException why) {
            report(() -> lost.accept(why));
        }

        @Override
        public void onRetry(AwsFault fault, Throwable failure) {
            // it only takes longer
        }
    }
}

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.List;

/**
 * Tells another listener all that it hears: for whoever listens as well.
 *
 * @param <S> what is seen of a job
 */
public abstract class ForwardingListener<S> implements JobListener<S> {

    private final JobListener<S> listener;

    protected ForwardingListener(@NonNull JobListener<S> listener) {
        this.listener = listener;
    }

    @Override
    public final void started(@NonNull String id) {
        listener.started(id);
    }

    @Override
    public final void replaced(@NonNull String id) {
        listener.replaced(id);
    }

    @Override
    public void observed(@NonNull S now) {
        listener.observed(now);
    }

    @Override
    public final Duration usual() {
        return listener.usual();
    }

    @Override
    public void ended(@NonNull List<S> jobs) {
        listener.ended(jobs);
    }

    @Override
    public void failed(@NonNull RuntimeException why) {
        listener.failed(why);
    }
}

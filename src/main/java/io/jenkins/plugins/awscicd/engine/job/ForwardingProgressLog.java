package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Has another one tell all: for whoever has something to do besides.
 *
 * @param <S> what is seen of a job
 */
public abstract class ForwardingProgressLog<S extends Snapshot> implements ProgressLog<S> {

    private final ProgressLog<S> progressLog;

    protected ForwardingProgressLog(@NonNull ProgressLog<S> progressLog) {
        this.progressLog = progressLog;
    }

    @Override
    public void looked(@NonNull S now) {
        progressLog.looked(now);
    }

    @Override
    public final void observed(@NonNull S now) {
        progressLog.observed(now);
    }

    @Override
    public final String running(@NonNull S now, @NonNull Instant at) {
        return progressLog.running(now, at);
    }

    @Override
    public CompletableFuture<Void> ended(@NonNull S last) {
        return progressLog.ended(last);
    }

    @Override
    public void abandon() {
        progressLog.abandon();
    }
}

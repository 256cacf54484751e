package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A job that is started by one request, with the step's token; of a request for what has to be uploaded first, by what the upload makes of
 * it.
 *
 * @param <S> what is seen of the job
 * @param <R> the request
 */
public abstract class RequestedJob<S extends Snapshot, R> implements PreparedJob<S> {

    protected final Connected<S> at;
    protected final StartToken token;
    private final Supplier<R> asked;
    /** The request for what was uploaded; null before. */
    private volatile R uploaded;

    /** @param asked what the step asks for; may be needed until the job is started, and not after that */
    protected RequestedJob(@NonNull Connected<S> at, @NonNull Supplier<R> asked, @NonNull StartToken token) {
        this.at = at;
        this.asked = asked;
        this.token = token;
    }

    /** What the step asks for, as it was before any upload. */
    @NonNull
    protected final R asked() {
        return asked.get();
    }

    /** The request for what was uploaded; null before. */
    @CheckForNull
    protected final R uploaded() {
        return uploaded;
    }

    @Override
    public final void upload() throws IOException, InterruptedException {
        uploaded = upload(asked());
    }

    /** Sends what the request is for from where it is, and gives the request for where it is then. */
    @NonNull
    protected abstract R upload(@NonNull R request) throws IOException, InterruptedException;

    @Override
    public final CompletableFuture<? extends JobResult> start(boolean again) {
        R ready = uploaded;
        return ready == null ? start(asked(), again) : start(ready, again);
    }

    /** As {@link #start(boolean)}, by a request for which nothing has to be uploaded any more. */
    @CheckForNull
    protected abstract CompletableFuture<? extends JobResult> start(@NonNull R ready, boolean again);

    /** Whether it is to be looked for before it is started: an upload comes only after it {@linkplain #startedBefore was}. */
    protected final boolean isToBeLookedFor(boolean again) {
        return again && uploaded == null;
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AccountRegion;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;

/** A worker's connection to AWS, opened when it is first needed. */
final class WorkerConnection implements AutoCloseable {

    private final Supplier<AwsSession> opener;
    private final CompletableFuture<AccountRegion> account = new CompletableFuture<>();
    private AwsSession session;
    private volatile WorkerCalls calls;
    private volatile boolean closed;

    /** @param opener may block and may fail, and is asked again then */
    WorkerConnection(@NonNull Supplier<AwsSession> opener) {
        this.opener = opener;
    }

    /** Fails if it cannot be opened now. */
    void open() {
        AwsSession opened = opener.get();
        synchronized (this) {
            if (closed) {
                opened.close();
                return;
            }
            session = opened;
        }
        calls = new WorkerCalls(opened);
        opened.accountRegionWhile(() -> !closed).thenAccept(account::complete);
    }

    /** null if it is not open yet. */
    @CheckForNull
    WorkerCalls calls() {
        return calls;
    }

    /** Which account is reached, and where; once AWS has said it. */
    @NonNull
    CompletableFuture<AccountRegion> account() {
        return account;
    }

    /** null if it is not open. */
    @CheckForNull
    synchronized Region region() {
        return session == null ? null : session.region();
    }

    /** @throws IllegalStateException if it is not open any more */
    @NonNull
    synchronized ArtifactAccess artifacts(@NonNull ActionJob job) {
        if (session == null) {
            throw new IllegalStateException("The worker has ended");
        }
        return new ArtifactAccess(session, job);
    }

    @Override
    public void close() {
        AwsSession open;
        synchronized (this) {
            closed = true;
            open = session;
            session = null;
        }
        if (open != null) {
            open.close();
        }
    }
}

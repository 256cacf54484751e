package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AccountRegion;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.SessionHolder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;

/** A worker's connection to AWS, opened when it is first needed. */
final class WorkerConnection implements AutoCloseable {

    private final SessionHolder holder;
    private final CompletableFuture<AccountRegion> account = new CompletableFuture<>();
    private volatile WorkerCalls calls;

    /** @param opener may block and may fail, and is asked again then */
    WorkerConnection(@NonNull Supplier<AwsSession> opener) {
        this.holder = new SessionHolder(opener);
    }

    /** Fails if it cannot be opened now. */
    void open() {
        AwsSession opened = holder.open();
        if (opened != null) {
            calls = new WorkerCalls(opened);
            opened.accountRegionWhile(() -> !holder.isClosed()).thenAccept(account::complete);
        }
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
    Region region() {
        AwsSession session = holder.session();
        return session == null ? null : session.region();
    }

    /** @throws IllegalStateException if it is not open any more */
    @NonNull
    ArtifactAccess artifacts(@NonNull ActionJob job) {
        AwsSession session = holder.session();
        if (session == null) {
            throw new IllegalStateException("The worker has ended");
        }
        return new ArtifactAccess(session, job);
    }

    @Override
    public void close() {
        holder.close();
    }
}

package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.codecommit.CodeCommit;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** CodeCommit in a region, for what Jenkins does on threads that wait, such as scans. */
public final class RepositoryConnection implements AutoCloseable {

    private final AwsSession session;
    private final CodeCommit aws;

    private RepositoryConnection(AwsSession session) {
        this.session = session;
        this.aws = new CodeCommit(session);
    }

    /** @throws IOException saying why it cannot be connected */
    @NonNull
    static RepositoryConnection of(@NonNull Supplier<AwsSession> session) throws IOException {
        try {
            return new RepositoryConnection(session.get());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @NonNull
    public CodeCommit aws() {
        return aws;
    }

    @NonNull
    public AwsSession session() {
        return session;
    }

    /** Waits for an answer. */
    public static <T> T answer(@NonNull CompletableFuture<T> asked) throws IOException, InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            Throwable cause = AwsCallException.unwrap(e.getCause());
            throw new IOException(cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}

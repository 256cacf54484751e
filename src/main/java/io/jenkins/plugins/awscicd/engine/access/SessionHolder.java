package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.function.Supplier;

/** A session that is opened when it is first needed, and given back once, also if that comes while it is being opened. */
public final class SessionHolder implements AutoCloseable {

    private final Supplier<AwsSession> opener;
    private AwsSession session;
    private volatile boolean closed;

    /** @param opener opens it; may block and may fail, and is asked again then */
    public SessionHolder(@NonNull Supplier<AwsSession> opener) {
        this.opener = opener;
    }

    /**
     * Opens it.
     *
     * @return null if nobody wants it any more
     */
    @CheckForNull
    public AwsSession open() {
        AwsSession opened = opener.get();
        synchronized (this) {
            if (!closed) {
                session = opened;
                return opened;
            }
        }
        opened.close();
        return null;
    }

    /** Null if it is not open. */
    @CheckForNull
    public synchronized AwsSession session() {
        return session;
    }

    public boolean isClosed() {
        return closed;
    }

    /** It is not used any more, and not opened again. */
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

package io.jenkins.plugins.awscicd.engine.access;

import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The SDK's default chain, one for all sessions: with web identity each chain has connections, a cache and credentials of its own,
 * and closing it ends the credentials of all who have it.
 */
final class DefaultChain implements AutoCloseable {

    /** Longer than a call takes that has just asked a chain that is replaced. */
    private static final Duration LINGER = Duration.ofMinutes(2);

    private final Scheduler scheduler;
    /** Replaced, and not yet closed. */
    private final Set<DefaultCredentialsProvider> old = new HashSet<>();

    private DefaultCredentialsProvider chain;

    DefaultChain(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Not to be closed by the caller. */
    synchronized DefaultCredentialsProvider current() {
        if (chain == null) {
            chain = DefaultCredentialsProvider.builder().build();
        }
        return chain;
    }

    /** Has credentials looked for anew, unless that has been done since this chain was the current one. */
    synchronized void renew(DefaultCredentialsProvider used) {
        if (chain != used) {
            return;
        }
        chain = null;
        old.add(used);
        scheduler.schedule(LINGER, () -> {
            synchronized (this) {
                if (!old.remove(used)) {
                    return;
                }
            }
            used.close();
        });
    }

    @Override
    public synchronized void close() {
        old.forEach(DefaultCredentialsProvider::close);
        old.clear();
        if (chain != null) {
            chain.close();
            chain = null;
        }
    }
}

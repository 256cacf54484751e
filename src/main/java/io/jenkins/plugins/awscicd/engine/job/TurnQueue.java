package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Those that wait to deploy to one place, in the order of their turns. Only the first of them asks AWS; the others cost no call.
 * Which account the place is in may have to be asked for first: until that is known nobody is the first.
 */
public final class TurnQueue {

    /** One that waits. Called without the queue's lock. */
    public interface Waiting {
        @NonNull
        Turn turn();

        /** Whether it gives up when a newer one comes. */
        boolean yields();

        /** It has become the first. */
        void first();

        /** Another one is before it. */
        void behind(@NonNull Turn other);

        /** A newer one is here: its turn never comes. */
        void outdated(@NonNull Turn newer);

        /**
         * Only those with the same credentials are known to want the same place.
         *
         * @param why the account could not be found out, a sentence
         */
        void amongOwn(@NonNull String why);
    }

    /**
     * @param trouble why only those with the same credentials are in the line; empty if all are
     */
    record Found(@NonNull Line line, @NonNull String trouble) {}

    private final Supplier<CompletableFuture<Found>> look;
    private final Set<Waiting> joined = new HashSet<>();
    /** Held for as long as somebody may be in it. */
    private volatile Line line;

    TurnQueue(Supplier<CompletableFuture<Found>> look) {
        this.look = look;
    }

    /** Lines up. */
    public void join(@NonNull Waiting one) {
        synchronized (joined) {
            joined.add(one);
        }
        look.get().thenAccept(found -> {
            line = found.line();
            if (!wantsIn(one)) {
                return;
            }
            if (!found.trouble().isEmpty()) {
                one.amongOwn(found.trouble());
            }
            found.line().join(one);
            if (!wantsIn(one)) {
                found.line().leave(one); // it has left meanwhile, before it was in
            }
        });
    }

    private boolean wantsIn(Waiting one) {
        synchronized (joined) {
            return joined.contains(one);
        }
    }

    /** Whether it is its turn. */
    public boolean isFirst(@NonNull Waiting one) {
        Line known = line;
        return known != null && known.isFirst(one);
    }

    /** Steps out: deployed, failed or no longer wanted. */
    public void leave(@NonNull Waiting one) {
        synchronized (joined) {
            joined.remove(one);
        }
        Line known = line;
        if (known != null) {
            known.leave(one);
        }
    }
}

package io.jenkins.plugins.awscicd.engine.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.Set;

/**
 * The way of one that deploys through the queues of the places that it deploys to: it waits until it is the first at all of them, in
 * the order of turns, and may then hold them for as long as nobody else is to deploy there. Only the first asks AWS; the others
 * cost no call. Which account the places are in may have to be asked for first: until that is known nobody is the first.
 *
 * @param <P> a place within its account and region
 */
public final class TurnQueue<P> {

    /** One that waits. Called without a lock. */
    public interface Waiting {
        @NonNull
        Turn turn();

        /** Whether it gives up when a newer one comes. */
        boolean yields();

        /** It has become the first. */
        void first();

        /** Another one is before it, or holds a place. Said again when that changes. */
        void behind(@NonNull Turn other);

        /** A newer one waits as well: its turn never comes. */
        void outdated(@NonNull Turn newer);

        /**
         * Only those with the same credentials are known to want the same place.
         *
         * @param why the account could not be found out, a sentence
         */
        void amongOwn(@NonNull String why);
    }

    /** By then all that go on after a restart are in line again, and have what they held before it. */
    private static final Duration ALL_ARE_BACK = Duration.ofSeconds(30);

    private final Line<P> line;
    private final AwsSession session;
    private final Line.Entry<P> entry;
    private boolean left;
    private boolean finding;

    TurnQueue(Line<P> line, AwsSession session) {
        this.line = line;
        this.session = session;
        this.entry = new Line.Entry<>(session.account());
    }

    /** Lines up for all of these places; who is in the line already stays where it is, and waits for these instead. */
    public void join(@NonNull Waiting one, @NonNull Set<P> places) {
        session.accountRegion().whenComplete((account, failure) -> {
            if (failure != null && !hasLeft()) {
                one.amongOwn(AwsCallException.said(failure));
            }
            if (!hasLeft()) {
                line.join(entry, one, places, account);
            }
            if (failure != null) {
                findAccount();
            }
            if (hasLeft()) {
                line.leave(entry); // it has left meanwhile, before it was in
            }
        });
    }

    /**
     * The same after a restart. Which step goes on first then is chance: so for a moment it only keeps its place, and is not the first.
     */
    public void joinAgain(@NonNull Waiting one, @NonNull Set<P> places, @NonNull Scheduler scheduler) {
        line.early(entry);
        join(one, places);
        scheduler.schedule(ALL_ARE_BACK, () -> line.ready(entry));
    }

    /** Holds places that it held before a restart, in front of all that have come since. */
    public void resume(@NonNull Turn turn, @NonNull Set<P> places) {
        line.resume(entry, turn, places);
        findAccount();
    }

    /** However long that takes: till then only those with the same credentials are known to want the same place. */
    private void findAccount() {
        synchronized (this) {
            if (finding || left) {
                return;
            }
            finding = true;
        }
        session.accountRegionWhile(() -> !hasLeft()).thenAccept(account -> line.account(entry, account));
    }

    /** Whether it is its turn. */
    public boolean isFirst() {
        return line.isFirst(entry);
    }

    /**
     * Holds these places from now on, if it is the first there: nobody comes before it any more, whatever the turn.
     *
     * @return whether it holds them; if not, it waits for them from now on, and hears when it is the first
     */
    public boolean take(@NonNull Set<P> places) {
        return line.take(entry, places);
    }

    /** Holds nothing any more and waits again: it could not begin yet. */
    public void back() {
        line.back(entry);
    }

    private synchronized boolean hasLeft() {
        return left;
    }

    /** Steps out: deployed, failed or no longer wanted. For good. */
    public void leave() {
        synchronized (this) {
            left = true;
        }
        line.leave(entry);
    }
}

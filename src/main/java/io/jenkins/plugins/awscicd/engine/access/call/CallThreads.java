package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The threads on which calls are made, shared out so that whoever does not answer costs only those who ask it. What waits for its
 * turn holds no thread. The turn is of the account that has the fewest threads, and of several that of the one whose last turn is
 * longest ago.
 *
 * <p>No account gets more than a part of what is free: so there is a thread left for the next one, even if several begin to be
 * silent at the same moment. Once a party has left a call unanswered, it is asked with one thread at a time until it answers, and
 * all such parties together with a few. Strangers have no more than that together, whether they were silent before or not: whoever names
 * ever new endpoints would have all threads otherwise.
 */
public final class CallThreads {

    /** How many threads there are at the most. */
    public static final int MOST = 12;

    private static final int MOST_OF_ACCOUNT = 4;
    private static final int MOST_OF_SILENT = 4;
    private static final int MOST_OF_STRANGERS = 4;
    /** How long a party that nobody asks any more is remembered for having been silent. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /**
     * Who is waited for.
     *
     * @param account whose calls are fair to each other: an identity in a region, or what stands for one before there is a session
     * @param service what of it may be silent by itself, such as {@code logs}
     * @param stranger whether nobody has vouched for it: there may be any number of those, and so they have a part together
     */
    public record Party(@NonNull Object account, @NonNull String service, boolean stranger) {

        /** Of one that somebody has vouched for. */
        public Party(@NonNull Object account, @NonNull String service) {
            this(account, service, false);
        }
    }

    /** Something that blocks. */
    @FunctionalInterface
    public interface Work {
        /** @return whether there was an answer, be it a good one or not */
        boolean run();
    }

    private record Waiting(Party party, Work work) {}

    /** What is known of a party, as long as it is asked or was silent. */
    private static final class Standing {
        private int open;
        /** Null if the last answer that was waited for has come. */
        private Moment silentSince;
    }

    private final Scheduler scheduler;
    private final Executor threads;
    /** In order. */
    private final List<Waiting> waiting = new ArrayList<>();

    private final Map<Party, Standing> standings = new HashMap<>();
    /** How many threads an account has. */
    private final Map<Object, Integer> held = new HashMap<>();
    /** When an account had its last turn, counted in turns; of those only that have or want one. */
    private final Map<Object, Long> lastTurns = new HashMap<>();

    private int free = MOST;
    private int silent;
    private int strangers;
    private long turns;

    /** @param scheduler whose {@linkplain Scheduler#blocking threads for what blocks} are used, as many as {@link #MOST} of them */
    public CallThreads(@NonNull Scheduler scheduler) {
        this.scheduler = scheduler;
        this.threads = scheduler.blocking();
    }

    /** Has something done that may block, when it is its party's turn. */
    public void execute(@NonNull Party party, @NonNull Work work) {
        synchronized (this) {
            waiting.add(new Waiting(party, work));
        }
        pump();
    }

    /** How many threads an account has at this moment. */
    synchronized int held(Object account) {
        return held.getOrDefault(account, 0);
    }

    private void pump() {
        while (true) {
            Waiting next;
            boolean probe;
            synchronized (this) {
                next = takeNext();
                if (next == null) {
                    return;
                }
                Standing standing = standings.computeIfAbsent(next.party(), party -> new Standing());
                probe = standing.silentSince != null;
                standing.open++;
                held.merge(next.party().account(), 1, Integer::sum);
                lastTurns.put(next.party().account(), ++turns);
                free--;
                silent += probe ? 1 : 0;
                strangers += next.party().stranger() ? 1 : 0;
            }
            Waiting turn = next;
            threads.execute(() -> run(turn, probe));
        }
    }

    @CheckForNull
    private Waiting takeNext() {
        Waiting best = null;
        for (Waiting one : waiting) {
            if (mayRun(one.party())
                    && (best == null
                            || isBefore(one.party().account(), best.party().account()))) {
                best = one;
            }
        }
        waiting.remove(best);
        return best;
    }

    private boolean mayRun(Party party) {
        int has = held(party.account());
        if (party.stranger() && strangers >= MOST_OF_STRANGERS) {
            return false;
        }
        boolean fair = has == 0 ? free > 0 : has < MOST_OF_ACCOUNT && 2 * has < free;
        Standing standing = standings.get(party);
        if (standing == null || standing.silentSince == null) {
            return fair;
        }
        return fair && standing.open == 0 && silent < MOST_OF_SILENT;
    }

    private boolean isBefore(Object account, Object other) {
        int fewer = held(account) - held(other);
        return fewer != 0 ? fewer < 0 : lastTurns.getOrDefault(account, 0L) < lastTurns.getOrDefault(other, 0L);
    }

    private void run(Waiting turn, boolean probe) {
        boolean answered = true;
        try {
            answered = turn.work().run();
        } finally {
            over(turn.party(), probe, answered);
            pump();
        }
    }

    private synchronized void over(Party party, boolean probe, boolean answered) {
        free++;
        silent -= probe ? 1 : 0;
        strangers -= party.stranger() ? 1 : 0;
        held.computeIfPresent(party.account(), (account, has) -> has == 1 ? null : has - 1);
        Standing standing = standings.get(party);
        standing.open--;
        standing.silentSince = answered ? null : scheduler.moment();
        forget();
    }

    private void forget() {
        Moment longAgo = scheduler.moment().plus(REMEMBERED.negated());
        standings.values().removeIf(it -> it.open == 0 && (it.silentSince == null || it.silentSince.isBefore(longAgo)));
        lastTurns
                .keySet()
                .removeIf(account -> !held.containsKey(account)
                        && waiting.stream().noneMatch(it -> it.party().account().equals(account)));
    }
}

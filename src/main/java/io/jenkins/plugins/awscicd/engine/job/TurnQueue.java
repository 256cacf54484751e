package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;

/**
 * Those that wait to deploy to one place, in the order of their turns. Only the first of them asks AWS; the others cost no call.
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
    }

    private final List<Waiting> waiting = new ArrayList<>();

    /** Lines up. */
    public void join(@NonNull Waiting one) {
        Waiting before;
        List<Waiting> outdated;
        Waiting newest;
        synchronized (this) {
            int at = 0;
            while (at < waiting.size()
                    && waiting.get(at).turn().order() <= one.turn().order()) {
                at++;
            }
            waiting.add(at, one);
            before = at == 0 ? null : waiting.get(0);
            newest = waiting.get(waiting.size() - 1);
            outdated = waiting.stream()
                    .filter(it ->
                            it.yields() && it.turn().order() < newest.turn().order())
                    .toList();
        }
        outdated.forEach(it -> it.outdated(newest.turn()));
        if (outdated.contains(one)) {
            return;
        }
        if (before == null || isFirst(one)) {
            one.first();
        } else {
            one.behind(before.turn());
        }
    }

    /** Whether it is its turn. */
    public synchronized boolean isFirst(@NonNull Waiting one) {
        return !waiting.isEmpty() && waiting.get(0) == one;
    }

    /** Steps out: deployed, failed or no longer wanted. */
    public void leave(@NonNull Waiting one) {
        Waiting first = null;
        synchronized (this) {
            boolean wasFirst = isFirst(one);
            waiting.remove(one);
            if (wasFirst && !waiting.isEmpty()) {
                first = waiting.get(0);
            }
        }
        if (first != null) {
            first.first();
        }
    }
}

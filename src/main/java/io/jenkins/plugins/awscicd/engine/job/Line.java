package io.jenkins.plugins.awscicd.engine.job;

import java.util.ArrayList;
import java.util.List;

/** Those that wait for one place, in the order of their turns. */
final class Line {

    private final List<TurnQueue.Waiting> waiting = new ArrayList<>();

    /** Lines up. */
    void join(TurnQueue.Waiting one) {
        TurnQueue.Waiting before;
        List<TurnQueue.Waiting> outdated;
        TurnQueue.Waiting newest;
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

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether it is its turn. */
    synchronized boolean isFirst(TurnQueue.Waiting one) {
        return !waiting.isEmpty() && waiting.get(0) == one;
    }

    /** Steps out: deployed, failed or no longer wanted. */
    void leave(TurnQueue.Waiting one) {
        TurnQueue.Waiting first = null;
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

package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * One queue for each place that takes one deployment at a time.
 *
 * @param <P> the place, such as a group of an application in a region of an account: a value
 */
public final class TurnQueues<P> {

    /** As long as anybody is in them, or about to be. */
    private final Map<P, WeakReference<TurnQueue>> queues = new HashMap<>();

    /** The queue of a place, to be held for as long as one is to be in it. */
    @NonNull
    public synchronized TurnQueue of(@NonNull P place) {
        queues.values().removeIf(queue -> queue.refersTo(null));
        WeakReference<TurnQueue> known = queues.get(place);
        TurnQueue queue = known == null ? null : known.get();
        if (queue == null) {
            queue = new TurnQueue();
            queues.put(place, new WeakReference<>(queue));
        }
        return queue;
    }
}

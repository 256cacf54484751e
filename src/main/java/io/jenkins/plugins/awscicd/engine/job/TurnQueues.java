package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AccountRegion;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * One queue for each place that takes one deployment at a time. A place is in an AWS account, whichever credentials it is reached with.
 *
 * @param <P> the place within its account and region, such as a group of an application: a value
 */
public final class TurnQueues<P> {

    /** @param account an {@link AccountRegion}; what sessions of one identity share where AWS does not tell that */
    private record Key<P>(Object account, P place) {}

    /** As long as anybody is in them, or about to be. */
    private final Map<Key<P>, WeakReference<Line>> lines = new HashMap<>();

    /** The way into the queue of a place. */
    @NonNull
    public TurnQueue of(@NonNull AwsSession session, @NonNull P place) {
        return new TurnQueue(() -> session.accountRegion()
                .handle((account, failure) -> failure == null
                        ? new TurnQueue.Found(line(session, account, place), "")
                        : new TurnQueue.Found(
                                line(new Key<>(session.account(), place)), AwsCallException.said(failure))));
    }

    private synchronized Line line(AwsSession session, AccountRegion account, P place) {
        // Those that came while the account was not known yet are not to be overtaken.
        WeakReference<Line> own = lines.get(new Key<>(session.account(), place));
        Line before = own == null ? null : own.get();
        return before != null && !before.isEmpty() ? before : line(new Key<>(account, place));
    }

    private synchronized Line line(Key<P> key) {
        lines.values().removeIf(line -> line.refersTo(null));
        WeakReference<Line> known = lines.get(key);
        Line line = known == null ? null : known.get();
        if (line == null) {
            line = new Line();
            lines.put(key, new WeakReference<>(line));
        }
        return line;
    }
}

package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose the last updates are that this process has begun, or has picked up again: AWS takes no name along with an update. What is not
 * known here counts as somebody else's.
 */
public final class OwnUpdates {

    private static final int MOST = 1000;

    private final Map<String, Turn> byRequest = new LinkedHashMap<>();

    public synchronized void add(@NonNull String request, @NonNull Turn turn) {
        byRequest.put(request, turn);
        if (byRequest.size() > MOST) {
            byRequest.remove(byRequest.keySet().iterator().next());
        }
    }

    /** Adds the one that a journal knows of, if it does. */
    public void add(@NonNull Journal journal) {
        UpdateJournal kept = UpdateJournal.of(journal);
        String request = kept.request();
        Turn turn = kept.turn();
        if (request != null && turn != null) {
            add(request, turn);
        }
    }

    /** Whose an update is; null if that is not known. */
    @CheckForNull
    public synchronized Turn of(@NonNull String request) {
        return byRequest.get(request);
    }
}

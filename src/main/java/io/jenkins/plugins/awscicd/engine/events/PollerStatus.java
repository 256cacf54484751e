package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.Map;

/**
 * How a poller is, for people. Times are this machine's.
 *
 * @param answered when AWS answered last, with messages or without; null if it has not
 * @param event when the last message came; null if none has
 * @param kinds how many events came, by the kind that they say they are of
 * @param malformed how many messages were no events
 * @param taken how many messages somebody else had received before
 * @param lostTests how many messages that were sent as a test have not come
 * @param testsOfOthers how many messages came that somebody else has sent as a test
 * @param error why it does not hear; null if it does
 */
public record PollerStatus(
        @NonNull QueueAddress queue,
        @NonNull Instant since,
        @CheckForNull Instant answered,
        @CheckForNull Instant event,
        @NonNull Map<String, Integer> kinds,
        int malformed,
        int taken,
        int lostTests,
        int testsOfOthers,
        @CheckForNull String error) {

    /** After a crash of its own, too, some messages have been received before. */
    private static final int FEW = 3;

    /** Whether somebody else seems to take messages from the queue. */
    public boolean isShared() {
        return taken > FEW || lostTests > 0 || testsOfOthers > 0;
    }
}

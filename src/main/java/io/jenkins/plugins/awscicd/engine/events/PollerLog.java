package io.jenkins.plugins.awscicd.engine.events;

import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a poller has heard, in numbers: kinds of events are kept, never their values. A problem is logged once, as is its end. */
final class PollerLog {

    private static final Logger LOGGER = Logger.getLogger(QueuePoller.class.getName());

    private static final int MOST_KINDS = 30;
    private static final int LONGEST_KIND = 80;
    private static final String OTHER = "other";
    private static final int REMEMBERED = 1000;

    private final QueueAddress queue;
    private final Scheduler scheduler;
    private final Instant since;
    private final Map<String, Integer> kinds = new TreeMap<>();
    /** Messages that were received here, the oldest first. */
    private final Set<String> known = new LinkedHashSet<>();

    private Instant answered;
    private Instant event;
    private int malformed;
    private int taken;
    private int lostTests;
    private int testsOfOthers;
    private String error;

    PollerLog(QueueAddress queue, Scheduler scheduler) {
        this.queue = queue;
        this.scheduler = scheduler;
        since = scheduler.now();
    }

    synchronized PollerStatus status() {
        return new PollerStatus(
                queue,
                since,
                answered,
                event,
                Collections.unmodifiableMap(new TreeMap<>(kinds)),
                malformed,
                taken,
                lostTests,
                testsOfOthers,
                error);
    }

    synchronized void answered() {
        answered = scheduler.now();
        if (error != null) {
            error = null;
            LOGGER.log(Level.INFO, "Queue {0} is answered again", queue);
        }
    }

    /** @param receives how often it was received, by anybody */
    synchronized void received(String message, String receives) {
        event = scheduler.now();
        if (known.add(message) && !receives.equals("1")) {
            taken++;
        }
        if (known.size() > REMEMBERED) {
            known.remove(known.iterator().next());
        }
    }

    synchronized void event(AwsEvent came, boolean meant) {
        String kind = came.detailType();
        String shown = kind.length() > LONGEST_KIND ? kind.substring(0, LONGEST_KIND) : kind;
        boolean room = kinds.containsKey(shown) || kinds.size() < MOST_KINDS;
        kinds.merge(room ? shown : OTHER, 1, Integer::sum);
        if (!meant) {
            LOGGER.log(Level.FINE, "An event of nobody here came from {0}", queue);
        }
    }

    synchronized void malformed() {
        malformed++;
    }

    /**
     * A listener could not take it in; the event's values are in nothing that is logged.
     *
     * @param again whether it was received before
     */
    void refused(Throwable why, boolean again) {
        LOGGER.log(
                again ? Level.FINE : Level.WARNING,
                why,
                () -> "A message of queue " + queue + " could not be taken in, and is received again");
    }

    synchronized void testOfOthers() {
        testsOfOthers++;
    }

    synchronized void testLost() {
        lostTests++;
    }

    synchronized void failed(String why) {
        if (error == null) {
            LOGGER.log(
                    Level.WARNING,
                    "Queue {0} is not answered for now, and is tried again; jobs are looked at more often meanwhile. {1}",
                    new Object[] {queue, why});
        }
        error = why;
    }
}

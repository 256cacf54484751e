package io.jenkins.plugins.awscicd.engine.watch;

import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether AWS's events tell of the jobs of one kind and account. They have proved themselves once the end of a job was announced that a
 * look then saw; an end that nobody announces disproves them, and then more of the next ends have to be announced. What jobs there are and
 * how they end is never taken from events.
 */
final class AnnouncedEnds {

    private static final Logger LOGGER = Logger.getLogger(AnnouncedEnds.class.getName());

    /** How much later than a look that sees the end its event may come. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final String service;
    private final Scheduler scheduler;
    private final Consumer<AnnouncedEnds> lost;
    /** By job, ends that were seen and are still to be announced. */
    private final Map<String, Scheduler.Task> awaited = new HashMap<>();

    private final EventProof proof = new EventProof();

    /** @param lost told when events have disproved themselves; under no lock of this */
    AnnouncedEnds(String service, Scheduler scheduler, Consumer<AnnouncedEnds> lost) {
        this.service = service;
        this.scheduler = scheduler;
        this.lost = lost;
    }

    boolean isOf(String name) {
        return service.equals(name);
    }

    synchronized boolean isProven() {
        return proof.isProven();
    }

    /** A look has seen the end of a job, or of something that was done to it; the id is what events name it by. */
    synchronized void ended(String id, boolean wasAnnounced) {
        if (wasAnnounced) {
            proof.announced();
        } else if (isProven()) {
            awaited.put(id, scheduler.schedule(LATE, () -> missed(id)));
        } else {
            proof.missed();
        }
    }

    /** An event has come. */
    synchronized void received(String id) {
        Scheduler.Task task = awaited.remove(id);
        if (task != null) {
            task.cancel();
        }
    }

    private void missed(String id) {
        int anew;
        synchronized (this) {
            if (awaited.remove(id) == null || !isProven()) {
                return;
            }
            proof.missed();
            anew = proof.needed();
        }
        LOGGER.log(
                Level.INFO,
                "No event has told of the end of {0} in {1}: jobs there are looked at as often as without events, until the ends of"
                        + " {2} have been announced",
                new Object[] {id, service, anew});
        lost.accept(this);
    }

    /** Events are not received at all for now. */
    void disconnected() {
        synchronized (this) {
            if (!proof.reset()) {
                return;
            }
        }
        lost.accept(this);
    }
}

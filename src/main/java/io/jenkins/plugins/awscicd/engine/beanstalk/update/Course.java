package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one update of an environment has come to, as far as can be said: by the events of that very request, by the version label and
 * by the health. An environment that is Ready and Green may have been rolled back, and just after the call it reads as if nothing had
 * been asked for: without the event that ends the update, it is no success.
 */
public final class Course {

    /** How long events and environment may differ from each other. */
    private static final Duration SETTLE = Duration.ofSeconds(30);
    /** How long the event that ends the update may be missing from those that AWS tells. */
    private static final Duration UNREPORTED = Duration.ofMinutes(5);

    private final UpdateJournal journal;
    private final HealthWatch health;

    /** Whether AWS has shown it at work, or told of it. */
    private boolean begun;

    private boolean worked;

    private boolean success;
    /** AWS has said that all is done, which is not the end yet. */
    private boolean done;

    /** What was begun after it; null while nobody has looked. */
    private EventReader.Since since;

    /** AWS has shown it at work, and Ready after that. */
    private boolean through;

    private Event failure;
    private final List<Event> bad = new ArrayList<>();
    /** Since when nothing is being done to the environment; null while something is. */
    private Moment readySince;
    /** When AWS has last said how the environment is; null before. */
    private Moment lookedAt;
    /** When its events were read last; null before. */
    private Moment readAt;
    /** Why they could not be read since; null if they could. */
    private AwsCallException unread;

    /** @param journal knows the version that is deployed, and the one before, as soon as anybody does */
    public Course(@NonNull Journal journal, @NonNull WantedHealth wanted) {
        this.journal = UpdateJournal.of(journal);
        this.health = new HealthWatch(wanted);
    }

    synchronized void reported(@NonNull Event event) {
        if (event.success() && !success) {
            health.anew(); // what was seen before its end says nothing of it
        }
        begun = true;
        success |= event.success();
        done |= event.done();
        if (event.failure() && failure == null) {
            failure = event;
        }
        if (event.bad()) {
            bad.add(event);
        }
    }

    /** All events that AWS knows of were {@linkplain #told told}. */
    synchronized void read(@NonNull Moment at) {
        readAt = at;
        unread = null;
    }

    /** AWS does not tell of events. */
    synchronized void unread(@NonNull AwsCallException why) {
        unread = why;
    }

    /** AWS was asked how the environment is: only that counts as having seen its health. */
    synchronized void looked(@NonNull EnvironmentSnapshot now, @NonNull Moment at) {
        through |= worked && now.ready();
        worked |= !now.ready();
        begun |= !now.ready();
        readySince = !now.ready() ? null : readySince == null ? at : readySince;
        lookedAt = at;
        health.looked(now, at);
    }

    /** How long ago AWS has said how the environment is. */
    @NonNull
    synchronized Duration sinceLook(@NonNull Moment now) {
        return lookedAt == null ? Duration.ZERO : lookedAt.until(now);
    }

    /**
     * Whether nothing more is to be waited for. Only time counts through which the environment was seen: what AWS has said before it fell
     * silent says nothing of what its events have told since.
     *
     * @param now as AWS has last shown it
     * @param stopping whether the step was aborted: then the health is not waited for, nor what others do to the environment
     */
    public synchronized boolean isOver(@NonNull EnvironmentSnapshot now, boolean stopping) {
        if (now.ended() || stopping && success) {
            return true;
        }
        Moment ready = readySince;
        if (!now.ready() || ready == null) {
            return false;
        }
        boolean agreed = failure != null || success && journal.label().equals(now.versionLabel()) || replaced(now);
        if (!agreed && !isSettled(now, ready, stopping)) {
            return false;
        }
        return failed(now) || unreported() || replaced(now) || stopping || health.isOver();
    }

    /**
     * Whether nothing more can be expected of events that differ from the environment, or are missing.
     *
     * @param from since when nothing is being done to the environment
     */
    private boolean isSettled(EnvironmentSnapshot now, Moment from, boolean stopping) {
        Duration ready = from.until(lookedAt);
        boolean seen = ready.compareTo(SETTLE) >= 0;
        if (success || stopping || isUnreadable()) {
            return seen;
        }
        if (seen && isRead(from) && begun && (done || !journal.label().equals(now.versionLabel()))) {
            return true;
        }
        boolean asked = readAt != null && unread == null;
        return ready.compareTo(asked ? UNREPORTED : AwsSession.PATIENCE) >= 0;
    }

    /** Whether its events were read when nothing was being done to the environment for some time. */
    private boolean isRead(@CheckForNull Moment from) {
        return from != null && readAt != null && from.until(readAt).compareTo(SETTLE) >= 0;
    }

    private boolean isUnreadable() {
        return unread != null
                && Set.of(AwsFault.DENIED, AwsFault.NOT_FOUND, AwsFault.REJECTED)
                        .contains(unread.fault());
    }

    /** What has gone wrong, as AWS has told it. */
    @NonNull
    synchronized List<Event> bad() {
        return List.copyOf(bad);
    }

    /** Of what went wrong, that which says most: what an instance has said. */
    private Event worst() {
        return bad.stream()
                .filter(event -> event.message().startsWith("[Instance: "))
                .findFirst()
                .orElse(bad.get(0));
    }

    private boolean failed(EnvironmentSnapshot last) {
        return failure != null || !journal.label().equals(last.versionLabel()) && !replaced(last);
    }

    private String unsaid(EnvironmentSnapshot last) {
        return switch (since == null ? EventReader.Since.NOTHING : since) {
            case NOTHING ->
                success && since != null && journal.isThird(last.versionLabel())
                        ? "what AWS has begun was somebody else's update, because it has brought another version"
                        : "AWS reverted the update";
            case UPDATED -> "another update came in between";
            case UNKNOWN -> "it is unknown why, because " + EventReader.unseen("the environment");
        };
    }

    /** What follows goes on with it. */
    private static String sentence(String message) {
        return message.replaceFirst("[.\\s]+$", "");
    }

    /** Whether AWS has not said how it has ended. */
    private boolean unreported() {
        return !success && !(done && (unread == null || isRead(readySince))) && failure == null;
    }

    /** Whether the environment has another version, and AWS has not told why: another update may have brought it. */
    synchronized boolean isOdd(@NonNull EnvironmentSnapshot last) {
        return failure == null && !last.versionLabel().equals(journal.label());
    }

    /** What AWS shows to have been begun after this one. */
    synchronized void since(@NonNull EventReader.Since seen) {
        since = seen;
    }

    /** Whether its end was told, or the environment was seen Ready after it. */
    public synchronized boolean isThrough() {
        return through || success || done || failure != null;
    }

    /**
     * Whether the update came to a good end, and another one has brought another version before it was seen: the health there is now is
     * that version's. It may be the version before, if another update is known; else AWS has taken this one back. If none has begun since, it was not
     * this step's: the answer to its own call was lost, and AWS names the version in some events only.
     */
    synchronized boolean replaced(@NonNull EnvironmentSnapshot now) {
        return success
                && isOdd(now)
                && !now.versionLabel().isEmpty()
                && (since == EventReader.Since.UPDATED
                        || since != EventReader.Since.NOTHING && journal.isThird(now.versionLabel()));
    }

    /** Why the update is no success, in a sentence; null if it is one. */
    @CheckForNull
    public synchronized String cause(@NonNull EnvironmentSnapshot last) {
        String why = bad.isEmpty() ? (failure == null ? "" : failure.message()) : worst().message();
        if (last.ended()) {
            return (failure == null ? "" : sentence(why) + "; ") + "the environment was terminated";
        }
        if (failed(last)) {
            String runs = journal.label().equals(last.versionLabel())
                    ? ""
                    : "; according to AWS it runs '" + last.versionLabel() + "'";
            return (why.isEmpty() ? unsaid(last) : sentence(why)) + runs;
        }
        if (unreported()) {
            return "it is unknown whether '" + journal.label() + "' was deployed, because "
                    + (unread == null
                            ? "AWS reports no event that ends the update (" + EventReader.ACTION + ")"
                            : "AWS does not return its events: " + unread.getMessage());
        }
        if (!health.isWell() && !replaced(last)) {
            return "'" + journal.label() + "' is deployed, but the environment is " + last.healthInWords()
                    + " instead of " + String.join(" or ", health.wanted().colours());
        }
        return null;
    }
}

package io.jenkins.plugins.awscicd.engine.watch;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;

/** One job under watch: when it is to be looked at next. Guarded by its {@link Bucket}. */
final class Watch<S extends Snapshot> {

    /** Right after something has happened, more is likely to happen soon. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    /** While a job is being stopped, somebody waits for it. */
    private static final Duration HURRIED = Duration.ofSeconds(1);
    /** Half of it is how late an end is noticed on average. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** What does not come within it takes long after all, such as the life that an old environment is left. */
    private static final Duration HURRY = Duration.ofMinutes(2);

    private static final double LONGER = 1.3;
    /** The same as {@link #LONGEST} where AWS's events tell of what happens. */
    private static final Duration LONGEST_WHEN_HEARD = Duration.ofSeconds(60);

    private static final double LONGER_WHEN_HEARD = 2;
    /** An event may come before what it tells of can be seen. */
    private static final Duration EARLY = Duration.ofSeconds(30);

    final AwsSession session;
    final String id;
    final Observer<S> observer;
    private Moment missingSince;
    private Moment due;
    private Duration interval = SHORTEST;
    private boolean expedited;
    private Moment expeditedUntil = Moment.LAST;
    private S last;
    /** Whether the last look has seen nothing under way. */
    private boolean rests;
    /** Whether it was the first one to do so. */
    private boolean cameToRest;
    /** When an event was heard of it that no look has followed yet; null if there is none. */
    private Moment nudged;
    /** When an event was heard of it last. */
    private Moment received = Moment.FIRST;

    Watch(AwsSession session, String id, Observer<S> observer, Moment now) {
        this.session = session;
        this.id = id;
        this.observer = observer;
        this.due = now;
    }

    Moment due() {
        return due;
    }

    boolean expedited() {
        return expedited;
    }

    void expedite(Moment now) {
        expedited = true;
        expeditedUntil = now.plus(HURRY);
        interval = HURRIED;
        due = now;
    }

    /** Whether AWS's events may mean this job by a name. */
    boolean isNamed(String name, String region) {
        return session.region().id().equals(region)
                && (id.equals(name) || last != null && last.nameInEvents().equals(name));
    }

    /** An event was heard of it: it is looked at soon, and once more soon after that. */
    void nudge(Moment now, Moment at) {
        received = now;
        nudged = now;
        interval = expedited ? interval : SHORTEST;
        due = at.isBefore(due) ? at : due;
    }

    /** Whether it is looked at without regard to the distance between ticks. */
    boolean urgent() {
        return expedited || nudged != null;
    }

    boolean nudged() {
        return nudged != null;
    }

    /** Whether an event was heard that may have told of what was just seen. */
    boolean announced(Moment now) {
        return !received.equals(Moment.FIRST) && received.until(now).compareTo(EARLY) <= 0;
    }

    /** Events no longer tell of it. */
    void shorten(Moment now) {
        interval = min(interval, LONGEST);
        Moment latest = now.plus(LONGEST);
        due = latest.isBefore(due) ? latest : due;
    }

    /**
     * Takes in what was seen, and says whether it is news.
     *
     * @param asked since when AWS was asked: what was heard after that is to be looked at again
     * @param isHeard whether AWS's events tell of what happens
     */
    boolean seen(S snapshot, Moment asked, Moment now, double jitter, boolean isHeard) {
        boolean moved = last == null || !last.stage().equals(snapshot.stage());
        boolean news = !snapshot.equals(last);
        cameToRest = snapshot.hasComeToRest() && !rests && (last != null || snapshot.ended());
        rests = snapshot.hasComeToRest();
        if (news) {
            last = snapshot; // else the one that is kept elsewhere as well
        }
        missingSince = null;
        expedited = expedited && now.isBefore(expeditedUntil);
        if (!expedited) {
            boolean stretched = isHeard && !rests;
            interval = moved
                    ? SHORTEST
                    : min(
                            multiply(interval, stretched ? LONGER_WHEN_HEARD : LONGER),
                            stretched ? LONGEST_WHEN_HEARD : LONGEST);
        }
        looked(asked, now, jitter);
        return news;
    }

    /** Whether the last look has seen the end of something for the first time, of which an event tells. */
    boolean cameToRest() {
        return cameToRest;
    }

    /** What events name it by. */
    String nameInEvents() {
        return last == null ? id : last.nameInEvents();
    }

    /** Takes in that nothing was seen, and says for how long now. */
    Duration missing(Moment asked, Moment now, double jitter) {
        looked(asked, now, jitter);
        missingSince = missingSince == null ? now : missingSince;
        return missingSince.until(now);
    }

    private void looked(Moment asked, Moment now, double jitter) {
        if (nudged != null && nudged.isAfter(asked)) {
            return;
        }
        nudged = null;
        due = now.plus(multiply(interval, jitter));
    }

    static Duration multiply(Duration duration, double by) {
        return Duration.ofMillis((long) (duration.toMillis() * by));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}

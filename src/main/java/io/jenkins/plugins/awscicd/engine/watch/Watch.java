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

    final AwsSession session;
    final String id;
    final Observer<S> observer;
    private Moment missingSince;
    private Moment due;
    private Duration interval = SHORTEST;
    private boolean expedited;
    private Moment expeditedUntil = Moment.LAST;
    private S last;

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

    /** Takes in what was seen, and says whether it is news. */
    boolean seen(S snapshot, Moment now, double jitter) {
        boolean moved = last == null || !last.stage().equals(snapshot.stage());
        boolean news = !snapshot.equals(last);
        if (news) {
            last = snapshot; // else the one that is kept elsewhere as well
        }
        missingSince = null;
        expedited = expedited && now.isBefore(expeditedUntil);
        if (!expedited) {
            interval = moved ? SHORTEST : min(multiply(interval, LONGER), LONGEST);
        }
        later(now, jitter);
        return news;
    }

    /** Takes in that nothing was seen, and says for how long now. */
    Duration missing(Moment now, double jitter) {
        later(now, jitter);
        missingSince = missingSince == null ? now : missingSince;
        return missingSince.until(now);
    }

    private void later(Moment now, double jitter) {
        due = now.plus(multiply(interval, jitter));
    }

    static Duration multiply(Duration duration, double by) {
        return Duration.ofMillis((long) (duration.toMillis() * by));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}

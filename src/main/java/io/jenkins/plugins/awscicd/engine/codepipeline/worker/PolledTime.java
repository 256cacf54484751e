package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;

/** For how long polls have not brought a job. Only time between polls that came back counts: in an outage nobody has seen that it is gone. */
final class PolledTime {

    /** Longer than a poll of another worker, or of our own, may hide a job from the next ones. */
    private static final Duration HIDDEN = Duration.ofSeconds(90);
    /** AWS has the next job of an action ready at once, as far as is known. */
    private static final Duration CONTINUED_BY = Duration.ofMinutes(15);
    /** Longer than a pause between two polls that succeed. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private Duration waited = Duration.ZERO;
    /** When a poll came back last; null if none has since it waits. */
    private Moment last;

    /** It waits from now on. */
    void begin() {
        waited = Duration.ZERO;
        last = null;
    }

    /** A poll has come back. */
    void polled(@NonNull Moment now) {
        if (last != null) {
            Duration more = last.until(now);
            waited = waited.plus(more.compareTo(PAUSE) > 0 ? PAUSE : more);
        }
        last = now;
    }

    /** Whether polls would have brought it by now if AWS still had it to give. */
    boolean isMissing() {
        return waited.compareTo(HIDDEN) > 0;
    }

    /** Whether AWS will make no further job of the action. */
    boolean isOver() {
        return waited.compareTo(CONTINUED_BY) > 0;
    }
}

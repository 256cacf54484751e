package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;

/**
 * For how long an environment was seen to be well since nothing is being done to it. Only looks count: what happened while AWS did not
 * answer, nobody knows. With enhanced health the colour that an environment has when it becomes Ready may be that of the version
 * before, better or worse than it is: it counts after a while only.
 */
final class HealthWatch {

    /** For how long enhanced health may tell of what was: it is made of what instances send every ten seconds. */
    private static final Duration STALE = Duration.ofSeconds(30);
    /** Between two looks that are further apart it may have been unwell. */
    private static final Duration UNSEEN = Duration.ofMinutes(1);

    private final WantedHealth wanted;
    /** Since when nothing is being done to it; null while something is. */
    private Moment since;

    private Moment last;
    private Duration held = Duration.ZERO;
    private boolean well;
    private boolean enhanced;

    HealthWatch(@NonNull WantedHealth wanted) {
        this.wanted = wanted;
    }

    @NonNull
    WantedHealth wanted() {
        return wanted;
    }

    /** What was seen before does not count. */
    void anew() {
        since = null;
        held = Duration.ZERO;
        well = false;
    }

    /** AWS has said how it is. */
    void looked(@NonNull EnvironmentSnapshot now, @NonNull Moment at) {
        if (!now.ready()) {
            anew();
            return;
        }
        Moment before = well && since != null ? last : null;
        since = since == null ? at : since;
        enhanced = !now.healthStatus().isEmpty();
        well = wanted.colours().isEmpty() || wanted.colours().contains(now.health());
        if (!well) {
            held = Duration.ZERO;
        } else if (before != null && before.until(at).compareTo(UNSEEN) <= 0) {
            held = held.plus(before.until(at));
        }
        last = at;
    }

    /** Whether it is as it is to be, as far as was seen. */
    boolean isWell() {
        return well;
    }

    /** Whether it has been well for long enough, or has not become it in time. */
    boolean isOver() {
        if (since == null) {
            return false;
        }
        Duration seen = since.until(last);
        if (!well) {
            return seen.compareTo(wanted.patience()) >= 0;
        }
        boolean stale = enhanced && !wanted.colours().isEmpty() && seen.compareTo(STALE) < 0;
        return !stale && held.compareTo(wanted.hold()) >= 0;
    }
}

package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;

/** Whether work is really gone: between the queue and its run, it may be seen in neither for a moment, in which AWS may be polled often. */
final class Absence {

    private static final Duration MOMENT = Duration.ofSeconds(25);

    /** Since when it was seen nowhere; null if it was seen last. */
    private Moment since;

    /** Told with each poll where it is. */
    boolean lasts(@NonNull WorkHost.Standing now, @NonNull Moment at) {
        if (now != WorkHost.Standing.GONE) {
            since = null;
        } else if (since == null) {
            since = at;
        }
        return since != null && since.until(at).compareTo(MOMENT) >= 0;
    }
}

package io.jenkins.plugins.awscicd.engine.time;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.Locale;

/** Durations as a person reads them. */
public final class Durations {

    private Durations() {}

    /** Such as {@code 0.4 s}, {@code 12 s}, {@code 1 min 3 s}, {@code 2 h 5 min}. */
    @NonNull
    public static String inWords(@NonNull Duration duration) {
        Duration positive = duration.isNegative() ? Duration.ZERO : duration;
        if (positive.toMillis() < 9950) {
            return String.format(Locale.ROOT, "%.1f s", positive.toMillis() / 1000.0);
        }
        long seconds = (positive.toMillis() + 500) / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}

package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;

/** Numbers of bytes in words. */
final class Sizes {

    private Sizes() {}

    /** Such as {@code 18.9 KB} or {@code 600.2 MB}. */
    @NonNull
    static String inWords(long bytes) {
        return bytes < 1_048_576
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1_048_576.0);
    }
}

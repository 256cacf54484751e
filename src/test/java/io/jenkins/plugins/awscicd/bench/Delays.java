package io.jenkins.plugins.awscicd.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How late things were, in milliseconds. */
final class Delays {

    private final List<Long> sorted;

    Delays(Collection<Long> millis) {
        sorted = millis.stream().sorted().toList();
    }

    /** By the nearest rank; 0.5 is the median, 1 the longest. */
    private double seconds(double quantile) {
        int rank = (int) Math.ceil(quantile * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1) / 1000.0;
    }

    String median() {
        return text(0.5);
    }

    String p99() {
        return text(0.99);
    }

    String longest() {
        return text(1);
    }

    int count() {
        return sorted.size();
    }

    private String text(double quantile) {
        return sorted.isEmpty() ? "–" : String.format(Locale.ROOT, "%.1f s", seconds(quantile));
    }
}

package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job's phases drawn as one bar, each as wide as it was long. */
public final class PhaseBar {

    /** How wide the whole bar is, in units of its own. */
    static final int WIDTH = 1000;
    /** Not even a phase that took no time is too narrow to be seen, if it is one that failed. */
    private static final double FAILURE = 8;

    private PhaseBar() {}

    /**
     * @param left where it begins
     * @param right where it ends
     */
    public record Part(@NonNull JobPhase phase, double left, double right) {

        /** For SVG, which wants a point in any language. */
        @NonNull
        public String getX() {
            return String.format(Locale.ROOT, "%.1f", left);
        }

        @NonNull
        public String getWidth() {
            return String.format(Locale.ROOT, "%.1f", right - left);
        }

        /** {@code running}, {@code failed} or {@code done}: what it looks like. */
        @NonNull
        public String getKind() {
            return phase.getKind();
        }

        @NonNull
        public JobPhase getPhase() {
            return phase;
        }
    }

    /** @param usual how long all of it takes usually; 0 if that is not known */
    static List<Part> of(List<JobPhase> phases, long now, long usual) {
        double total = Math.max(
                usual, phases.stream().mapToDouble(phase -> phase.soFar(now)).sum());
        List<Part> parts = new ArrayList<>();
        double at = 0;
        for (JobPhase phase : phases) {
            double end = at + (total == 0 ? 0 : WIDTH * phase.soFar(now) / total);
            double least = phase.isFailed() ? FAILURE : 0;
            double right = Math.min(WIDTH, Math.max(end, at + least));
            if (right - at > 0 || least > 0) {
                parts.add(new Part(phase, Math.min(at, right - least), right));
            }
            at = right;
        }
        return parts;
    }
}

package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody who has written another one has most likely meant. */
public final class Nearest {

    private Nearest() {}

    /** The nearest of these; empty if none is near. Case does not count. */
    @NonNull
    public static Optional<String> of(@NonNull String written, @NonNull Collection<String> known) {
        int far = Math.max(2, written.length() / 3) + 1;
        return known.stream()
                .filter(it -> distance(written, it) < far)
                .min(Comparator.comparingInt(it -> distance(written, it)));
    }

    /** How many letters to put in, take out, change, or exchange with the next. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] far = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    far[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                far[i][j] = Math.min(far[i - 1][j - 1] + same, Math.min(far[i - 1][j], far[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    far[i][j] = Math.min(far[i][j], far[i - 2][j - 2] + 1);
                }
            }
        }
        return far[a.length()][b.length()];
    }
}

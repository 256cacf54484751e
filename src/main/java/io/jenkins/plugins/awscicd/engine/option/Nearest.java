package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody who has written another one has most likely meant. */
public final class Nearest {

    private static final int SHORT = 3;
    /** Of more there is not one that is meant. */
    private static final int MOST = 3;

    private Nearest() {}

    /**
     * The nearest of these, or a few that are as near: with few letters changed, or with a word more or less, such as projectName for project and timeout for
     * timeoutMinutes. Empty if none is near. Case does not count.
     */
    @NonNull
    public static Optional<String> of(@NonNull String written, @NonNull Collection<String> known) {
        return misspelt(written, known)
                .or(() -> known.stream()
                        .filter(it -> isPart(words(it), words(written)))
                        .max(Comparator.comparingInt(String::length)))
                .or(() -> {
                    List<String> longer = known.stream()
                            .filter(it -> isPart(words(written), words(it)))
                            .toList();
                    return longer.isEmpty() || longer.size() > MOST
                            ? Optional.empty()
                            : Optional.of(String.join(" or ", longer));
                });
    }

    /** The nearest of these with few letters changed; empty if none is near. Case does not count. */
    @NonNull
    public static Optional<String> misspelt(@NonNull String written, @NonNull Collection<String> known) {
        // Of a short word little is left once two letters are changed.
        int far = written.length() < SHORT ? 2 : Math.max(2, written.length() / 3) + 1;
        return known.stream()
                .filter(it -> distance(written, it) < Math.min(far, it.length()))
                .min(Comparator.comparingInt(it -> distance(written, it)));
    }

    /** The words of a name such as {@code timeoutMinutes}. */
    private static List<String> words(String name) {
        return Arrays.stream(name.split("(?<=[a-z0-9])(?=[A-Z])|_"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether words begin those of a name that has the same or one more, in the same order, as env does environmentVariables. */
    private static boolean isPart(List<String> few, List<String> many) {
        int at = 0;
        for (String word : many) {
            if (at < few.size() && word.startsWith(few.get(at)) && few.get(at).length() >= SHORT) {
                at++;
            }
        }
        return at == few.size() && many.size() <= few.size() + 1;
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

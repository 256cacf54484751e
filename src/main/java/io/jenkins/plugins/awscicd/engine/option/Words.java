package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Arguments that are one word of several, each of which is a constant of an enum, written in small letters. */
public final class Words {

    private Words() {}

    /** What may be written. */
    @NonNull
    public static List<String> of(@NonNull Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::word).toList();
    }

    /** Those of the SDK's enums, which AWS writes itself. */
    @NonNull
    public static List<String> known(@NonNull Collection<? extends Enum<?>> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }

    /** How a constant is written. */
    @NonNull
    public static String word(@NonNull Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant of a word, also if that is written in large letters.
     *
     * @param argument whose value it is
     * @param word null or blank for none
     * @return null for none
     * @throws IllegalArgumentException naming the words that are known
     */
    @CheckForNull
    public static <E extends Enum<E>> E read(
            @NonNull Class<E> type, @NonNull String argument, @CheckForNull String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        try {
            return Enum.valueOf(type, word.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    argument + ": '" + word + "' is not known; use one of " + String.join(", ", of(type)), e);
        }
    }
}

package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns of names with slashes in them, separated by commas: {@code *} stands for any part of a name without a slash, {@code **} for
 * any part at all.
 *
 * @param patterns each as it is written
 */
public record NamePatterns(@NonNull List<String> patterns) {

    public NamePatterns {
        patterns = List.copyOf(patterns);
    }

    /** @param text null for none */
    @NonNull
    public static NamePatterns of(@CheckForNull String text) {
        return new NamePatterns(
                text == null
                        ? List.of()
                        : Arrays.stream(text.split("[,\\n]"))
                                .map(String::strip)
                                .filter(pattern -> !pattern.isEmpty())
                                .toList());
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether a name is as one of the patterns says, in upper and lower case too. */
    public boolean match(@NonNull String name) {
        return patterns.stream().anyMatch(pattern -> Pattern.matches(regex(pattern), name));
    }

    /** The same where the case does not matter. */
    public boolean matchIgnoringCase(@NonNull String name) {
        return patterns.stream()
                .anyMatch(pattern -> Pattern.compile(regex(pattern), Pattern.CASE_INSENSITIVE)
                        .matcher(name)
                        .matches());
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                char letter = pattern.charAt(i);
                regex.append(letter == '*' ? "[^/]*" : Pattern.quote(String.valueOf(letter)));
            }
        }
        return regex.toString();
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }
}

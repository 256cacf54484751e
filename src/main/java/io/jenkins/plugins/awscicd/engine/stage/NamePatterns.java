package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Patterns of names with slashes in them, separated by commas: {@code *} stands for any part of a name without a slash, {@code **} for
 * any part at all.
 *
 * @param patterns each as it is written
 */
public record NamePatterns(@NonNull List<String> patterns) {

    private static final Texts TEXTS = Texts.of(NamePatterns.class);

    /** What is longer was not typed by anybody. */
    private static final int LONGEST = 10_000;

    public NamePatterns {
        patterns = List.copyOf(patterns);
    }

    /**
     * @param text null for none
     * @throws IllegalArgumentException if it is longer than 10,000 characters
     */
    @NonNull
    public static NamePatterns of(@CheckForNull String text) {
        if (text != null && text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    TEXTS.get("patterns", String.valueOf(text.length()), String.valueOf(LONGEST)));
        }
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

    /** Whether a name is as one of the patterns says, or there are none, which leaves nothing out. */
    public boolean allow(@NonNull String name) {
        return isEmpty() || match(name);
    }

    /** Whether a name is as one of the patterns says, in upper and lower case too. */
    public boolean match(@NonNull String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** The same where the case does not matter. */
    public boolean matchIgnoringCase(@NonNull String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), lower));
    }

    /**
     * In time that grows with the pattern's length times the name's. A regular expression would try all ways of sharing the name
     * among the asterisks, which takes for ever on a name that is made for it.
     */
    private static boolean matches(String pattern, String name) {
        // Whether what has been seen of the name is as the first n letters of the pattern say.
        boolean[] reached = new boolean[pattern.length() + 1];
        reached[0] = true;
        skipAsterisks(pattern, reached);
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            boolean[] next = new boolean[reached.length];
            for (int at = 0; at < pattern.length(); at++) {
                if (!reached[at]) {
                    continue;
                }
                char wanted = pattern.charAt(at);
                if (wanted != '*') {
                    next[at + 1] |= wanted == letter;
                } else if (letter != '/' || pattern.startsWith("**", at)) {
                    next[at] = true;
                }
            }
            skipAsterisks(pattern, next);
            reached = next;
        }
        return reached[pattern.length()];
    }

    /** An asterisk, or two of them, may stand for nothing. */
    private static void skipAsterisks(String pattern, boolean[] reached) {
        for (int at = 0; at < pattern.length(); at++) {
            if (reached[at] && pattern.charAt(at) == '*') {
                reached[at + (pattern.startsWith("**", at) ? 2 : 1)] = true;
            }
        }
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }
}

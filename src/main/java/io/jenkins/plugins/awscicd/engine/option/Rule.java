package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What AWS takes as a text: lengths and patterns are those of its API model, which the SDK for Java does not have.
 *
 * @param least characters at the least
 * @param most characters at the most
 * @param pattern of the whole text; null for any
 * @param wanted what the pattern takes, such as "letters, digits and hyphens"; empty without one
 * @param mistakes what people give instead, looked for first
 */
public record Rule(
        int least,
        int most,
        @CheckForNull Pattern pattern,
        @NonNull String wanted,
        @NonNull List<Mistake> mistakes) {

    /** Longer texts are not quoted whole. */
    private static final int LONGEST_QUOTE = 200;

    private static final Texts TEXTS = Texts.of(Rule.class);

    /** What AWS takes by its ARN, and by its name in parts. */
    public static final Rule ARN = length(1, Integer.MAX_VALUE).unlike(Mistake.DASHED_ACCOUNT, Mistake.OTHER_ACCOUNT);

    /** Any text of a length. */
    @NonNull
    public static Rule length(int least, int most) {
        return new Rule(least, most, null, "", List.of());
    }

    /** This, and of a form. */
    @NonNull
    public Rule matching(@NonNull String regex, @NonNull String inWords) {
        return new Rule(least, most, Pattern.compile(regex), inWords, mistakes);
    }

    /** This, with more mistakes that are known. The first that fits is told. */
    @NonNull
    public Rule unlike(@NonNull Mistake... more) {
        return new Rule(
                least,
                most,
                pattern,
                wanted,
                Stream.concat(mistakes.stream(), Stream.of(more)).toList());
    }

    /** This, of something that is known by its name alone. */
    @NonNull
    public Rule named(@NonNull String what) {
        return unlike(
                Mistake.of("arn:.*", TEXTS.get("arn", what)),
                Mistake.of("https?://.*", TEXTS.get("page", what)),
                Mistake.of("s3://.*", TEXTS.get("object", what)));
    }

    /** The text, or {@link IllegalArgumentException} saying what is wrong with it; the message follows the option's name. */
    @NonNull
    public String check(@NonNull String text) {
        for (Mistake mistake : mistakes) {
            String correction = mistake.correct(text);
            if (correction != null) {
                throw new IllegalArgumentException(quoted(text) + " " + correction);
            }
        }
        boolean isShort = text.length() < least;
        if (text.length() > most || isShort && pattern == null) {
            String limit = String.valueOf(isShort ? least : most);
            throw new IllegalArgumentException(
                    TEXTS.get(isShort ? "tooShort" : "tooLong", String.valueOf(text.length()), limit));
        }
        if (pattern != null && (isShort || !pattern.matcher(text).matches())) {
            throw new IllegalArgumentException(
                    most == Integer.MAX_VALUE
                            ? TEXTS.get("formAlone", quoted(text), wanted)
                            : TEXTS.get("form", quoted(text), String.valueOf(least), String.valueOf(most), wanted));
        }
        return text;
    }

    /** What is wrong with a text, as {@link #check} says it; null if nothing is. */
    @CheckForNull
    public String problem(@NonNull String text) {
        try {
            check(text);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Without what in an address is between its scheme and its host, which may be a password, or behind a question mark. */
    @NonNull
    public static String quoted(@NonNull String text) {
        String shown = shown(text);
        return "'" + (shown.length() > LONGEST_QUOTE ? shown.substring(0, LONGEST_QUOTE) + "…" : shown) + "'";
    }

    /** The same without quotes, and whole. */
    static String shown(String text) {
        return text.replaceFirst("//(?:[^/@]*|[^/@]*:(?!\\d+/)[^@]*)@", "//…@").replaceFirst("(?s)\\?.*", "?…");
    }
}

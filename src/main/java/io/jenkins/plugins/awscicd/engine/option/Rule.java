package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Pattern;

/**
 * What AWS takes as a text: lengths and patterns are those of its API model, which the SDK for Java does not have.
 *
 * @param least characters at the least
 * @param most characters at the most
 * @param pattern of the whole text; null for any
 * @param wanted what the pattern takes, such as "letters, digits and hyphens"; empty without one
 */
public record Rule(
        int least,
        int most,
        @CheckForNull Pattern pattern,
        @NonNull String wanted) {

    /** Any text of a length. */
    @NonNull
    public static Rule length(int least, int most) {
        return new Rule(least, most, null, "");
    }

    /** This, and of a form. */
    @NonNull
    public Rule matching(@NonNull String regex, @NonNull String inWords) {
        return new Rule(least, most, Pattern.compile(regex), inWords);
    }

    /** The text, or {@link IllegalArgumentException} saying what is wrong with it; the message follows the option's name. */
    @NonNull
    public String check(@NonNull String text) {
        boolean isShort = text.length() < least;
        if (text.length() > most || isShort && pattern == null) {
            String limit = isShort ? least + " at least" : most + " at most";
            throw new IllegalArgumentException("has " + text.length() + " characters; AWS takes " + limit);
        }
        if (pattern != null && (isShort || !pattern.matcher(text).matches())) {
            throw new IllegalArgumentException("'" + text + "' is to be " + least + " to " + most + " " + wanted);
        }
        return text;
    }
}

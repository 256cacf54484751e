package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that people give where another is wanted, such as an ARN for a name, and what to give instead.
 *
 * @param pattern of the whole text
 * @param correction what the text is and what to use, with {@code $1} for the pattern's first group
 */
public record Mistake(@NonNull Pattern pattern, @NonNull String correction) {

    /** Nobody names an account so, but the console shows it so. */
    public static final Mistake DASHED_ACCOUNT = of(
            "(arn:[^:]*:[^:]*:[^:]*:)(\\d{4})-(\\d{4})-(\\d{4})(:.*)",
            "has an account id with dashes; leave them out: '$1$2$3$4$5'");

    /** An account id is a number of a fixed length. */
    public static final Mistake OTHER_ACCOUNT = of(
            "arn:[^:]*:[^:]*:[^:]*:(?!\\d{12}:|aws:)[^:]+:.*",
            "has an account id that is not 12 digits long; see the id in the top right corner of the AWS console");

    @NonNull
    public static Mistake of(@NonNull String regex, @NonNull String correction) {
        return new Mistake(Pattern.compile(regex), correction);
    }

    /** The ARN of what is wanted by name. */
    @NonNull
    public static Mistake arn(@NonNull String service, @NonNull String resource, @NonNull String correction) {
        return of("arn:[^:]*:" + service + ":[^:]*:[^:]*:" + resource, "is an ARN; " + correction);
    }

    /** The address of a page of the AWS console that shows what is wanted by name. */
    @NonNull
    public static Mistake page(@NonNull String path, @NonNull String correction) {
        return of("https?://[^/]+" + path, "is the address of a page; " + correction);
    }

    /** What to say of a text, without the text itself; null if it is not this mistake. */
    @CheckForNull
    public String correct(@NonNull String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String corrected = correction;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String found = matcher.group(group);
            corrected = corrected.replace("$" + group, found == null ? "" : Rule.shown(found));
        }
        return corrected;
    }
}

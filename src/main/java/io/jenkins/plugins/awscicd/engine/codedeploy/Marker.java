package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every deployment's description ends with: whose it is. CreateDeployment knows no token, so this is by what a deployment is
 * found again, and by what a later run is told from an earlier one.
 *
 * @param token the step's
 * @param order the turn's
 */
public record Marker(@NonNull String token, long order) {

    /** AWS takes 256 characters. */
    private static final int LONGEST = 256;

    private static final Pattern FORM = Pattern.compile("\\[jenkins ([0-9a-f-]{36}) ([0-9a-z]{1,13})]$");
    /** What is left for the description proper. */
    static final int LONGEST_DESCRIPTION = LONGEST
            - " [jenkins  ]".length()
            - 36
            - Long.toString(Long.MAX_VALUE, 36).length();

    /** The marker in a description; null if it has none. */
    @CheckForNull
    public static Marker in(@NonNull String description) {
        Matcher matcher = FORM.matcher(description);
        try {
            return matcher.find() ? new Marker(matcher.group(1), Long.parseLong(matcher.group(2), 36)) : null;
        } catch (NumberFormatException e) {
            return null; // somebody else's
        }
    }

    /** A description as its maker gave it, without a marker. */
    @NonNull
    public static String without(@NonNull String description) {
        return FORM.matcher(description).replaceFirst("").strip();
    }

    /** A description with this marker. */
    @NonNull
    public String under(@NonNull String description) {
        String cut = description.length() > LONGEST_DESCRIPTION
                ? description.substring(0, LONGEST_DESCRIPTION - 1) + "…"
                : description;
        return cut + " [jenkins " + token + " " + Long.toString(order, 36) + "]";
    }
}

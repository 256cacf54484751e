package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which role something names: by its ARN, by that of a session of it or of its instance profile, or by its name alone, as AWS takes it
 * for what it starts. An account has one role of a name, whatever its path and its case
 * (<a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>).
 *
 * @param account null if it is that of whoever calls AWS
 * @param name without its path
 */
public record RoleName(
        @CheckForNull String account, @NonNull String name) {

    /** An instance profile mostly has the name of its role: the console makes both at once. */
    private static final Pattern ARN = Pattern.compile(
            "arn:[^:]*:(?:iam::(\\d{12}):(?:role|instance-profile)/(?:.*/)?([^/]+)|sts::(\\d{12}):assumed-role/([^/]+)/.*)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern PLAIN = Pattern.compile("(?:role/|/)?(?:[^:\\s]*/)?([\\w+=,.@-]{1,128})");

    /**
     * @param text what may be a role; null for nothing
     * @return null if it is no role's ARN
     */
    @CheckForNull
    public static RoleName ofArn(@CheckForNull String text) {
        Matcher arn = ARN.matcher(text == null ? "" : text.strip());
        if (!arn.matches()) {
            return null;
        }
        return arn.group(1) == null
                ? new RoleName(arn.group(3), arn.group(4))
                : new RoleName(arn.group(1), arn.group(2));
    }

    /**
     * The same where AWS takes a name as well.
     *
     * @return null if it is neither
     */
    @CheckForNull
    public static RoleName of(@CheckForNull String text) {
        RoleName arn = ofArn(text);
        Matcher plain = PLAIN.matcher(text == null ? "" : text.strip());
        return arn == null && plain.matches() ? new RoleName(null, plain.group(1)) : arn;
    }

    /** Whether it may be the same: an account that is not known may be any. */
    public boolean mayBe(@NonNull RoleName other) {
        return name.equalsIgnoreCase(other.name)
                && (account == null || other.account == null || account.equals(other.account));
    }

    /** What stands for a role of that name, whatever its path and partition are. */
    @NonNull
    public static String arn(@NonNull String account, @NonNull String name) {
        return "arn:aws:iam::" + account + ":role/" + name;
    }
}

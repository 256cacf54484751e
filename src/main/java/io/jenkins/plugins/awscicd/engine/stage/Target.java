package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is deployed to.
 *
 * @param service whose application that is
 * @param region null if it is not known
 * @param account id of the account; null if it is not known
 * @param application its name
 * @param name the deployment group's, or the environment's
 */
public record Target(
        @NonNull Service service,
        @CheckForNull String region,
        @CheckForNull String account,
        @NonNull String application,
        @NonNull String name) {

    /** What deploys. */
    public enum Service {
        CODE_DEPLOY("deployment group"),
        BEANSTALK("environment");

        private final String kind;

        Service(String kind) {
            this.kind = kind;
        }
    }

    private static final Pattern CLONE = Pattern.compile("(.{3,})-[0-9a-f]{4}");

    private static final Pattern ROLE = Pattern.compile("arn:[^:]*:iam::(\\d{12}):role/.*");

    /** The account that an access certainly leads to: that of the role. Null if nobody knows without asking AWS. */
    @CheckForNull
    public static String account(@NonNull AwsAccess access) {
        String role = access.role();
        if (role == null) {
            return null;
        }
        Matcher arn = ROLE.matcher(role);
        return arn.matches() ? arn.group(1) : null;
    }

    /** The names that stages may know it by. */
    @NonNull
    public List<String> names() {
        return service == Service.BEANSTALK ? namesOfEnvironment(name) : List.of(name);
    }

    /** Its own, and that of the environment of which it was cloned to be its successor, as blue/green deployments name clones. */
    @NonNull
    public static List<String> namesOfEnvironment(@NonNull String name) {
        Matcher clone = CLONE.matcher(name);
        return clone.matches() ? List.of(name, clone.group(1)) : List.of(name);
    }

    /** Whether it is certain that this is somewhere else. */
    public boolean isElsewhere(@CheckForNull String otherRegion, @CheckForNull String otherAccount) {
        return differ(region, otherRegion) || differ(account, otherAccount);
    }

    private static boolean differ(@CheckForNull String one, @CheckForNull String other) {
        return one != null && other != null && !one.equals(other);
    }

    /** Such as {@code deployment group prod of web}. */
    @Override
    public String toString() {
        return service.kind + " " + name + " of " + application;
    }
}

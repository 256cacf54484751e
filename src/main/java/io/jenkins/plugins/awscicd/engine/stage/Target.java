package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is deployed to.
 *
 * @param service whose application that is
 * @param region null if it is not known
 * @param account id of the account; null if it is not known
 * @param application its name
 * @param name the deployment group's, the environment's or the stack's
 * @param cname what customers come to the environment by at this moment, or are about to; null if nothing, or if it is not known
 * @param within the names of the stacks that the stack is nested in
 */
public record Target(
        @NonNull Service service,
        @CheckForNull String region,
        @CheckForNull String account,
        @NonNull String application,
        @NonNull String name,
        @CheckForNull String cname,
        @NonNull List<String> within) {

    public Target {
        within = List.copyOf(within);
    }

    /** Of which it is not known whether customers come to it, nor what it is nested in. */
    public Target(
            @NonNull Service service,
            @CheckForNull String region,
            @CheckForNull String account,
            @NonNull String application,
            @NonNull String name) {
        this(service, region, account, application, name, null, List.of());
    }

    /** What deploys. */
    public enum Service {
        CODE_DEPLOY("deployment group", "codeDeploy"),
        BEANSTALK("environment", "beanstalkDeploy"),
        /** Of which the application is the stack itself. */
        CLOUD_FORMATION("stack", "cloudFormationDeploy"),
        /** Of which the application is the stack set itself. */
        STACK_SET("stack set", "cloudFormationStackSet"),
        /** Of which the application is the pipeline itself. */
        CODE_PIPELINE("pipeline", "codePipeline");

        private final String kind;
        private final String step;

        Service(String kind, String step) {
            this.kind = kind;
            this.step = step;
        }

        /** Of what is in no application, what patterns have in its place, such as {@code stack}; null otherwise. */
        @CheckForNull
        String alone() {
            return switch (this) {
                case CLOUD_FORMATION, CODE_PIPELINE -> kind;
                case STACK_SET -> "stackset";
                default -> null;
            };
        }

        /** The name of the step that deploys by it. */
        @NonNull
        public String step() {
            return step;
        }
    }

    private static final Pattern CLONE = Pattern.compile("(.{3,})-[0-9a-f]{4}");

    /** What is left of a longer environment's name in that of its clone. */
    private static final int CUT = 35;

    /** As {@link #whose} says it. */
    private static final Pattern ACCOUNT = Pattern.compile("account (\\d{12})(?: at .*)?");

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

    /**
     * Where an access leads to, as far as can be known without asking AWS: the account of its role, or else whatever its credentials
     * lead to; at which endpoint, if that is not AWS's own.
     */
    @NonNull
    public static String whose(@NonNull AwsAccess access) {
        String account = account(access);
        String role = account == null ? access.role() : account;
        String credentials = access.credentialsId() == null ? "" : access.credentialsId();
        String endpoint = access.endpoint() == null ? "" : " at " + access.endpoint();
        return (role == null ? "credentials " + credentials : "account " + role) + endpoint;
    }

    /** Whether it is certain that one is not the other, as {@link #whose} says them: two accounts are not one, whoever comes there. */
    public static boolean areOthers(@CheckForNull String whose, @CheckForNull String other) {
        String one = number(whose);
        String two = number(other);
        return one != null && two != null && !one.equals(two);
    }

    @CheckForNull
    private static String number(@CheckForNull String whose) {
        Matcher account = whose == null ? null : ACCOUNT.matcher(whose);
        return account != null && account.matches() ? account.group(1) : null;
    }

    /**
     * The names that stages may know it by: its own, and for as long as customers come to it by a CNAME that one, whole and up to its
     * first dot, which AWS takes from the environment's name unless another is chosen. AWS makes up the names of nested stacks: they are
     * known by those that they are in.
     */
    @NonNull
    public List<String> names() {
        if (service == Service.CLOUD_FORMATION) {
            List<String> names = new ArrayList<>(List.of(name));
            names.addAll(within);
            return names;
        }
        if (service != Service.BEANSTALK) {
            return List.of(name);
        }
        List<String> names = new ArrayList<>(namesOfEnvironment(name));
        if (cname != null) {
            names.add(cname);
            names.add(prefix());
        }
        return names;
    }

    /** What of these customers come to it by, whole and up to its first dot; empty if AWS has only called it as it calls the environment. */
    @NonNull
    public List<String> servedNames() {
        return service != Service.BEANSTALK || cname == null || prefix().equalsIgnoreCase(name)
                ? List.of()
                : List.of(cname, prefix());
    }

    String prefix() {
        return cname == null ? "" : cname.split("\\.", 2)[0];
    }

    /** Whether customers come to it by what an environment is called, as they do where nobody has chosen another CNAME. */
    boolean isCalledAs(@NonNull Target environment) {
        return service == Service.BEANSTALK && prefix().equalsIgnoreCase(environment.name);
    }

    /** Whether nobody comes to an environment that was made to take the place of another one: it has no CNAME yet, or only its own. */
    public boolean isUnknown() {
        return cname == null || isCalledAs(this);
    }

    /** Whether that is the CNAME, as far as either is known: AWS shows them whole, and steps may name what is before the first dot. */
    public boolean mayServe(@CheckForNull String other) {
        if (cname == null || other == null) {
            return false;
        }
        return cname.contains(".") && other.contains(".")
                ? host(cname).equals(host(other))
                : prefix().equalsIgnoreCase(other.split("\\.", 2)[0]);
    }

    /** Whether that is the CNAME, of which nothing is left out. */
    public boolean serves(@CheckForNull String other) {
        return other != null && other.contains(".") && cname != null && cname.contains(".") && mayServe(other);
    }

    private static String host(String cname) {
        String lower = cname.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The same once customers come to it otherwise. */
    @NonNull
    public Target serving(@CheckForNull String newCname) {
        return new Target(service, region, account, application, name, newCname, within);
    }

    /** The same of a stack that is nested in these. */
    @NonNull
    public Target inside(@NonNull List<String> stacks) {
        return new Target(service, region, account, application, name, cname, stacks);
    }

    /** Its own, and that of the environment of which it was cloned to be its successor, as blue/green deployments name clones. */
    @NonNull
    public static List<String> namesOfEnvironment(@NonNull String name) {
        Matcher clone = CLONE.matcher(name);
        return clone.matches() ? List.of(name, clone.group(1)) : List.of(name);
    }

    /** Whether a stage means it by this name. */
    public boolean isNamed(@CheckForNull String known) {
        if (service == Service.CLOUD_FORMATION) {
            return name.equalsIgnoreCase(known);
        }
        return known != null
                && names().stream()
                        .anyMatch(it -> it.equalsIgnoreCase(known)
                                || it.length() == CUT
                                        && !it.equals(name)
                                        && !it.equals(cname)
                                        && !it.equals(prefix())
                                        && known.regionMatches(true, 0, it, 0, CUT));
    }

    /** Whether it is certain that this is somewhere else. */
    public boolean isElsewhere(@CheckForNull String otherRegion, @CheckForNull String otherAccount) {
        return isElsewhere(region, account, otherRegion, otherAccount);
    }

    /** Whether it is certain that one place is not the other. */
    public static boolean isElsewhere(
            @CheckForNull String region,
            @CheckForNull String account,
            @CheckForNull String otherRegion,
            @CheckForNull String otherAccount) {
        return differ(region, otherRegion) || differ(account, otherAccount);
    }

    private static boolean differ(@CheckForNull String one, @CheckForNull String other) {
        return one != null && other != null && !plain(one).equals(plain(other));
    }

    /** The SDK takes {@code us-east-1-fips} and {@code fips-us-east-1} for us-east-1, and hosts are the same in upper case. */
    private static String plain(String region) {
        return region.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^fips-", "")
                .replaceFirst("-fips$", "");
    }

    /** Such as {@code deployment group prod of web}. */
    @Override
    public String toString() {
        return service.alone() != null ? service.kind + " " + name : service.kind + " " + name + " of " + application;
    }

    /** The same, with the CNAME, or with what it is nested in, where that is what somebody knows it by. */
    @NonNull
    public String describe(@NonNull Predicate<Target> known) {
        if (!within.isEmpty()) {
            return known.test(inside(List.of()))
                    ? toString()
                    : this + ", which is nested in " + String.join(", ", within) + ",";
        }
        return cname == null || known.test(serving(null)) ? toString() : this + ", which serves " + cname + ",";
    }
}

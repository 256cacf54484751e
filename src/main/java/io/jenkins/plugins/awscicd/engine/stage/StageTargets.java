package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What belongs to a stage: what its steps deploy to unless they say otherwise, and what is named besides.
 *
 * @param access who steps of the stage are to AWS, and where
 * @param codeDeployApplication null for the groups of that name of all applications
 * @param deploymentGroup null for none
 * @param beanstalkApplication null for the environments of that name of all applications
 * @param environment null for none
 * @param others patterns such as {@code web/prod-*}, of whatever service
 */
public record StageTargets(
        @NonNull AwsAccess access,
        @CheckForNull String codeDeployApplication,
        @CheckForNull String deploymentGroup,
        @CheckForNull String beanstalkApplication,
        @CheckForNull String environment,
        @NonNull List<NamePatterns> others) {

    public StageTargets {
        others = List.copyOf(others);
    }

    /** Whether what is deployed to belongs to the stage, as far as can be known without asking AWS. */
    public boolean owns(@NonNull Target target) {
        if (target.isElsewhere(access.region(), Target.account(access))) {
            return false;
        }
        return isApplication(target) && target.isNamed(name(target))
                || others.stream()
                        .anyMatch(patterns ->
                                target.names().stream().anyMatch(it -> patterns.matchIgnoringCase(whole(target, it))));
    }

    /**
     * Whether something may belong to the stage of which not all is known: it does unless it is certain that it does not.
     *
     * @param application null if it is not known
     * @param name null if it is not known
     */
    public boolean mayOwn(
            @NonNull Target.Service service,
            @CheckForNull String region,
            @CheckForNull String account,
            @CheckForNull String application,
            @CheckForNull String name) {
        if (Target.isElsewhere(region, account, access.region(), Target.account(access))) {
            return false;
        }
        Target known =
                new Target(service, region, account, application == null ? "" : application, name == null ? "" : name);
        String own = name(known);
        boolean ofApplication = application == null || isApplication(known);
        return own != null && ofApplication && (name == null || known.isNamed(own))
                || others.stream().anyMatch(patterns -> mayMatch(patterns, known));
    }

    /** Of names that are not known, which are blank here, any may be meant. */
    private static boolean mayMatch(NamePatterns patterns, Target known) {
        return patterns.patterns().stream().anyMatch(pattern -> {
            int slash = pattern.lastIndexOf('/');
            if (slash < 0 || pattern.contains("**")) {
                return true;
            }
            NamePatterns application = NamePatterns.of(pattern.substring(0, slash));
            NamePatterns name = NamePatterns.of(pattern.substring(slash + 1));
            String alone = known.service().alone();
            return (alone == null
                            ? !isAlone(pattern)
                            : pattern.toLowerCase(Locale.ROOT).startsWith(alone + "/"))
                    && (alone != null
                            || known.application().isEmpty()
                            || application.matchIgnoringCase(known.application()))
                    && (known.name().isEmpty() || known.names().stream().anyMatch(name::matchIgnoringCase));
        });
    }

    private static boolean isAlone(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return Arrays.stream(Target.Service.values())
                .anyMatch(service -> service.alone() != null && lower.startsWith(service.alone() + "/"));
    }

    /**
     * Whether customers come to an environment by what the stage names as it is: by an asterisk it may mean what nobody comes to as well.
     */
    public boolean isServedBy(@NonNull Target target) {
        List<String> names = target.servedNames();
        return !names.isEmpty()
                && !target.isElsewhere(access.region(), Target.account(access))
                && (isApplication(target) && names.stream().anyMatch(it -> it.equalsIgnoreCase(environment))
                        || others.stream()
                                .flatMap(patterns -> patterns.patterns().stream())
                                .anyMatch(pattern ->
                                        names.stream().anyMatch(it -> pattern.equalsIgnoreCase(whole(target, it)))));
    }

    /**
     * Whether a target of the stage, as it is, is what customers come to an environment by. What one of two environments is called may
     * be what it is there for.
     */
    public boolean namesCname(@NonNull Target target, @NonNull Target other) {
        String cname = target.cname();
        return cname != null
                && !target.isElsewhere(access.region(), Target.account(access))
                && others.stream()
                        .flatMap(patterns -> patterns.patterns().stream())
                        .anyMatch(pattern -> pattern.equalsIgnoreCase(whole(target, cname))
                                || pattern.equalsIgnoreCase(whole(target, target.prefix()))
                                        && !target.prefix().equalsIgnoreCase(target.name())
                                        && !target.prefix().equalsIgnoreCase(other.name()));
    }

    /**
     * Whether customers come to an environment by what the environment of the stage is called, and the other one has only what either of
     * them is called: what somebody has chosen besides may be what customers come by.
     */
    public boolean isCalledAs(@NonNull Target target, @NonNull Target other) {
        return isCalledAs(target) && !isCalledAs(other) && (other.isCalledAs(other) || other.isCalledAs(target));
    }

    /** Whether customers come to an environment by what the environment of the stage is called. */
    public boolean isCalledAs(@NonNull Target target) {
        return !target.isElsewhere(access.region(), Target.account(access))
                && isApplication(target)
                && target.cname() != null
                && target.prefix().equalsIgnoreCase(environment);
    }

    /** As patterns have it: stacks and pipelines are in no application. */
    private static String whole(Target target, String name) {
        String alone = target.service().alone();
        return (alone == null ? target.application() : alone) + "/" + name;
    }

    /**
     * Whether what is deployed to is something else than the stage has, whatever a step has called it. Of another application than its
     * own it has the group, or the environment, of the same name.
     */
    public boolean hasAnother(@NonNull Target target) {
        String own = name(target);
        if (target.isElsewhere(access.region(), Target.account(access))) {
            return true;
        }
        boolean isNamed = own != null
                || target.service().alone() == null && others.stream().anyMatch(patterns -> !patterns.isEmpty());
        return isNamed && !owns(target) && (own == null || isApplication(target) || !target.isNamed(own));
    }

    /** Whether it is the application that the stage deploys unless a step names another. */
    public boolean names(@NonNull Target target) {
        return target.application().equalsIgnoreCase(application(target));
    }

    @CheckForNull
    private String name(Target target) {
        return switch (target.service()) {
            case CODE_DEPLOY -> deploymentGroup;
            case BEANSTALK -> environment;
            case CLOUD_FORMATION, STACK_SET, CODE_PIPELINE -> null;
        };
    }

    private boolean isApplication(Target target) {
        String application = application(target);
        return application == null || application.equalsIgnoreCase(target.application());
    }

    @CheckForNull
    private String application(Target target) {
        return switch (target.service()) {
            case CODE_DEPLOY -> codeDeployApplication;
            case BEANSTALK -> beanstalkApplication;
            case CLOUD_FORMATION, STACK_SET, CODE_PIPELINE -> null;
        };
    }
}

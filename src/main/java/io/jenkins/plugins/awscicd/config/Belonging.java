package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.stage.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that guarded stages alone have besides what they deploy to: a role, credentials, a project. What the configuration page
 * gives to all steps belongs to none, nor does what a stage has that anything may be done in.
 *
 * @param what such as {@code role arn:aws:iam::123456789012:role/prod}
 * @param stages their names
 * @param level the place at which it is so
 */
public record Belonging(
        @NonNull String what,
        @NonNull List<String> stages,
        @NonNull Stages level) {

    /**
     * What of an identity belongs to stages.
     *
     * @param item whose stages are looked at, on all levels; null for the configuration page alone
     */
    @NonNull
    public static List<Belonging> of(@CheckForNull Item item, @NonNull UsedIdentity identity) {
        AwsAccess general = AwsCicdConfiguration.get().access();
        // Whatever a folder's credentials with the same id are: what they say is not said of the configuration page's.
        Set<String> generalRoles = identity.roles().isEmpty() ? Set.of() : UsedIdentity.roles(general, null);
        List<Belonging> all = new ArrayList<>();
        for (Stages level : Stages.levels(item)) {
            for (String role : identity.roles()) {
                if (!isAmong(role, generalRoles)) {
                    add(
                            all,
                            "role " + role,
                            level,
                            stage -> mayBeAmong(role, UsedIdentity.rolesAnywhere(stage.access(), item)));
                }
            }
            String id = identity.credentialsId();
            if (id != null && !id.equals(general.credentialsId())) {
                add(
                        all,
                        "credentials " + id,
                        level,
                        stage -> id.equals(stage.access().credentialsId()));
            }
        }
        return all;
    }

    /** By whatever it is called: what is no role to AWS is at least the same text. */
    private static boolean mayBeAmong(String role, Set<String> roles) {
        RoleName one = RoleName.of(role);
        return roles.stream().anyMatch(it -> {
            RoleName other = RoleName.of(it);
            return one == null || other == null ? role.equalsIgnoreCase(it) : one.mayBe(other);
        });
    }

    private static boolean isAmong(String role, Set<String> roles) {
        RoleName one = RoleName.ofArn(role);
        return roles.contains(role)
                || one != null && roles.stream().map(RoleName::ofArn).anyMatch(one::equals);
    }

    /** The same of a CodeBuild project. */
    @NonNull
    public static List<Belonging> ofProject(
            @CheckForNull Item item, @NonNull String project, @NonNull String region, @CheckForNull String account) {
        List<Belonging> all = new ArrayList<>();
        for (Stages level : Stages.levels(item)) {
            add(all, "project " + project, level, stage -> stage.hasProject(project, region, account));
        }
        return all;
    }

    private static void add(List<Belonging> all, String what, Stages level, Predicate<ResolvedStage> has) {
        List<ResolvedStage> holders = level.all().stream().filter(has).toList();
        if (!holders.isEmpty() && holders.stream().allMatch(ResolvedStage::isGuarded)) {
            all.add(new Belonging(
                    what, holders.stream().map(ResolvedStage::name).toList(), level));
        }
    }
}

package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.awscicd.config.Belonging;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.config.UsedIdentity;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import io.jenkins.plugins.awscicd.engine.stage.RoleName;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The guarded stages that something belongs to: also to what a stage is before folders say more of it, or otherwise. */
final class Owners {

    private final Job<?, ?> job;

    /** @param job whose stages are looked at, on all levels */
    Owners(@NonNull Job<?, ?> job) {
        this.job = job;
    }

    /** Of what is deployed to. */
    @NonNull
    Set<String> of(@NonNull Target target) {
        return guarded(owner -> owner.owns(target) || ServedNames.has(owner, target));
    }

    /** Of what customers of the stage come to at this moment: by what the stage names, or was seen to serve. */
    @NonNull
    Set<String> ofLive(@NonNull Target target) {
        return guarded(
                owner -> owner.isServedBy(target) || !target.servedNames().isEmpty() && ServedNames.has(owner, target));
    }

    /**
     * Of what goes with it, as far as it is shown: what is not may be any stage's that has such things.
     *
     * @param account whose it is; null if nobody knows
     */
    @NonNull
    Set<String> of(@NonNull Touched touched, @NonNull String region, @CheckForNull String account) {
        String name = touched.name();
        return switch (touched.kind()) {
            case DEPLOYMENT_GROUP -> of(Target.Service.CODE_DEPLOY, touched, region, account);
            case ENVIRONMENT -> of(Target.Service.BEANSTALK, touched, region, account);
            case STACK -> of(Target.Service.CLOUD_FORMATION, touched, region, account);
            case PIPELINE -> of(Target.Service.CODE_PIPELINE, touched, region, account);
            case PROJECT ->
                name == null
                        ? guarded(owner -> owner.defaults().getCodeBuildProject() != null
                                && owner.mayHaveAnything(region, account))
                        : names(Belonging.ofProject(job, name, region, account));
            case ROLE -> names(Belonging.of(job, new UsedIdentity(null, Set.of(role(name, account)))));
            case NOT_SHOWN -> guarded(owner -> owner.mayHaveAnything(region, account));
        };
    }

    private Set<String> of(Target.Service service, Touched touched, String region, @CheckForNull String account) {
        String name = touched.name();
        boolean alone = service == Target.Service.CLOUD_FORMATION || service == Target.Service.CODE_PIPELINE;
        String application = alone ? name : touched.application();
        if (application == null || name == null) {
            return guarded(owner -> owner.mayOwn(service, region, account, application, name));
        }
        return of(new Target(service, region, account, application, name).serving(touched.cname()));
    }

    /** A name alone is that of a role of the account that is called. */
    private static String role(@CheckForNull String text, @CheckForNull String account) {
        RoleName role = RoleName.of(text);
        return role == null || role.account() != null || account == null
                ? String.valueOf(text)
                : RoleName.arn(account, role.name());
    }

    private static Set<String> names(Collection<Belonging> belongings) {
        Set<String> names = new LinkedHashSet<>();
        belongings.forEach(belonging -> names.addAll(belonging.stages()));
        return names;
    }

    private Set<String> guarded(Predicate<ResolvedStage> has) {
        Set<String> owners = new LinkedHashSet<>();
        for (Stages level : Stages.levels(job)) {
            level.all().stream()
                    .filter(owner -> owner.isGuarded() && has.test(owner))
                    .forEach(owner -> owners.add(owner.name()));
        }
        return owners;
    }
}

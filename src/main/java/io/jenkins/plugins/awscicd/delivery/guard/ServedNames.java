package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What customers came to a stage's environments by when it was deployed there: whatever serves that afterwards is live, and the stage's,
 * as when CNAMEs were swapped outside of Jenkins.
 */
final class ServedNames {

    private ServedNames() {}

    /** Whether a target serves what the stage has served, as far as deployments are remembered. */
    static boolean has(@NonNull ResolvedStage stage, @NonNull Target target) {
        String cname = target.cname();
        return cname != null
                && known(stage, target)
                        .anyMatch(deployment -> isSame(cname, deployment.seen().cname()));
    }

    /**
     * Whether two environments had these CNAMEs, and not each the other one's, when a deployment to the stage swapped them last.
     *
     * @return empty if that is not remembered
     */
    @NonNull
    static Optional<Boolean> swapped(@NonNull ResolvedStage stage, @NonNull Target live, @NonNull Target next) {
        String one = String.valueOf(live.cname());
        String other = String.valueOf(next.cname());
        return known(stage, live)
                .filter(Deployment::succeeded)
                .map(Deployment::seen)
                .filter(seen -> seen.idle() != null
                        && (isSame(one, seen.cname()) && isSame(other, seen.idle())
                                || isSame(other, seen.cname()) && isSame(one, seen.idle())))
                .findFirst()
                .map(seen -> isSame(one, seen.cname()));
    }

    /** Deployments to where the stage has it, the newest first. */
    private static Stream<Deployment> known(ResolvedStage stage, Target target) {
        return Deployments.get().history(stage.name(), target.application()).stream()
                .filter(deployment -> target.service().step().equals(deployment.service())
                        && Target.whose(stage.access()).equals(deployment.whose())
                        && !target.isElsewhere(deployment.region(), Target.account(stage.access()))
                        && stage.owns(place(deployment, target, stage.access().endpoint())));
    }

    /** AWS takes and shows them with its domain, and steps name them without. */
    private static boolean isSame(String cname, @CheckForNull String served) {
        return served != null
                && (cname.equalsIgnoreCase(served) || prefix(cname).equalsIgnoreCase(prefix(served)));
    }

    private static String prefix(String cname) {
        return cname.split("\\.", 2)[0];
    }

    private static Target place(Deployment deployment, Target target, @CheckForNull String endpoint) {
        return new Target(
                target.service(),
                deployment.region(),
                target.account(),
                deployment.destination().application(),
                deployment.destination().targetAt(endpoint));
    }
}

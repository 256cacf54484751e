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
 * What customers may have come to a stage's environments by when it was deployed there: whatever serves that afterwards is the stage's, as
 * when CNAMEs were swapped outside of Jenkins. That they have is another question, which only a swap answers that was certain.
 */
final class ServedNames {

    private ServedNames() {}

    /**
     * Whether a target may serve what the stage has served, as far as deployments are remembered: also those that failed, and whoever the
     * stage was to AWS then.
     */
    static boolean has(@NonNull ResolvedStage stage, @NonNull Target target) {
        return target.cname() != null
                && known(stage, target)
                        .filter(deployment -> !Target.areOthers(Target.whose(stage.access()), deployment.whose()))
                        .map(Deployment::seen)
                        .anyMatch(seen -> target.mayServe(seen.cname()));
    }

    /**
     * Whether the live one has what customers came by, and the other one what they did not, when a deployment to the stage swapped these
     * CNAMEs last. They did not change that by swapping, but by coming: if it was not certain then, nothing is known.
     *
     * @return empty if that is not remembered
     */
    @NonNull
    static Optional<Boolean> swapped(@NonNull ResolvedStage stage, @NonNull Target live, @NonNull Target next) {
        return known(stage, live)
                .filter(deployment ->
                        deployment.succeeded() && Target.whose(stage.access()).equals(deployment.whose()))
                .map(Deployment::seen)
                .filter(seen -> live.serves(seen.cname()) && next.serves(seen.idle())
                        || next.serves(seen.cname()) && live.serves(seen.idle()))
                .findFirst()
                .map(seen -> seen.certain() && live.serves(seen.cname()));
    }

    /** Deployments to where the stage has it, the newest first. */
    private static Stream<Deployment> known(ResolvedStage stage, Target target) {
        return Deployments.get().history(stage.name(), target.application()).stream()
                .filter(deployment -> target.service().step().equals(deployment.service())
                        && !target.isElsewhere(deployment.region(), Target.account(stage.access()))
                        && stage.owns(place(deployment, target, stage.access().endpoint())));
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

package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.List;

/** Another stage must have had the very revision successfully before, at a place of its own. */
record AfterGuard(@NonNull String before) implements Guard {

    @Override
    @NonNull
    public List<String> missing(@NonNull Attempt attempt) {
        Target target = attempt.target();
        if (target == null || attempt.revision() == null) {
            return List.of(); // nothing is deployed that was not there before
        }
        if (attempt.isNameless()) {
            return List.of(Messages.Guard_nameless());
        }
        List<Deployment> had = Deployments.get().history(before, target.application()).stream()
                .filter(deployment -> deployment.succeeded() && attempt.is(deployment.revision()))
                .toList();
        ResolvedStage stage = before(attempt, target);
        if (had.stream().anyMatch(deployment -> isOf(stage, target.service(), deployment))) {
            return List.of();
        }
        String missing = Messages.Guard_after(attempt.revision(), before);
        return List.of(had.isEmpty() ? missing : missing + Messages.Guard_afterElsewhere());
    }

    /** What a step calls its stage is not believed: it may have deployed anywhere, as anybody. */
    private static boolean isOf(@CheckForNull ResolvedStage stage, Target.Service service, Deployment deployment) {
        if (!service.step().equals(deployment.service())) {
            return false;
        }
        Destination where = deployment.destination();
        return stage == null
                || Target.whose(stage.access()).equals(deployment.whose())
                        && !stage.hasAnother(
                                new Target(service, deployment.region(), null, where.application(), where.target()));
    }

    /**
     * The stage before, as it is where this guard comes from: a folder may say otherwise of both stages, of which its own targets have
     * to do, but it does not say what has to be before the targets of others.
     */
    @CheckForNull
    private ResolvedStage before(Attempt attempt, Target target) {
        List<Stages> levels = Stages.levels(attempt.run().getParent());
        Stages nearest = levels.get(levels.size() - 1);
        ResolvedStage seen = nearest.find(attempt.stage()).orElse(null);
        for (Stages level : levels) {
            ResolvedStage general = level.find(attempt.stage()).orElse(null);
            boolean decides = seen != null
                    && general != null
                    && general.owns(target)
                    && general.guards().stream()
                            .anyMatch(guards -> before.equals(guards.getAfter())
                                    && seen.guards().contains(guards));
            ResolvedStage there = decides ? level.find(before).orElse(null) : null;
            if (there != null) {
                return there;
            }
        }
        return nearest.find(before).orElse(null);
    }
}

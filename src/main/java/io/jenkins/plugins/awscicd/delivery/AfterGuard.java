package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
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
        // What a step calls its stage is not believed: it may have deployed anywhere.
        ResolvedStage stage = Stages.of(attempt.run().getParent()).find(before).orElse(null);
        boolean had = Deployments.get().history(before, target.application()).stream()
                .anyMatch(deployment -> deployment.succeeded()
                        && attempt.is(deployment.revision())
                        && (stage == null || !stage.hasAnother(place(target.service(), deployment))));
        return had ? List.of() : List.of(Messages.Guard_after(attempt.revision(), before));
    }

    private static Target place(Target.Service service, Deployment deployment) {
        Destination where = deployment.destination();
        return new Target(service, deployment.region(), null, where.application(), where.target());
    }
}

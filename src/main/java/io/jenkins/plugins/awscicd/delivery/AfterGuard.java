package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.List;

/** Another stage must have had the very revision successfully before. */
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
        boolean had = Deployments.get().history(before, target.application()).stream()
                .anyMatch(deployment -> deployment.succeeded() && attempt.is(deployment.revision()));
        return had ? List.of() : List.of(Messages.Guard_after(attempt.revision(), before));
    }
}

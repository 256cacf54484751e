package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.stage.Target;

/** Which CNAME customers come to a stage by: what a step says of that is not believed. */
final class PublicName {

    private PublicName() {}

    /** Whether it is certain that nobody comes to the stage by what the one has that is to be live, but by what the live one has. */
    static boolean isCertain(@NonNull ResolvedStage stage, @NonNull Target live, @NonNull Target next) {
        if (next.cname() == null) {
            return true;
        }
        boolean named = stage.namesCname(live, next);
        if (named != stage.namesCname(next, live)) {
            return named;
        }
        return ServedNames.swapped(stage, live, next)
                .orElseGet(() -> !mayBe(stage, next) && (next.isNewClone() || mayBe(stage, live)));
    }

    private static boolean mayBe(ResolvedStage stage, Target target) {
        return stage.isCalledAs(target) || ServedNames.has(stage, target);
    }
}

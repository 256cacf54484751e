package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Which CNAME customers come to a stage by. What a step says of that is not believed, nor what steps bring about: what was deployed to an
 * environment may have been deployed to the idle one.
 */
final class PublicName {

    private PublicName() {}

    /**
     * Whether it is certain that nobody comes to the stage by what the one has that is to be live, but by what the live one has. It is, if
     * each place says so that has a say in the stage, as it was when the step began and as it is.
     *
     * @param isClone whether the one that is to be live was, or is, made to take the place of another one
     */
    static boolean isCertain(
            @NonNull Job<?, ?> job,
            @NonNull ResolvedStage stage,
            @NonNull Target live,
            @NonNull Target next,
            boolean isClone) {
        return views(job, stage).stream().allMatch(view -> isCertain(view, live, next, isClone));
    }

    /** A folder says more of a stage, and not what customers of a more general place come by, whose guards hold. */
    private static List<ResolvedStage> views(Job<?, ?> job, ResolvedStage stage) {
        List<Stages> levels = Stages.levels(job);
        List<ResolvedStage> views = new ArrayList<>(List.of(stage));
        levels.get(levels.size() - 1)
                .find(stage.name())
                .ifPresent(now -> levels.stream()
                        .flatMap(level -> level.find(stage.name()).stream())
                        .filter(view -> view.guards().stream().anyMatch(now.guards()::contains))
                        .forEach(views::add));
        return views;
    }

    private static boolean isCertain(ResolvedStage stage, Target live, Target next, boolean isClone) {
        boolean named = stage.namesCname(live, next);
        if (named != stage.namesCname(next, live)) {
            return named;
        }
        return ServedNames.swapped(stage, live, next)
                .orElseGet(() -> !stage.isCalledAs(next)
                        && !ServedNames.has(stage, next)
                        && (isClone && next.isUnknown() || stage.isCalledAs(live, next)));
    }
}

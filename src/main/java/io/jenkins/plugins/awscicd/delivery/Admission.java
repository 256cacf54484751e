package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run may build in a stage, or deploy to what belongs to one. All steps that deploy come here at the latest moment, when the
 * exact revision is known. What a step says of its stage is not believed but where the target agrees. Reads files, and may ask where
 * users are kept.
 */
public final class Admission {

    private Admission() {}

    /**
     * Lets a run through, or not.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @param target what is deployed to; null for a build, of which a stage's hours, places and approvals hold
     * @param revision what exactly is deployed; null if nothing new is
     * @return what to say of guards that an administrator has passed over; empty if there are none
     * @throws Refused saying what is missing
     */
    @NonNull
    public static List<String> of(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @CheckForNull Target target,
            @CheckForNull String revision,
            @NonNull Instant now) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (stage != null && stage.isGuarded() && !passesOver(run, stage.name(), overridden)) {
            Attempt attempt = new Attempt(run, stage.name(), target, revision, now);
            stage.guards().stream()
                    .flatMap(guards -> Guard.of(guards).stream())
                    .flatMap(guard -> guard.missing(attempt).stream())
                    .distinct()
                    .forEach(what -> missing.add(Messages.Admission_missing(stage.name(), what)));
        }
        if (target != null) {
            for (ResolvedStage owner : Stages.of(run.getParent()).all()) {
                boolean named = stage != null && stage.name().equals(owner.name());
                if (!named && owner.isGuarded() && owner.owns(target) && !passesOver(run, owner.name(), overridden)) {
                    missing.add(Messages.Admission_belongs(target, owner.name()));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new Refused(String.join("\n", missing));
        }
        return overridden;
    }

    private static boolean passesOver(Run<?, ?> run, String stage, List<String> overridden) {
        StageOverride override = StageOverrides.find(run, stage);
        if (override == null) {
            return false;
        }
        overridden.add(override.toString());
        return true;
    }
}

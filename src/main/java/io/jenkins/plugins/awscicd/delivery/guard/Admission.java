package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
        return of(run, stage, target, revision, now, guard -> true);
    }

    /**
     * Lets a run end what belongs to a stage, or not. Nothing goes live, and what nobody has approved is to be ended as well: so of the
     * stage that the step names only those guards hold that say which jobs it is for.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @return what to say of guards that an administrator has passed over; empty if there are none
     * @throws Refused saying what is missing
     */
    @NonNull
    public static List<String> ofEnd(
            @NonNull Run<?, ?> run, @CheckForNull ResolvedStage stage, @NonNull Target target, @NonNull Instant now) {
        return of(run, stage, target, null, now, PlaceGuard.class::isInstance);
    }

    private static List<String> of(
            Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @CheckForNull Target target,
            @CheckForNull String revision,
            Instant now,
            Predicate<Guard> asked) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (stage != null && stage.isGuarded() && !passesOver(run, stage.name(), overridden)) {
            Attempt attempt = new Attempt(run, stage.name(), target, revision, now);
            stage.guards().stream()
                    .flatMap(guards -> Guard.of(guards).stream())
                    .filter(asked)
                    .flatMap(guard -> guard.missing(attempt).stream())
                    .distinct()
                    .forEach(what -> missing.add(Messages.Admission_missing(stage.name(), what)));
        }
        if (target != null) {
            for (String owner : owners(run, target)) {
                boolean named = stage != null && stage.name().equals(owner);
                if (!named && !passesOver(run, owner, overridden)) {
                    missing.add(Messages.Admission_belongs(target, owner));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new Refused(String.join("\n", missing));
        }
        return overridden;
    }

    /**
     * Lets two environments change places, or not: what runs on either will be known as the other is, so it has to have come there under
     * the same guards.
     *
     * @throws Refused saying which one belongs to a stage alone
     */
    public static void ofExchange(@NonNull Run<?, ?> run, @NonNull Target one, @NonNull Target other) {
        Set<String> ofOne = owners(run, one);
        Set<String> ofOther = owners(run, other);
        List<String> missing = new ArrayList<>();
        alone(run, one, ofOne, other, ofOther, missing);
        alone(run, other, ofOther, one, ofOne, missing);
        if (!missing.isEmpty()) {
            throw new Refused(String.join("\n", missing));
        }
    }

    private static void alone(
            Run<?, ?> run, Target one, Set<String> owners, Target other, Set<String> others, List<String> missing) {
        owners.stream()
                .filter(owner -> !others.contains(owner) && StageOverrides.find(run, owner) == null)
                .map(owner -> Messages.Admission_exchange(one, other.name(), owner))
                .forEach(missing::add);
    }

    /** The guarded stages that a target belongs to: also to what a stage is before folders say more of it, or otherwise. */
    private static Set<String> owners(Run<?, ?> run, Target target) {
        Set<String> owners = new LinkedHashSet<>();
        for (Stages level : Stages.levels(run.getParent())) {
            level.all().stream()
                    .filter(owner -> owner.isGuarded() && owner.owns(target))
                    .forEach(owner -> owners.add(owner.name()));
        }
        return owners;
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

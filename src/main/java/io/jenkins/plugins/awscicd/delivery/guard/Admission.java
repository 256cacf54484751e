package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.Belonging;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.config.UsedIdentity;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

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
     * @return what to say of guards that an administrator has passed over; empty if there are none
     * @throws Refused saying what is missing
     */
    @NonNull
    public static List<String> of(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @CheckForNull Target target,
            @NonNull Delivered delivered,
            @NonNull Instant now) {
        return of(run, stage, target, List.of(), delivered, now, guard -> true);
    }

    /**
     * Lets a run be to AWS who it wants to be, or not: a guarded stage has its role and its credentials for those alone who name it.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @return what to say of guards that an administrator has passed over; empty if there are none
     * @throws Refused naming the stage
     */
    @NonNull
    public static List<String> ofIdentity(
            @NonNull Run<?, ?> run, @CheckForNull ResolvedStage stage, @NonNull AwsAccess access) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        addStrange(run, stage, Belonging.of(run.getParent(), UsedIdentity.of(access, run)), overridden, missing);
        Refused.ifAny(missing);
        return overridden.stream().distinct().toList();
    }

    /**
     * Lets a run hand roles to AWS, for what it starts there to be somebody, or not: a guarded stage has its role for those alone who
     * name it.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @param roles their ARNs
     * @throws Refused naming the stage
     */
    @NonNull
    public static List<String> ofRoles(
            @NonNull Run<?, ?> run, @CheckForNull ResolvedStage stage, @NonNull Set<String> roles) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        addStrange(run, stage, Belonging.of(run.getParent(), new UsedIdentity(null, roles)), overridden, missing);
        Refused.ifAny(missing);
        return overridden;
    }

    /**
     * Lets a run build a project, or not.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @param region where the project is
     * @param account whose it is; null if nobody knows
     * @param delivered what is built, and all that makes the build what it is
     * @return what to say of guards that an administrator has passed over; empty if there are none
     * @throws Refused saying what is missing
     */
    @NonNull
    public static List<String> ofBuild(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @NonNull String project,
            @NonNull String region,
            @CheckForNull String account,
            @NonNull Delivered delivered,
            @NonNull Instant now) {
        return of(
                run,
                stage,
                null,
                Belonging.ofProject(run.getParent(), project, region, account),
                delivered,
                now,
                guard -> true);
    }

    private static void addStrange(
            Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            List<Belonging> belongings,
            List<String> overridden,
            List<String> missing) {
        for (Belonging belonging : belongings) {
            boolean named = stage != null && belonging.stages().contains(stage.name());
            if (!named && belonging.stages().stream().noneMatch(owner -> passesOver(run, owner, overridden))) {
                String owner = belonging.stages().get(0);
                missing.add(Messages.Admission_belongs(belonging.what(), owner));
            }
        }
    }

    /**
     * Lets a run begin what will, or may, change what a stage has: asks all that can be asked before it is known what exactly is
     * deployed.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @param targets what is deployed to, as far as it is known by now
     * @param hours whether closed hours hold, as they do not for what changes nothing that is live
     * @throws Refused saying what is missing
     */
    @NonNull
    public static List<String> before(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @NonNull Collection<Target> targets,
            boolean hours,
            @NonNull Instant now) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Predicate<Guard> asked = guard -> guard instanceof PlaceGuard || hours && guard instanceof HoursGuard;
        addMissing(run, stage, null, Delivered.NOTHING, now, asked, overridden, missing);
        targets.forEach(target -> addOwners(run, stage, target, overridden, missing));
        Refused.ifAny(missing);
        return overridden.stream().distinct().toList();
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
        List<String> overridden = new ArrayList<>(
                of(run, stage, target, List.of(), Delivered.NOTHING, now, PlaceGuard.class::isInstance));
        List<String> missing = new ArrayList<>();
        // What a step calls live is not believed: it may have named another environment's CNAME.
        for (String owner : new Owners(run.getParent()).ofLive(target)) {
            if (!passesOver(run, owner, overridden)) {
                missing.add(Messages.Admission_live(target, owner, target.cname()));
            }
        }
        Refused.ifAny(missing);
        return overridden.stream().distinct().toList();
    }

    /** What only AWS can tell is asked last: who may not begin at all does not have the stage call AWS. */
    private static List<String> of(
            Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @CheckForNull Target target,
            List<Belonging> used,
            Delivered delivered,
            Instant now,
            Predicate<Guard> asked) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Predicate<Guard> last = Guard::mayCallAws;
        boolean passedOver =
                addMissing(run, stage, target, delivered, now, asked.and(last.negate()), overridden, missing);
        addStrange(run, stage, used, overridden, missing);
        if (target != null) {
            addOwners(run, stage, target, overridden, missing);
        }
        Refused.ifAny(missing);
        if (!passedOver) {
            addMissing(run, stage, target, delivered, now, asked.and(last), overridden, missing);
            Refused.ifAny(missing);
        }
        return overridden.stream().distinct().toList();
    }

    /** @return whether an administrator has passed over all guards of the stage, so that the others need not be asked */
    private static boolean addMissing(
            Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @CheckForNull Target target,
            Delivered delivered,
            Instant now,
            Predicate<Guard> asked,
            List<String> overridden,
            List<String> missing) {
        if (stage == null) {
            return false;
        }
        Attempt attempt = new Attempt(run, stage.name(), target, delivered, target == null || stage.names(target), now);
        List<String> unsatisfied = new ArrayList<>();
        try {
            guards(run, stage)
                    .filter(asked)
                    .flatMap(guard -> guard.missing(attempt).stream())
                    .distinct()
                    .forEach(what -> unsatisfied.add(Messages.Admission_missing(stage.name(), what)));
        } catch (SdkException | AwsCallException e) {
            // What AWS does not say is not satisfied; an administrator may have let it pass for that very reason.
            if (!passesOver(run, stage.name(), overridden)) {
                throw e;
            }
            return true;
        }
        // What is satisfied is not overridden: it is nobody's responsibility but the guards'.
        if (unsatisfied.isEmpty()) {
            return false;
        }
        if (passesOver(run, stage.name(), overridden)) {
            return true;
        }
        missing.addAll(unsatisfied);
        return false;
    }

    /** As they were when the step began, and as they are now: it may have waited for a day since. */
    private static Stream<Guard> guards(Run<?, ?> run, ResolvedStage stage) {
        List<StageGuards> all = new ArrayList<>(stage.guards());
        Stages.of(run.getParent()).find(stage.name()).ifPresent(now -> all.addAll(now.guards()));
        return all.stream().flatMap(guards -> Guard.of(guards).stream()).distinct();
    }

    private static void addOwners(
            Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            Target target,
            List<String> overridden,
            List<String> missing) {
        Owners owners = new Owners(run.getParent());
        for (String owner : owners.of(target)) {
            if (!admits(run, stage, owner, overridden)) {
                missing.add(Messages.Admission_belongs(
                        target.describe(it -> owners.of(it).contains(owner)), owner));
            }
        }
    }

    /** Whether the step names the stage that something belongs to, or an administrator has passed over the stage's guards. */
    static boolean admits(Run<?, ?> run, @CheckForNull ResolvedStage stage, String owner, List<String> overridden) {
        return stage != null && stage.name().equals(owner) || passesOver(run, owner, overridden);
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

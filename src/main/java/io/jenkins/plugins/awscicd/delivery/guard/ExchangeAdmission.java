package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * That a run may have two environments change places.
 *
 * @param overridden what to say of guards that an administrator has passed over; empty if there are none
 * @param certain whether the stage that the step names knows that customers come by what the live one has, and by nothing that the
 *     other one has
 */
public record ExchangeAdmission(@NonNull List<String> overridden, boolean certain) {

    public ExchangeAdmission {
        overridden = List.copyOf(overridden);
    }

    /**
     * Lets two environments change places, or not. What runs on either will be known as the other is, so it has to have come there under
     * the same guards, and not only its version: somebody may have changed its settings. Which of them is live only the step says: what
     * goes the other way passes the guards as well, unless the stage knows which CNAME customers come by.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @param live that has the CNAME which the other one is to get
     * @param next that has or gets what is delivered
     * @param isClone whether that was, or is, made to take the place of another one
     * @param back what the live one has
     * @throws Refused saying what is missing
     */
    @NonNull
    public static ExchangeAdmission of(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @NonNull Target live,
            @NonNull Target next,
            boolean isClone,
            @NonNull Delivered delivered,
            @NonNull Delivered back,
            @NonNull Instant now) {
        List<String> overridden = new ArrayList<>(Admission.of(run, stage, live, delivered, now));
        overridden.addAll(Admission.of(run, stage, next, delivered, now));
        Owners owners = new Owners(run.getParent());
        Set<String> ofLive = owners.of(live);
        Set<String> ofNext = owners.of(next);
        List<String> missing = new ArrayList<>();
        alone(run, live, ofLive, next, ofNext, missing);
        alone(run, next, ofNext, live, ofLive, missing);
        Refused.ifAny(missing);
        boolean certain = stage != null && PublicName.isCertain(run.getParent(), stage, live, next, isClone);
        if (stage != null && !certain && (ofLive.contains(stage.name()) || stage.isGuarded() && stage.owns(live))) {
            overridden.addAll(wayBack(run, stage, live, next, back, now));
        }
        return new ExchangeAdmission(overridden.stream().distinct().toList(), certain);
    }

    private static void alone(
            Run<?, ?> run, Target one, Set<String> owners, Target other, Set<String> others, List<String> missing) {
        owners.stream()
                .filter(owner -> !others.contains(owner) && StageOverrides.find(run, owner) == null)
                .map(owner -> Messages.Admission_exchange(one, other.name(), owner))
                .forEach(missing::add);
    }

    private static List<String> wayBack(
            Run<?, ?> run, ResolvedStage stage, Target live, Target next, Delivered back, Instant now) {
        try {
            return Admission.of(run, stage, live.serving(next.cname()), back, now);
        } catch (Refused e) {
            throw new Refused(Messages.Admission_wayBack(
                    next.cname(),
                    live.name(),
                    back.revision(),
                    stage.name(),
                    live.application() + "/" + live.cname(),
                    e.getMessage()));
        }
    }
}

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
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another stage must have had the very revision successfully before, at a place of its own. */
record AfterGuard(@NonNull String before) implements Guard {

    /** As {@code S3Content} says what is in an object. */
    private static final Pattern SHA256 = Pattern.compile(" @ SHA-256 [0-9a-f]{64}$");

    @Override
    public boolean mayCallAws() {
        return true;
    }

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
        String content = attempt.delivered().content().get();
        if (content == null) {
            return List.of(Messages.Guard_afterUnpinned(attempt.revision(), before));
        }
        ResolvedStage stage = before(attempt, target);
        if (stage == null) {
            return List.of(Messages.Guard_afterGone(before));
        }
        List<Deployment> had = Deployments.get().history(before, target.application()).stream()
                .filter(Deployment::succeeded)
                .toList();
        if (had.stream()
                .anyMatch(
                        deployment -> isSame(attempt, content, deployment.seen().content())
                                && isOf(stage, target.service(), deployment))) {
            return List.of();
        }
        return List.of(Messages.Guard_after(attempt.revision(), before) + why(attempt, stage, target, content, had));
    }

    /** What comes near to it, since people will wonder. */
    private String why(Attempt attempt, ResolvedStage stage, Target target, String content, List<Deployment> had) {
        if (had.stream().anyMatch(it -> isSame(attempt, content, it.seen().content()))) {
            return Messages.Guard_afterElsewhere();
        }
        List<Deployment> namesakes =
                had.stream().filter(it -> attempt.isNamed(it.revision())).toList();
        if (namesakes.isEmpty()) {
            return "";
        }
        if (namesakes.stream().noneMatch(it -> isOf(stage, target.service(), it))) {
            return Messages.Guard_afterElsewhere();
        }
        return namesakes.stream()
                .map(it -> it.seen().content())
                .filter(Objects::nonNull)
                .findFirst()
                .map(other -> Messages.Guard_afterOther(other, content))
                .orElseGet(Messages::Guard_afterUnseen);
    }

    /**
     * A revision's name says where something is, and not what is in it. There may be copies, of which one is for each account: those
     * have one digest.
     */
    private static boolean isSame(Attempt attempt, String content, @CheckForNull String other) {
        if (other == null || content.equals(other)) {
            return other != null;
        }
        Matcher one = SHA256.matcher(content);
        Matcher two = SHA256.matcher(other);
        if (one.find() && two.find()) {
            return one.group().equals(two.group());
        }
        String uploaded = UploadedObjects.nameOf(attempt.run(), content);
        return uploaded != null && uploaded.equals(UploadedObjects.nameOf(attempt.run(), other));
    }

    /** What a step calls its stage is not believed: it may have deployed anywhere, as anybody. */
    private static boolean isOf(ResolvedStage stage, Target.Service service, Deployment deployment) {
        if (!service.step().equals(deployment.service())) {
            return false;
        }
        Destination where = deployment.destination();
        String target = where.targetAt(stage.access().endpoint());
        return Target.whose(stage.access()).equals(deployment.whose())
                && !stage.hasAnother(new Target(service, deployment.region(), null, where.application(), target));
    }

    /**
     * The stage before, as it is where this guard comes from: a folder may say otherwise of both stages, of which its own targets have
     * to do, but it does not say what has to be before the targets of others, not even once that is gone. Null if there is none.
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
            if (decides) {
                return level.find(before).orElse(null);
            }
        }
        return nearest.find(before).orElse(null);
    }
}

package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.delivery.guard.Delivered;
import io.jenkins.plugins.awscicd.delivery.guard.ExchangeAdmission;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What a step's job passes before each call that changes what is served. */
final class DeliveryGate implements Gate {

    private final StageGate guards;
    private final Target.Service service;
    private final Map<String, String> options;
    private final Supplier<Map<String, String>> named;

    /**
     * @param options what of the step's arguments, besides the revision, changes what goes live
     * @param named reads what is at this moment in what they name; asked by guards alone. May call AWS
     */
    DeliveryGate(
            @NonNull StageGate guards,
            @NonNull Target.Service service,
            @NonNull Map<String, String> options,
            @NonNull Supplier<Map<String, String>> named) {
        this.guards = guards;
        this.service = service;
        this.options = options;
        this.named = named;
    }

    @Override
    public void pass(@NonNull String application, @NonNull String target, @CheckForNull String revision) {
        pass(new Where(application, target, null), new What(revision, () -> null));
    }

    @Override
    public void pass(@NonNull Where where, @NonNull What what) {
        Delivered delivered = delivered(what);
        Target target = guards.target(service, where);
        guards.ask(() -> Admission.of(guards.run(), guards.stage(), target, delivered, StageGate.now()));
        guards.see(where, delivered, null, false);
    }

    @Override
    public boolean isGuarded() {
        return Stages.levels(guards.run().getParent()).stream()
                .anyMatch(level -> level.all().stream().anyMatch(ResolvedStage::isGuarded));
    }

    @Override
    public void look(@NonNull Where where, @NonNull Collection<String> roles) {
        guards.look(guards.target(service, where), roles);
    }

    @Override
    public void touch(@NonNull Collection<Touched> touched) {
        guards.touch(touched);
    }

    @Override
    public void end(@NonNull Where where) {
        guards.admitEnd(service, where);
    }

    @Override
    public void exchange(@NonNull Where live, @NonNull Where next, @NonNull What what, @NonNull What back) {
        Delivered delivered = delivered(what);
        Delivered ofBack = new Delivered(back.revision(), back.content(), options, delivered.named());
        AtomicBoolean certain = new AtomicBoolean();
        guards.ask(() -> {
            ExchangeAdmission admitted = ExchangeAdmission.of(
                    guards.run(),
                    guards.stage(),
                    guards.target(service, live),
                    guards.target(service, next),
                    next.cloned(),
                    delivered,
                    ofBack,
                    StageGate.now());
            certain.set(admitted.certain());
            return admitted.overridden();
        });
        guards.see(live, delivered, next.cname(), certain.get());
    }

    private Delivered delivered(What what) {
        return new Delivered(what.revision(), what.content(), options, named);
    }
}

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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What a step's job passes before each call that changes what is served. */
final class DeliveryGate implements Gate {

    private final StageGate guards;
    private final Target.Service service;
    private final Supplier<Map<String, String>> options;

    /** @param options what besides the revision changes what goes live, as it is at this moment; may call AWS */
    DeliveryGate(
            @NonNull StageGate guards,
            @NonNull Target.Service service,
            @NonNull Supplier<Map<String, String>> options) {
        this.guards = guards;
        this.service = service;
        this.options = options;
    }

    @Override
    public void pass(@NonNull String application, @NonNull String target, @CheckForNull String revision) {
        pass(new Where(application, target, null), new What(revision, () -> null));
    }

    @Override
    public void pass(@NonNull Where where, @NonNull What what) {
        What once = once(what);
        Target target = guards.target(service, where);
        guards.ask(() ->
                Admission.of(guards.run(), guards.stage(), target, delivered(once, options.get()), StageGate.now()));
        guards.see(where, once, null, false);
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
        What once = once(what);
        What onceBack = once(back);
        AtomicBoolean certain = new AtomicBoolean();
        guards.ask(() -> {
            Map<String, String> now = options.get();
            ExchangeAdmission admitted = ExchangeAdmission.of(
                    guards.run(),
                    guards.stage(),
                    guards.target(service, live),
                    guards.target(service, next),
                    next.cloned(),
                    delivered(once, now),
                    delivered(onceBack, now),
                    StageGate.now());
            certain.set(admitted.certain());
            return admitted.overridden();
        });
        guards.see(live, once, next.cname(), certain.get());
    }

    private static Delivered delivered(What what, Map<String, String> options) {
        return new Delivered(what.revision(), what.content(), options);
    }

    /** Several guards may ask for what it takes a while to find out. */
    private static What once(What what) {
        AtomicReference<Optional<String>> known = new AtomicReference<>();
        return new What(what.revision(), () -> {
            if (known.get() == null) {
                known.set(Optional.ofNullable(what.content().get()));
            }
            return known.get().orElse(null);
        });
    }
}

package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Has a step's job pass the guards of stages, and keeps which of them an administrator has let it pass over. */
public final class StageGate {

    private final Run<?, ?> run;
    private final ResolvedStage stage;
    private final AwsAccess access;
    private final JobConsole console;
    private final String region;
    /** What was said of guards that were passed over. */
    private final Set<String> overrides = new LinkedHashSet<>();

    /** @param stage the one that the step names, as it was when the step began; null for none */
    StageGate(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @NonNull AwsAccess access,
            @NonNull AwsSession session,
            @NonNull JobConsole console) {
        this.run = run;
        this.stage = stage;
        this.access = access;
        this.region = session.region().id();
        this.console = console;
    }

    /** Fails unless the step may be to AWS who it wants to be: to be asked before AWS is called. */
    void admitIdentity() {
        tell(Admission.ofIdentity(run, stage, access));
    }

    /**
     * Fails unless what may change what is live may be begun: to be asked before anything is uploaded, made or called.
     *
     * @param targets what is deployed to, as far as it is known
     */
    public void admitBeginning(
            @NonNull Target.Service service, @NonNull String application, @NonNull List<String> targets) {
        admitBeginning(
                true,
                targets.stream()
                        .map(target -> target(service, application, target))
                        .toList());
    }

    /** Fails unless what is in the stage may be looked at, or ended where it is not live. */
    public void admitLook() {
        admitBeginning(false, List.of());
    }

    private void admitBeginning(boolean hours, List<Target> targets) {
        tell(Admission.before(run, stage, targets, hours, now()));
    }

    /** To be asked before anything is deployed. */
    @NonNull
    public Gate of(@NonNull Target.Service service) {
        return new Gate() {
            @Override
            public void pass(String application, String target, String revision) {
                admit(target(service, application, target), revision);
            }

            @Override
            public void exchange(String application, String live, String next, String revision) {
                Gate.super.exchange(application, live, next, revision);
                Admission.ofExchange(run, target(service, application, live), target(service, application, next));
            }
        };
    }

    /** To be asked before anything is ended that is not live. */
    @NonNull
    public Gate ofEnd(@NonNull Target.Service service) {
        return (application, target, revision) ->
                tell(Admission.ofEnd(run, stage, target(service, application, target), now()));
    }

    private Target target(Target.Service service, String application, String target) {
        return new Target(service, region, Target.account(access), application, target);
    }

    /** Fails unless the run may build that project in the step's stage. */
    public void admitBuild(@NonNull String project) {
        tell(Admission.ofBuild(run, stage, project, region, Target.account(access), now()));
    }

    private static Instant now() {
        return AwsConnections.get().engine().scheduler().now();
    }

    private void admit(@CheckForNull Target target, @CheckForNull String revision) {
        tell(Admission.of(run, stage, target, revision, now()));
    }

    private void tell(List<String> overridden) {
        synchronized (overrides) {
            overridden.stream().filter(overrides::add).forEach(console::line); // it is asked again after each wait
        }
    }

    /** Why guards of a stage were passed over; null if none were. */
    @CheckForNull
    String override() {
        synchronized (overrides) {
            return overrides.isEmpty() ? null : String.join("; ", overrides);
        }
    }

    /** The endpoint that the step itself names; null if it goes where its stage, or the configuration page, says. */
    @CheckForNull
    String ownEndpoint() {
        AwsAccess given = stage == null ? AwsCicdConfiguration.get().access() : stage.access();
        return Objects.equals(access.endpoint(), given.endpoint()) ? null : access.endpoint();
    }

    /** Where the access leads to. */
    @NonNull
    String whose() {
        return Target.whose(access);
    }
}

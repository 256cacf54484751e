package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.delivery.guard.Delivered;
import io.jenkins.plugins.awscicd.delivery.guard.ResourceAdmission;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import io.jenkins.plugins.awscicd.engine.stage.RoleName;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Questions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Has a step's job pass the guards of stages, and keeps which of them an administrator has let it pass over. */
public final class StageGate {

    /** Longer than any disk that works takes, and than it takes to find out what is deployed, which says itself why it was not. */
    static final Duration PATIENCE = S3Content.LONGEST.plusMinutes(1);

    private final Run<?, ?> run;
    private final ResolvedStage stage;
    private final AwsAccess access;
    private final JobConsole console;
    private final AwsSession session;
    private final String region;
    /** What was said of guards that were passed over. */
    private final Set<String> overrides = new LinkedHashSet<>();

    private final Questions questions = new Questions(AwsConnections.get().questions(), PATIENCE);

    private volatile Deployment.Seen seen = Deployment.Seen.NOTHING;

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
        this.session = session;
        this.region = session.region().id();
        this.console = console;
    }

    /** Fails unless the step may be to AWS who it wants to be: to be asked before AWS is called. */
    void admitIdentity() {
        ask(() -> Admission.ofIdentity(run, stage, access));
    }

    /**
     * Fails unless the step may hand these roles to AWS: to be asked before AWS is called.
     *
     * @param arns what may be their ARNs; null for none
     * @param names the same where AWS takes the name of a role of this account as well
     */
    public void admitRoles(@NonNull Collection<String> arns, @NonNull Collection<String> names) {
        Set<String> roles = new LinkedHashSet<>();
        arns.stream().filter(text -> RoleName.ofArn(text) != null).forEach(roles::add);
        String account = Target.account(access);
        for (String name : names) {
            RoleName role = RoleName.of(name);
            if (role != null) {
                roles.add(role.account() == null && account != null ? RoleName.arn(account, role.name()) : name);
            }
        }
        ask(() -> Admission.ofRoles(run, stage, roles));
    }

    /** The same of a role that is assumed by its name in other accounts; in any of them where none is named. */
    public void admitRoleIn(@NonNull Collection<String> accounts, @NonNull String name) {
        Set<String> roles = accounts.isEmpty() ? new LinkedHashSet<>(List.of(name)) : new LinkedHashSet<>();
        accounts.forEach(account -> roles.add(RoleName.arn(account, name)));
        ask(() -> Admission.ofRoles(run, stage, roles));
    }

    /**
     * Fails unless what may change what is live may be begun: to be asked before anything is uploaded, made or called.
     *
     * @param targets what is deployed to, as far as it is known
     */
    public void admitBeginning(
            @NonNull Target.Service service, @NonNull String application, @NonNull List<String> targets) {
        admitBeginning(true, targets(service, application, targets));
    }

    /**
     * The same of what changes nothing that is live, so that no hours are closed for it: a plan of a change, which shows what is there, or
     * what keeps something from going live.
     *
     * @param targets what it is about, as far as it is known
     */
    public void admitPlan(@NonNull Target.Service service, @NonNull String application, @NonNull List<String> targets) {
        admitBeginning(false, targets(service, application, targets));
    }

    private List<Target> targets(Target.Service service, String application, List<String> targets) {
        return targets.stream()
                .map(target -> new Target(service, region, Target.account(access), application, target))
                .toList();
    }

    /** Fails unless what is in the stage may be looked at, or ended where it is not live. */
    public void admitLook() {
        admitBeginning(false, List.of());
    }

    private void admitBeginning(boolean hours, List<Target> targets) {
        ask(() -> Admission.before(run, stage, targets, hours, now()));
    }

    /** To be asked before anything is deployed; the options are what of the arguments changes what goes live, as of {@link Delivered}. */
    @NonNull
    public Gate of(@NonNull Target.Service service, @NonNull Map<String, String> options) {
        return of(service, options, Map::of);
    }

    /**
     * The same of what arguments name that may have other content under that name later.
     *
     * @param named reads what is in it at this moment, by name as the options are; asked where people have approved of something, and
     *     nothing else is missing. May call AWS
     */
    @NonNull
    public Gate of(
            @NonNull Target.Service service,
            @NonNull Map<String, String> options,
            @NonNull Supplier<Map<String, String>> named) {
        return new DeliveryGate(this, service, options, named);
    }

    /** The job that stages are looked at for. */
    @NonNull
    Run<?, ?> run() {
        return run;
    }

    /** The one that the step names, as it was when the step began; null for none. */
    @CheckForNull
    ResolvedStage stage() {
        return stage;
    }

    /** As who AWS is called. */
    @NonNull
    public AwsSession session() {
        return session;
    }

    void touch(Collection<Touched> touched) {
        ask(() -> ResourceAdmission.of(run, stage, region, Target.account(access), touched));
    }

    void look(Target target, Collection<String> roles) {
        admitRoles(roles, List.of());
        admitBeginning(false, List.of(target));
    }

    /** For the stages that are only for what was here: what is deployed elsewhere need not be looked at. */
    void see(Gate.Where where, Delivered delivered, @CheckForNull String idle, boolean certain) {
        if (stage != null && delivered.revision() != null) {
            seen = new Deployment.Seen(
                    Stages.isBeforeAnother(stage.name()) ? delivered.content().get() : null,
                    where.cname(),
                    idle,
                    certain);
        }
    }

    /** What was seen of what is deployed when it was let in. */
    @NonNull
    Deployment.Seen seen() {
        return seen;
    }

    /** To be asked before anything is ended that is not live. */
    @NonNull
    public Gate ofEnd(@NonNull Target.Service service) {
        return new Gate() {
            @Override
            public void pass(String application, String target, String revision) {
                end(new Where(application, target, null));
            }

            @Override
            public void end(Where where) {
                admitEnd(service, where);
            }
        };
    }

    void admitEnd(Target.Service service, Gate.Where where) {
        ask(() -> Admission.ofEnd(run, stage, target(service, where), now()));
    }

    Target target(Target.Service service, Gate.Where where) {
        String account = where.ofOrganization() ? null : Target.account(access);
        return new Target(service, region, account, where.application(), where.name())
                .serving(where.cname())
                .inside(where.within());
    }

    /**
     * Fails unless the run may build that project in the step's stage.
     *
     * @param content what is in its sources, in one line; null if nothing pins that
     * @param options all that makes the build what it is, as of {@link Delivered}
     * @param named as of {@link #of(Target.Service, Map, Supplier)}
     */
    public void admitBuild(
            @NonNull String project,
            @CheckForNull String content,
            @NonNull Map<String, String> options,
            @NonNull Supplier<Map<String, String>> named) {
        ask(() -> Admission.ofBuild(
                run,
                stage,
                project,
                region,
                Target.account(access),
                new Delivered(project, () -> content, options, named),
                now()));
    }

    static Instant now() {
        return AwsConnections.get().engine().scheduler().now();
    }

    void ask(Supplier<List<String>> guards) {
        List<String> overridden = questions.ask(guards, StageGate::late);
        synchronized (overrides) {
            overridden.stream().filter(overrides::add).forEach(console::line); // it is asked again after each wait
        }
    }

    /** @param begun whether they were asked, and no thread for that was missing */
    static Refused late(boolean begun) {
        return new Refused("The guards of the stage have not answered for " + Durations.inWords(PATIENCE)
                + ", so nothing was started. "
                + (begun
                        ? "Check whether the controller's disk is busy, and run it again"
                        : "Many other steps wait for their guards: run it again later"));
    }

    /** Nobody wants to know any more whether the step may go on. */
    void leave() {
        questions.leave();
    }

    /** Why guards of a stage were passed over; null if none were. */
    @CheckForNull
    String override() {
        synchronized (overrides) {
            return overrides.isEmpty() ? null : String.join("; ", overrides);
        }
    }

    /** The endpoint that the step itself, or a folder, names; null if it goes where the configuration page says, also for the stage. */
    @CheckForNull
    String ownEndpoint() {
        AwsAccess given = Optional.ofNullable(stage)
                .flatMap(it -> Stages.of(null).find(it.name()))
                .map(ResolvedStage::access)
                .orElseGet(() -> AwsCicdConfiguration.get().access());
        return Objects.equals(access.endpoint(), given.endpoint()) ? null : access.endpoint();
    }

    /** Where the access leads to. */
    @NonNull
    String whose() {
        return Target.whose(access);
    }
}

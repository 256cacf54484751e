package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.BegunUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * Begins updates of an environment, or makes it, each exactly once
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_UpdateEnvironment.html">UpdateEnvironment</a>,
 * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CreateEnvironment.html">CreateEnvironment</a>). The calls
 * have no token: when one may have been carried out unheard, the environment's events tell.
 *
 * <p>The methods call AWS and block: they are run in the session's lanes, one after the other.
 */
final class EnvironmentCalls {

    static final String UPDATE = "elasticbeanstalk:UpdateEnvironment";
    private static final String CREATE = "elasticbeanstalk:CreateEnvironment";
    private final Step step;
    private final BeanstalkRequest request;
    private final EnvironmentArguments arguments;
    private final OtherUpdates others;
    private final UpdateJournal journal;
    private final UpdateJournal configuration;
    private final UpdateOnce version;
    private final UpdateOnce settings;
    private final Consumer<EnvironmentSnapshot> check;

    /** @param check looks once more, immediately before something is begun, and fails if nothing is to be */
    EnvironmentCalls(Step step, Consumer<EnvironmentSnapshot> check) {
        this.step = step;
        this.request = step.request();
        this.arguments = request.forEnvironment();
        this.others = new OtherUpdates(step);
        this.journal = step.journal();
        this.configuration = journal.configuration();
        BiConsumer<String, String> begun = (environment, id) -> {
            journal.environment(environment); // another one may be called so later
            step.own().add(id, step.turn().turn());
        };
        this.version = new UpdateOnce(step, begun);
        this.settings = new UpdateOnce(step.of(configuration), begun);
        this.check = check;
    }

    /** Whether settings or platform are to be changed yet, before the version is deployed. */
    boolean toConfigure() {
        return arguments.configures() && !journal.isConfigured();
    }

    /** What else was begun there. */
    @NonNull
    OtherUpdates others() {
        return others;
    }

    /** Whether something was begun that is not through yet. */
    boolean isBegun() {
        return configuration.request() != null;
    }

    /** Whether AWS may have begun something a moment ago, and not show that yet. */
    boolean mayBeUnseen() {
        return version.mayBeUnseen() || settings.mayBeUnseen();
    }

    /** The environment's id; null if it is not there. */
    @CheckForNull
    String id() {
        EnvironmentSnapshot now = find();
        return now == null ? null : now.id();
    }

    /** The environment's id, if the version's deployment to it was begun before. */
    @NonNull
    Optional<String> begun(@NonNull String label) {
        return Optional.ofNullable(find()).filter(now -> isDeployed(now, label)).map(EnvironmentSnapshot::id);
    }

    /**
     * Begins what is to be done next, or finds that it was begun before: makes the environment, or changes what it is like, or deploys
     * the version.
     *
     * @param wanted run before anything is begun, to fail if nothing is to be any more
     * @return the environment's id
     * @throws EnvironmentBusy if something else is being done to it
     */
    @NonNull
    String begin(@NonNull String label, @NonNull Runnable wanted) {
        EnvironmentSnapshot now = find();
        if (now == null) {
            wanted.run();
            return create(label);
        }
        boolean configures = toConfigure();
        if (isDeployed(now, label) || configures && isConfigured(now)) {
            return now.id();
        }
        wanted.run();
        if (request.newestWins()) {
            others.yieldToNewer(now);
        }
        if (now.terminating() && !arguments.creates()) {
            throw new IllegalArgumentException("environment: " + now.name()
                    + " is being terminated; deploy to another one, or recreate it with createEnvironment: true");
        }
        if (!now.ready()) {
            throw new EnvironmentBusy(now);
        }
        if (configures
                && new ConfigurationComparison(step)
                        .isAlready(now.name(), arguments.toUpdate().build())) {
            journal.configured(true);
            configures = false;
        }
        check.accept(now);
        UpdateEnvironmentRequest.Builder update = configures
                ? arguments.toUpdate()
                : UpdateEnvironmentRequest.builder().versionLabel(label);
        update(now, label, configures, update);
        return now.id();
    }

    private void update(
            EnvironmentSnapshot now, String label, boolean configures, UpdateEnvironmentRequest.Builder update) {
        if (journal.asked() == null && configuration.asked() == null) { // else it may be ours already
            journal.previous(now.versionLabel(), now.cname());
        }
        if (configures) {
            configuration.label(now.versionLabel());
        }
        UpdateOnce part = configures ? settings : version;
        try {
            part.ask(now, label, true, update);
        } catch (EnvironmentBusy e) {
            EnvironmentSnapshot busy = find();
            throw busy == null ? e : new EnvironmentBusy(busy);
        } catch (Refused e) {
            throw !configures && isBegun()
                    ? new Refused(
                            e.getMessage() + "\nThe settings of " + now.name()
                                    + " were changed, but its version was not: run the step again once the deployment is allowed")
                    : e;
        } catch (ElasticBeanstalkException e) {
            if (ApplicationVersions.isGone(e)) {
                throw new IllegalArgumentException("version: " + ApplicationVersions.gone(journal.label()));
            }
            throw configures ? arguments.withoutValues(e) : e;
        }
    }

    private String create(String label) {
        if (!arguments.creates()) { // AWS shows nothing to those who may not see it
            throw new IllegalArgumentException("environment: there is no environment '" + request.environment()
                    + "' of application '" + request.application() + "' in "
                    + step.session().region()
                    + ", or these credentials may not see it; check both names, the region and the IAM action "
                    + EnvironmentService.DESCRIBE + ", or create it with createEnvironment: true");
        }
        boolean first = journal.asked() == null;
        try {
            CreateEnvironmentRequest create =
                    arguments.toCreate().versionLabel(label).build();
            step.gate()
                    .pass(
                            new Gate.Where(step.application(), request.environment(), create.cnamePrefix()),
                            VersionContent.of(step, label));
            journal.asked(step.now(), step.turn().turn());
            journal.configured(true); // it is made as it is to be
            CreateEnvironmentResponse made = step.client().createEnvironment(create);
            version.keep(made.environmentId(), made.responseMetadata().requestId());
            return made.environmentId();
        } catch (ElasticBeanstalkException e) {
            EnvironmentSnapshot there = e.statusCode() < 500 ? find() : null;
            if (first && (there != null || AwsFault.of(e) != AwsFault.TRANSIENT)) {
                journal.refused();
                journal.configured(false);
            }
            if (there != null) { // somebody else was faster
                throw new EnvironmentBusy(there);
            }
            if (AwsFault.of(e) == AwsFault.DENIED) {
                throw AwsCallException.of(CREATE, "environment '" + request.environment() + "'", e);
            }
            throw arguments.withoutValues(e);
        }
    }

    /** Without a mark, after a restart, it may be ours if the version is there. */
    private boolean isDeployed(EnvironmentSnapshot now, String label) {
        Instant asked = journal.firstAsked();
        boolean lost = asked == null && step.again() && now.ready() && label.equals(now.versionLabel());
        return version.isBegun(
                now,
                label,
                configuration.request(),
                journal.previous(),
                lost ? others.after(step.token().chosen()) : asked,
                since -> since(now, since));
    }

    private boolean isConfigured(EnvironmentSnapshot now) {
        return settings.isBegun(
                now, now.versionLabel(), null, "", configuration.firstAsked(), since -> since(now, since));
    }

    private List<BegunUpdate> since(EnvironmentSnapshot now, Instant since) {
        List<BegunUpdate> begun = others.since(now, since);
        if (begun.isEmpty()) {
            others.reportUnseen(now, "so it is not known whether AWS has begun this update already");
        }
        return begun;
    }

    /** Null if there is none of that name that was not terminated. */
    @CheckForNull
    private EnvironmentSnapshot find() {
        String begun = journal.environment();
        if (begun == null) {
            return others.allowed(
                    EnvironmentService.DESCRIBE,
                    () -> ApplicationEnvironments.named(step.session(), request.application(), request.environment()));
        }
        EnvironmentSnapshot same =
                others.allowed(EnvironmentService.DESCRIBE, () -> EnvironmentService.find(step.session(), begun));
        if (same == null || same.ended()) {
            throw new IllegalArgumentException("environment: " + request.environment() + " (" + begun
                    + ") was terminated during this step; run the step again for the current one");
        }
        return same;
    }
}

package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.BegunUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.JournalPart;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Marks;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.OwnUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * Begins updates of an environment, or makes it, each exactly once
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_UpdateEnvironment.html">UpdateEnvironment</a>,
 * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CreateEnvironment.html">CreateEnvironment</a>). The calls
 * have no token: when one may have been carried out unheard, the environment's events tell.
 *
 * <p>The methods call AWS and block: they are run in the session's lanes, one after the other.
 */
public final class EnvironmentCalls {

    static final String UPDATE = "elasticbeanstalk:UpdateEnvironment";
    private static final String CREATE = "elasticbeanstalk:CreateEnvironment";
    /** Clocks may differ by this much. */
    static final Duration MARGIN = Duration.ofMinutes(2);

    /** What is kept if the first call was refused: what is begun at that time is not ours, whatever the events leave open. */
    private static final Map<String, String> REFUSED = Map.of(Marks.ASKED, "");

    /** The part of a step's journal that knows of the update before the version's. */
    @NonNull
    public static Journal configuration(@NonNull Journal journal) {
        return new JournalPart(journal, "configuration");
    }

    private final AwsSession session;
    private final Scheduler scheduler;
    private final BeanstalkRequest request;
    private final EnvironmentArguments arguments;
    private final Turn turn;
    private final Instant chosen;
    private final boolean again;
    private final OwnUpdates own;
    private final OtherUpdates others;
    private final Journal journal;
    private final Journal configuration;
    private final LiveCalls live;
    private final Consumer<EnvironmentSnapshot> check;

    /**
     * @param chosen when this deployment was asked for
     * @param again whether it may have been begun already, before a restart
     * @param check looks once more, immediately before something is begun, and fails if nothing is to be
     */
    public EnvironmentCalls(
            AwsSession session,
            Scheduler scheduler,
            BeanstalkRequest request,
            Turn turn,
            Instant chosen,
            boolean again,
            OwnUpdates own,
            Journal journal,
            LiveCalls live,
            Consumer<EnvironmentSnapshot> check,
            JobConsole console) {
        this.session = session;
        this.scheduler = scheduler;
        this.request = request;
        this.arguments = request.forEnvironment();
        this.turn = turn;
        this.chosen = chosen;
        this.again = again;
        this.own = own;
        this.others = new OtherUpdates(session, scheduler, request.environment(), turn, own, console);
        this.journal = journal;
        this.configuration = configuration(journal);
        this.live = live;
        this.check = check;
    }

    /** Whether settings or platform are to be changed yet, before the version is deployed. */
    boolean toConfigure() {
        return arguments.configures() && !"true".equals(journal.read().get(Marks.CONFIGURED));
    }

    /** What else was begun there. */
    @NonNull
    OtherUpdates others() {
        return others;
    }

    /** Whether something was begun that is not through yet. */
    boolean isBegun() {
        return configuration.read().containsKey(Marks.REQUEST);
    }

    /** The environment's id; null if it is not there. */
    @CheckForNull
    String id() {
        EnvironmentSnapshot now = find();
        return now == null ? null : now.id();
    }

    /** The environment, if the version's deployment to it was begun before; null else. */
    @CheckForNull
    EnvironmentSnapshot begun(@NonNull String label) {
        EnvironmentSnapshot now = find();
        return now != null && begun(now, journal, label) ? now : null;
    }

    /**
     * Begins what is to be done next, or finds that it was begun before: makes the environment, or changes what it is like, or deploys
     * the version.
     *
     * @param wanted run before anything is begun, to fail if nothing is to be any more
     * @throws EnvironmentBusy if something else is being done to it
     */
    @NonNull
    EnvironmentSnapshot begin(@NonNull String label, @NonNull Runnable wanted) {
        EnvironmentSnapshot now = find();
        if (now == null) {
            wanted.run();
            return create(label);
        }
        if (begun(now, journal, label)) {
            return now;
        }
        boolean configures = toConfigure();
        if (configures && begun(now, configuration, now.versionLabel())) {
            return now;
        }
        wanted.run();
        if (request.newestWins()) {
            others.yieldToNewer(now);
        }
        if (now.terminating() && !arguments.creates()) {
            throw new IllegalArgumentException("environment: " + now.name()
                    + " is being terminated; deploy to another one, or have it made anew with createEnvironment: true");
        }
        if (!now.ready()) {
            throw new EnvironmentBusy(now);
        }
        if (configures
                && new ConfigurationComparison(session, request.application())
                        .isAlready(now.name(), arguments.toUpdate().build())) {
            journal.write(Map.of(Marks.CONFIGURED, "true"));
            configures = false;
        }
        check.accept(now);
        UpdateEnvironmentRequest.Builder update = configures
                ? arguments.toUpdate()
                : UpdateEnvironmentRequest.builder().versionLabel(label);
        update(now, label, configures ? configuration : journal, update.environmentId(now.id()));
        return now;
    }

    private void update(EnvironmentSnapshot now, String label, Journal part, UpdateEnvironmentRequest.Builder update) {
        boolean first = askedBefore(part) == null;
        Map<String, String> marks = asked();
        if (askedBefore(journal) == null && askedBefore(configuration) == null) { // else it may be ours already
            journal.write(Map.of(Marks.PREVIOUS, now.versionLabel()));
        }
        if (part == configuration) {
            marks.put(Marks.LABEL, now.versionLabel());
        }
        try {
            begun(
                    part,
                    now.id(),
                    live.update(now.name(), label, passes(part), () -> part.write(marks), update.build()));
        } catch (Refused e) {
            throw part == journal && isBegun()
                    ? new Refused(e.getMessage() + "\nThe settings of " + now.name()
                            + " are changed, but it has the version that it had: run the step again once it may go on")
                    : e;
        } catch (ElasticBeanstalkException e) {
            if (String.valueOf(e.getMessage()).contains("Must be Ready")) {
                if (first) {
                    part.write(REFUSED);
                }
                EnvironmentSnapshot busy = find();
                throw new EnvironmentBusy(busy == null ? now : busy); // somebody else was faster, or it was us
            }
            if (ApplicationVersions.isGone(e)) {
                throw new IllegalArgumentException(
                        "version: " + ApplicationVersions.gone(journal.read().getOrDefault(Marks.LABEL, "")));
            }
            throw part == configuration ? arguments.withoutValues(e) : e;
        }
    }

    private EnvironmentSnapshot create(String label) {
        if (!arguments.creates()) { // AWS shows nothing to those who may not see it
            throw new IllegalArgumentException("environment: there is no environment '" + request.environment()
                    + "' of application '" + request.application() + "' in " + session.region()
                    + ", or these credentials may not see it; check both names, the region and the IAM action "
                    + EnvironmentService.DESCRIBE + ", or have it made with createEnvironment: true");
        }
        boolean first = askedBefore(journal) == null;
        Map<String, String> marks = asked();
        marks.put(Marks.CONFIGURED, "true"); // it is made as it is to be
        try {
            CreateEnvironmentResponse made = live.create(
                    request.environment(),
                    label,
                    passes(journal),
                    () -> journal.write(marks),
                    arguments.toCreate().versionLabel(label).build());
            begun(journal, made.environmentId(), made.responseMetadata().requestId());
            return EnvironmentSnapshot.of(made, request.application(), request.environment(), label);
        } catch (ElasticBeanstalkException e) {
            EnvironmentSnapshot there = e.statusCode() < 500 ? find() : null;
            if (there != null) {
                if (first) { // somebody else was faster
                    journal.write(REFUSED);
                    journal.write(Map.of(Marks.CONFIGURED, "false"));
                }
                throw new EnvironmentBusy(there);
            }
            if (AwsFault.of(e) == AwsFault.DENIED) {
                throw AwsCallException.of(CREATE, "environment '" + request.environment() + "'", e);
            }
            throw arguments.withoutValues(e);
        }
    }

    /** When AWS was asked and may have begun it; null if it has not. */
    @CheckForNull
    private static String askedBefore(Journal part) {
        String asked = part.read().get(Marks.ASKED);
        return asked == null || asked.isEmpty() ? null : asked;
    }

    private boolean passes(Journal part) {
        String asked = askedBefore(part);
        return LiveCalls.isNew(asked == null ? null : Instant.parse(asked), scheduler.now());
    }

    private Map<String, String> asked() {
        Map<String, String> marks = new HashMap<>();
        marks.put(Marks.ASKED, scheduler.now().toString());
        marks.put(Marks.RUN, turn.name());
        marks.put(Marks.ORDER, String.valueOf(turn.order()));
        return marks;
    }

    private void begun(Journal part, String environmentId, String requestId) {
        journal.write(Map.of(Marks.ENVIRONMENT, environmentId)); // another one may be called so later
        part.write(Map.of(Marks.REQUEST, requestId));
        own.add(requestId, turn);
    }

    /** Whether it was begun before, as the journal or AWS says. */
    private boolean begun(EnvironmentSnapshot now, Journal part, String label) {
        if (part.read().containsKey(Marks.REQUEST)) {
            return true;
        }
        String asked = askedBefore(part);
        // Without a mark, after a restart: it may be ours if the version is there.
        boolean lost = asked == null && again && part == journal && now.ready() && label.equals(now.versionLabel());
        if (asked == null && !lost) {
            return false;
        }
        Instant since = (asked == null ? chosen : Instant.parse(asked)).minus(MARGIN);
        String other = part == journal ? configuration.read().get(Marks.REQUEST) : null;
        List<BegunUpdate> begun = others.since(now, since);
        if (begun.isEmpty()) {
            others.tellUnseen(now, "so it is not known whether AWS has begun this update already");
        }
        for (BegunUpdate update : begun) {
            Turn whose = own.of(update.request());
            if (update.mayBeOf(label) && !update.request().equals(other) && (whose == null || whose.equals(turn))) {
                begun(part, now.id(), update.request());
                return true;
            }
        }
        return false;
    }

    /** Null if there is none of that name that was not terminated. */
    @CheckForNull
    private EnvironmentSnapshot find() {
        String begun = journal.read().get(Marks.ENVIRONMENT);
        if (begun == null) {
            EnvironmentDescription found = others.allowed(
                    EnvironmentService.DESCRIBE,
                    () -> ApplicationEnvironments.named(session, request.application(), request.environment()));
            return found == null ? null : EnvironmentSnapshot.of(found);
        }
        EnvironmentSnapshot same = others.allowed(
                EnvironmentService.DESCRIBE,
                () -> new EnvironmentService().observe(session, List.of(begun)).get(begun));
        if (same == null || same.ended()) {
            throw new IllegalArgumentException(
                    "environment: " + request.environment() + " (" + begun
                            + ") was terminated while this step was at work on it; run the step again for the one that is there now");
        }
        return same;
    }
}

package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Prepared;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.CloneStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.PairStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.PreparedStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.TwinStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.OwnUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.EnvironmentCalls;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.EnvironmentUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedEnvironment;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.LiveCalls;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.Sequel;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.TurnStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.UpdateAndSequel;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.LabelMakers;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.WorkspaceBundle;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.job.execution.HeldTurn;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueues;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/** Elastic Beanstalk: application versions on environments, as remote jobs. */
public final class Beanstalk {

    /** What is aborted may have to be created, or brought back, before it can end. */
    private static final Duration LONGEST_SEQUEL = Duration.ofHours(1);

    private final TurnQueues<String> queues = new TurnQueues<>();
    private final OwnUpdates own = new OwnUpdates();
    private final LabelMakers makers = new LabelMakers();
    private final EnvironmentService service = new EnvironmentService();
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final EnvironmentJobs jobs;

    public Beanstalk(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.jobs = new EnvironmentJobs(scheduler, watcher);
    }

    /**
     * A step's deployment, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param turn whose deployment it is
     * @param gate asked immediately before each call that changes what is served; not about what was asked for before a restart
     * @param files asked only if a workspace is deployed
     */
    @NonNull
    public PreparedUpdate prepare(
            @NonNull Connected<EnvironmentSnapshot> at,
            @NonNull BeanstalkRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        return new PreparedUpdate(this, at, request, token, turn, gate, files);
    }

    /** Reports what somebody else does with an environment, and does not stop it. */
    @NonNull
    public RemoteJob<EnvironmentSnapshot> follow(@NonNull Following at, @NonNull String environment) {
        return FollowedEnvironment.follow(scheduler, watcher, at, environment);
    }

    /**
     * A version that is to be deployed, or was.
     *
     * @param journal knows what was done before a restart
     * @param turn whose deployment it is
     * @param gate asked immediately before each call that changes what is served; not about what was asked for before a restart
     */
    @NonNull
    public EnvironmentDeployment deployment(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull BeanstalkRequest request,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull JobListener<EnvironmentSnapshot> listener) {
        own.add(journal);
        FollowedUpdate update = jobs.followed(session, console, journal, request.health(), request.tellsLogs());
        TurnQueue<String> queue = queues.of(session);
        StepTurn stepTurn = new StepTurn(queue, turn, journal);
        HeldTurn<EnvironmentSnapshot> held = new HeldTurn<>(queue);
        LiveCalls live = new LiveCalls(session, request.application(), gate);
        Sequel sequel = new Sequels(session, scheduler, watcher, request, journal, console)
                .after(
                        live,
                        stepTurn,
                        own,
                        part -> jobs.followed(session, console, part, request.health(), request.tellsLogs()));
        UpdateAndSequel whole = sequel == null ? null : new UpdateAndSequel(update, sequel, console);
        RemoteJob<EnvironmentSnapshot> job = jobs.job(
                session,
                console,
                update,
                () -> whole == null || whole.abortsUpdate()
                        ? UpdateJournal.of(journal).request()
                        : null,
                whole == null ? JobService.STOP_GRACE : LONGEST_SEQUEL,
                held.of(whole == null ? update.progressLog() : whole),
                held.of(listener),
                whole == null ? update::isOver : whole);
        if (whole == null) {
            update.reconsider(job::reconsider);
        } else {
            whole.reconsider(job::reconsider);
        }
        return new EnvironmentDeployment(session, console, journal, job, update, whole, stepTurn, live);
    }

    /**
     * Makes the version and has the environment updated to it, or made, for {@link RemoteJob#start}, when the turn of the deployment
     * has come.
     *
     * @param request that of the deployment, with the bundle where it is now
     * @param token the step's own
     * @param again whether it may have been begun already, before a restart
     */
    @NonNull
    public JobStarter starter(
            @NonNull EnvironmentDeployment deployment,
            @NonNull BeanstalkRequest request,
            @NonNull StartToken token,
            boolean again) {
        AwsSession session = deployment.session();
        Journal journal = deployment.journal();
        JobConsole console = deployment.console();
        Gate gate = deployment.live().gate();
        TurnStart.Step step = new TurnStart.Step(session, scheduler, request, deployment.turn(), again, console);
        if (!again) {
            request.doubts().forEach(console::line);
        }
        ApplicationVersions versions = new ApplicationVersions(
                session, scheduler, console, request, journal, deployment.turn().turn(), makers);
        BlueGreenArguments arguments = request.blueGreen();
        Begun begun = new Begun(journal, token.chosen(), again);
        if (!arguments.asked()) {
            Set<String> places = Set.of(StepTurn.environment(request.environment()));
            return update(step, places, versions, begun, deployment.live(), now -> {});
        }
        Prepared prepared = arguments.discards() ? arguments.discarded() : arguments.continued();
        if (prepared != null) {
            return new PairStart(
                    step, prepared.cname(arguments), new PreparedStart(session, request, journal, console, gate));
        }
        if (arguments.clones()) {
            return new PairStart(
                    step,
                    Objects.requireNonNull(arguments.cname()),
                    new CloneStart(session, request, versions, journal, console, gate, token.token()));
        }
        return new TwinStart(
                step,
                (green, places, exchange, check) -> update(
                        step.of(green),
                        places,
                        versions,
                        begun,
                        deployment.live().behind(exchange),
                        check),
                journal,
                gate);
    }

    /** What is known of an update that may have been begun before. */
    private record Begun(Journal journal, Instant chosen, boolean again) {}

    private EnvironmentUpdate update(
            TurnStart.Step step,
            Set<String> places,
            ApplicationVersions versions,
            Begun begun,
            LiveCalls live,
            Consumer<EnvironmentSnapshot> check) {
        AwsSession session = step.session();
        BeanstalkRequest request = step.request();
        Journal journal = begun.journal();
        EnvironmentCalls calls = new EnvironmentCalls(
                session,
                request,
                step.turn().turn(),
                begun.chosen(),
                begun.again(),
                own,
                journal,
                live,
                check,
                step.console());
        return new EnvironmentUpdate(
                step,
                places,
                watcher,
                service,
                versions,
                calls,
                () -> jobs.configuration(
                        session, step.console(), UpdateJournal.of(journal).configuration(), request.tellsLogs()),
                journal);
    }

    /**
     * What is in a version at this moment, in one line, as deployments of it are compared with: where its bundle is, with that object's
     * version or checksum. Blocks: not to be called on one of the engine's threads.
     *
     * @return null if there is no such version, or nothing pins what is in it
     * @throws AwsCallException if AWS cannot be asked
     */
    @CheckForNull
    public static String content(@NonNull AwsSession session, @NonNull String application, @NonNull String label)
            throws InterruptedException {
        return S3Content.call(session, () -> VersionContent.read(session, application, label));
    }

    /** The same of the bundle that a request makes a version of. */
    @CheckForNull
    public static String content(@NonNull AwsSession session, @NonNull BeanstalkRequest request)
            throws InterruptedException {
        S3Location bundle = request.bundle();
        return bundle == null ? null : S3Content.call(session, () -> VersionContent.read(session, bundle));
    }

    /**
     * Uploads a bundle of the workspace, to Elastic Beanstalk's own bucket unless another is named. Blocks while files are read and
     * sent: not to be called on one of the engine's threads.
     *
     * @param uploads whose bundle it is: equal bundles of one owner are sent once
     * @return the request, now for the uploaded bundle
     */
    @NonNull
    public BeanstalkRequest upload(
            @NonNull AwsSession session,
            @NonNull BeanstalkRequest request,
            @NonNull Workspace workspace,
            @NonNull Uploads uploads,
            @NonNull JobConsole console)
            throws IOException, InterruptedException {
        return new WorkspaceBundle(session, scheduler, request, console).upload(workspace, uploads);
    }
}

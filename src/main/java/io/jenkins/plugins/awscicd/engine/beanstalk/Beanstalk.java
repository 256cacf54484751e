package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Hiccups;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.BundleUpload;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.engine.job.TurnQueues;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** Elastic Beanstalk: application versions on environments, as remote jobs. */
public final class Beanstalk {

    private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(zip|war|jar)");

    /** What is aborted may have to be created, or brought back, before it can end. */
    private static final Duration LONGEST_SEQUEL = Duration.ofHours(1);

    /** AWS knows an environment by its name in an account's region. */
    private record Place(String environment) {}

    private final TurnQueues<Place> queues = new TurnQueues<>();
    private final OwnUpdates own = new OwnUpdates();
    private final EnvironmentService service = new EnvironmentService();
    private final Scheduler scheduler;
    private final Watcher watcher;

    public Beanstalk(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
    }

    /** A version that is to be deployed, or was. */
    @NonNull
    public EnvironmentDeployment deployment(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull BeanstalkRequest request,
            @NonNull RemoteJob.Listener<EnvironmentSnapshot> listener) {
        Course course = new Course(journal, request.health());
        FailureReport report = new FailureReport(session, scheduler, console, journal, request.tellsLogs());
        own.add(journal);
        Sequel sequel = sequel(session, console, journal, request);
        if (sequel == null) {
            RemoteJob<EnvironmentSnapshot> job = job(session, console, journal, course, report, listener);
            return new EnvironmentDeployment(session, journal, job, course, report, null);
        }
        UpdateStory story = new UpdateStory(session, scheduler, console, journal, course, report);
        FollowedUpdate update = new FollowedUpdate(scheduler, journal, course, story);
        UpdateAndSequel whole = new UpdateAndSequel(update, sequel, console);
        UpdateAbort abort =
                new UpdateAbort(() -> whole.abortsUpdate() ? journal.read().get(Marks.REQUEST) : null);
        RemoteJob<EnvironmentSnapshot> both = new RemoteJob<>(
                session,
                new EnvironmentService(abort, LONGEST_SEQUEL),
                whole,
                console,
                listener,
                scheduler,
                watcher,
                (now, stopping) -> {
                    if (stopping) {
                        report.leave();
                        abortIfDue(session, abort, now);
                    }
                    return whole.test(now, stopping);
                });
        whole.reconsider(both::reconsider);
        abort.reconsider(both::reconsider);
        return new EnvironmentDeployment(session, journal, both, course, report, whole);
    }

    private RemoteJob<EnvironmentSnapshot> job(
            AwsSession session,
            JobConsole console,
            Journal journal,
            Course course,
            FailureReport report,
            RemoteJob.Listener<EnvironmentSnapshot> listener) {
        UpdateStory story = new UpdateStory(session, scheduler, console, journal, course, report);
        UpdateAbort abort = new UpdateAbort(() -> journal.read().get(Marks.REQUEST));
        RemoteJob<EnvironmentSnapshot> job = new RemoteJob<>(
                session,
                new EnvironmentService(abort, JobService.STOP_GRACE),
                story,
                console,
                listener,
                scheduler,
                watcher,
                (now, stopping) -> {
                    if (stopping) {
                        report.leave(); // whoever aborts knows why
                        abortIfDue(session, abort, now);
                    }
                    return course.isOver(now, scheduler.now(), stopping);
                });
        story.reconsider(job::reconsider);
        abort.reconsider(job::reconsider);
        return job;
    }

    /** An abort that has come as soon as the update was begun has found nothing to abort. */
    private static void abortIfDue(AwsSession session, UpdateAbort abort, EnvironmentSnapshot now) {
        if (abort.isDue(now)) {
            session.call(UpdateAbort.ACTION, AwsSession.PATIENCE, Hiccups.UNHEARD, () -> {
                abort.attempt(session, now.id());
                return null;
            });
        }
    }

    /** What is to follow the update; null if nothing is. */
    @CheckForNull
    private Sequel sequel(AwsSession session, JobConsole console, Journal journal, BeanstalkRequest request) {
        BlueGreenArguments arguments = request.blueGreen();
        if (arguments.discards()) {
            return new Discard(session, scheduler, journal, console);
        }
        if (arguments.asked()) {
            return new BlueGreen(session, scheduler, watcher, service, request, journal, console);
        }
        if (!arguments.rollsBack()) {
            return null;
        }
        JournalPart part = new JournalPart(journal, RollBack.PART);
        Course course = new Course(part, request.health());
        FailureReport report = new FailureReport(session, scheduler, console, part, request.tellsLogs());
        UpdateStory story = new UpdateStory(session, scheduler, console, part, course, report);
        FollowedUpdate update = new FollowedUpdate(scheduler, part, course, story);
        return new RollBack(session, scheduler, journal, part, console, update);
    }

    /**
     * Makes the version and has the environment updated to it, or made, for {@link RemoteJob#start}.
     *
     * @param turn whose deployment it is
     * @param chosen when it was asked for
     * @param again whether it may have been begun already, before a restart
     * @param journal knows what was done before a restart
     * @param console told what is made, and what it waits for
     * @param gate asked before the environment is updated; not about what was asked for before a restart
     */
    @NonNull
    public RemoteJob.Starter starter(
            @NonNull AwsSession session,
            @NonNull BeanstalkRequest request,
            @NonNull Turn turn,
            @NonNull Instant chosen,
            boolean again,
            @NonNull Journal journal,
            @NonNull JobConsole console,
            @NonNull Gate gate) {
        ApplicationVersions versions = new ApplicationVersions(session, scheduler, console, request, journal);
        if (!request.blueGreen().asked()) {
            return update(session, request, versions, turn, chosen, again, journal, console, gate);
        }
        if (request.discards()) {
            return new DiscardStart(session, request, journal, gate);
        }
        if (request.blueGreen().continued() != null) {
            return new ContinueStart(session, request, journal, console, gate);
        }
        return new GreenStart(
                session,
                request,
                versions,
                (green, itsGate) -> update(session, green, versions, turn, chosen, again, journal, console, itsGate),
                journal,
                console,
                gate);
    }

    private EnvironmentUpdate update(
            AwsSession session,
            BeanstalkRequest request,
            ApplicationVersions versions,
            Turn turn,
            Instant chosen,
            boolean again,
            Journal journal,
            JobConsole console,
            Gate gate) {
        Journal configuration = new JournalPart(journal, "configuration");
        EnvironmentCalls calls = new EnvironmentCalls(
                session, scheduler, request, turn, chosen, again, own, journal, configuration, gate);
        return new EnvironmentUpdate(
                session,
                scheduler,
                watcher,
                service,
                queues.of(session, new Place(request.environment())),
                request,
                turn,
                versions,
                calls,
                () -> configuration(session, console, configuration, request.tellsLogs()),
                journal,
                console);
    }

    /** An update of what an environment is like, whatever its health: the version that follows may be what heals it. */
    private ConfigurationUpdate.Followed configuration(
            AwsSession session, JobConsole console, Journal journal, boolean tellsLogs) {
        Course.Health any = new Course.Health(List.of(), Duration.ZERO, Duration.ZERO);
        Course course = new Course(journal, any);
        FailureReport report = new FailureReport(session, scheduler, console, journal, tellsLogs);
        ConfigurationUpdate update = new ConfigurationUpdate();
        return new ConfigurationUpdate.Followed(job(session, console, journal, course, report, update), course, update);
    }

    /** Whether the version that is to be deployed is there already, so that its bundle is not needed any more. */
    public static boolean hasVersion(@NonNull Journal journal) {
        return journal.read().containsKey(Marks.LABEL);
    }

    /**
     * Uploads a bundle of the workspace, to Elastic Beanstalk's own bucket unless another is named. Blocks while files are read and
     * sent: not to be called on one of the engine's threads.
     *
     * @param owner whose bundle it is, such as a job's full name: equal bundles of one owner are sent once
     * @return the request, now for the uploaded bundle
     */
    @NonNull
    public BeanstalkRequest upload(
            @NonNull AwsSession session,
            @NonNull BeanstalkRequest request,
            @NonNull Workspace workspace,
            @NonNull String owner,
            @NonNull JobConsole console)
            throws IOException, InterruptedException {
        String bundle = String.valueOf(request.text("bundle"));
        long most = request.maxBytes();
        BundleSpec spec = ARCHIVE.matcher(bundle).matches()
                ? BundleSpec.archive(bundle, most)
                : new BundleSpec(bundle, request.text("includes"), request.text("excludes"), most).named("bundle");
        String bucket = request.text("bucket");
        String prefix = request.text("keyPrefix");
        S3Location to = new S3Location(
                        bucket == null ? storage(session) : bucket,
                        prefix == null ? "jenkins/" + request.application() : prefix,
                        request.text("kmsKey"))
                .of(owner);
        return request.withBundle(
                to.bucket(), new BundleUpload(session, scheduler, console).upload(workspace, spec, to));
    }

    private static String storage(AwsSession session) throws InterruptedException {
        String action = "elasticbeanstalk:CreateStorageLocation";
        try {
            return session.call(
                            action,
                            AwsSession.PATIENCE,
                            Hiccups.UNHEARD,
                            () -> EnvironmentService.client(session)
                                    .createStorageLocation()
                                    .s3Bucket())
                    .get();
        } catch (ExecutionException e) {
            throw AwsCallException.of(action, "Elastic Beanstalk's bucket in " + session.region(), e.getCause());
        }
    }
}

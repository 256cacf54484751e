package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.BundleUpload;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.StartTrouble;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;

/** CodeBuild: builds as remote jobs. */
public final class CodeBuild {

    /** The call that reads builds, as an IAM action. */
    public static final String GET_ACTION = "codebuild:BatchGetBuilds";
    /** How many builds that call reads. */
    public static final int MOST_AT_ONCE = 100;

    /** Far above any source tree, far below what fills a disk unnoticed. */
    private static final long DEFAULT_MAX_UPLOAD_MB = 2048;

    private final CodeBuildService service = new CodeBuildService();
    private final Scheduler scheduler;
    private final Watcher watcher;

    public CodeBuild(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
    }

    /**
     * A step's build, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param request asked only if the build is to be started
     * @param retry how often it is tried again if it fails
     * @param gate run immediately before each call that may start it, on a thread that may block; fails with {@link
     *     io.jenkins.plugins.awscicd.engine.job.Refused} if it is not to be started (any more)
     * @param files asked only if the build's source is the workspace
     */
    @NonNull
    public PreparedJob<BuildSnapshot> prepare(
            @NonNull Connected<BuildSnapshot> at,
            @NonNull Supplier<BuildRequest> request,
            @NonNull RetryRequest retry,
            @NonNull StartToken token,
            @NonNull LogMode log,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull Runnable gate,
            @NonNull WorkspaceSource files) {
        return new PreparedBuild(this, at, request, retry, token, log, tests, artifacts, gate, files);
    }

    /** A build that is to be started, or was. */
    @NonNull
    public RemoteJob<BuildSnapshot> job(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull LogMode logMode,
            @NonNull JobListener<BuildSnapshot> listener) {
        BuildRetries none = retries(session, console, journal, RetryRequest.NONE, "", () -> {});
        BuildProgressLog log = log(
                session, console, journal, logMode, TestRecorder.NONE, ArtifactReceiver.NONE, none, listener::observed);
        return job(session, console, log, none, listener);
    }

    /**
     * Reads builds: one call of AWS, which blocks.
     *
     * @param ids at most {@link #MOST_AT_ONCE}
     * @return those that there are, by their ids
     */
    @NonNull
    public Map<String, BuildSnapshot> read(@NonNull AwsSession session, @NonNull List<String> ids) {
        return service.observe(session, ids);
    }

    /**
     * Reports a build that something else has started, and does not stop it.
     *
     * @param over told once that it is reported to its end, with null, or why it cannot be
     */
    @NonNull
    public RemoteJob<BuildSnapshot> follow(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull String id,
            @NonNull Consumer<RuntimeException> over) {
        RemoteJob<BuildSnapshot> job = job(session, console, journal, LogMode.STREAM, new FollowedEnd<>(over));
        job.resume(id);
        return job;
    }

    /**
     * What reports a build on the console.
     *
     * @param reportsRead given the build again, when it has ended and its reports have been read
     */
    @NonNull
    BuildProgressLog log(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull LogMode logMode,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull BuildRetries retries,
            @NonNull Consumer<BuildSnapshot> reportsRead) {
        return new BuildProgressLog(
                session, scheduler, console, journal, logMode, tests, artifacts, retries, reportsRead);
    }

    /**
     * What tries a build again.
     *
     * @param token the one with which the first was started
     * @param gate as of {@link #prepare}
     */
    @NonNull
    BuildRetries retries(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull RetryRequest request,
            @NonNull String token,
            @NonNull Runnable gate) {
        return new BuildRetries(
                session,
                scheduler,
                console,
                journal,
                request,
                token,
                gate,
                trouble(console, request.room(scheduler.now())));
    }

    @NonNull
    RemoteJob<BuildSnapshot> job(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull BuildProgressLog progressLog,
            @NonNull BuildRetries retries,
            @NonNull JobListener<BuildSnapshot> listener) {
        return new RemoteJob<>(
                session, service, progressLog, console, listener, scheduler, watcher, EndCondition.ended(), retries);
    }

    /**
     * Starts a build for {@link RemoteJob#start}, or looks for the one that is to be followed.
     *
     * @param token chosen for this build alone, and kept before this is called
     * @param chosen when it was chosen
     * @param again whether the token may have been used already, before a restart
     * @param gate as of {@link #prepare}
     * @param console told when AWS makes the build wait
     */
    @NonNull
    public JobStarter starter(
            @NonNull AwsSession session,
            @NonNull BuildRequest request,
            @NonNull String token,
            @NonNull Instant chosen,
            boolean again,
            @NonNull Runnable gate,
            @NonNull JobConsole console) {
        if (!again) {
            request.doubts().forEach(console::line);
        }
        RetryListener trouble = trouble(console, request.room(chosen));
        String build = request.build();
        if (build != null) {
            return new AttachedStart(session, scheduler, service, build, gate, trouble);
        }
        return new BuildStarter(session, scheduler, request, token, chosen, again, gate, trouble);
    }

    private static RetryListener trouble(JobConsole console, Room room) {
        return new StartTrouble(
                console,
                failure -> failure instanceof AccountLimitExceededException full
                        ? " Given up after " + Durations.inWords(room.limit(full)) + "."
                        : "");
    }

    /**
     * Looks for a build that was started with a token, before a restart. Blocks: not to be called on one of the engine's threads.
     *
     * @return its id, if there is one
     * @throws AwsCallException if AWS does not let us look
     */
    @NonNull
    public Optional<String> started(
            @NonNull AwsSession session, @NonNull BuildRequest request, @NonNull String token, @NonNull Instant chosen)
            throws InterruptedException {
        try {
            return scheduler.await(
                    new BuildStarter(session, scheduler, request, token, chosen, true, () -> {}, RetryListener.NONE)
                            .started());
        } catch (ExecutionException e) {
            throw AwsCallException.of(
                    "codebuild:ListBuildsForProject",
                    "project '" + request.project() + "' in " + session.region(),
                    e.getCause());
        }
    }

    /**
     * Uploads the source of a build that is built from a workspace. Blocks while files are read and sent: not to be called on
     * one of the engine's threads.
     *
     * @param uploads whose source it is: equal trees of one owner are sent once
     * @return the request, now for the uploaded source
     */
    @NonNull
    public BuildRequest upload(
            @NonNull AwsSession session,
            @NonNull BuildRequest request,
            @NonNull Workspace workspace,
            @NonNull Uploads uploads,
            @NonNull JobConsole console)
            throws IOException, InterruptedException {
        S3Location to = new SourceLocation(session).of(request).of(uploads.owner());
        Long megabytes = request.maxUploadMb();
        long most = (megabytes == null ? DEFAULT_MAX_UPLOAD_MB : megabytes) << 20;
        BundleSpec spec =
                new BundleSpec(request.text("directory"), request.text("includes"), request.text("excludes"), most);
        return request.withSource(new BundleUpload(session, scheduler, console).upload(workspace, spec, to, uploads));
    }

    /**
     * What a Jenkinsfile gets of a build that has ended.
     *
     * @param builds the build, and after it those that were tried in its place; never empty
     * @param reports what those of the last one say
     */
    @NonNull
    public static BuildResult result(
            @NonNull AwsSession session, @NonNull List<BuildSnapshot> builds, @NonNull ReportOutcome reports) {
        return new BuildResult(
                builds.get(builds.size() - 1),
                reports,
                builds.stream()
                        .map(build -> new BuildTry(build, consoleUrl(session, build)))
                        .toList());
    }

    /** The build's page in the AWS console. */
    @NonNull
    public static String consoleUrl(@NonNull AwsSession session, @NonNull BuildSnapshot build) {
        String[] arn = build.arn().split(":");
        return AwsConsole.build(session.region(), arn.length > 4 ? arn[4] : "", build.project(), build.id());
    }
}

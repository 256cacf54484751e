package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codedeploy.Aim;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Revision;
import io.jenkins.plugins.awscicd.engine.codedeploy.WaitType;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueues;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;

/** CodeDeploy: deployments as remote jobs. */
public final class CodeDeploy {

    private final Scheduler scheduler;
    private final Watcher watcher;
    private final TurnQueues<DeploymentStarter.Group> queues = new TurnQueues<>();
    private final ActiveDeployments active;

    public CodeDeploy(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.active = new ActiveDeployments(scheduler);
    }

    /**
     * A step's deployment, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param turn whose deployment it is
     * @param rollBackOnStop whether stopping it undoes what it has done; else as the deployment group has it
     * @param gate asked before anything is deployed; not about what was created before a restart
     * @param files asked only if a workspace is deployed
     */
    @NonNull
    public PreparedDeployment prepare(
            @NonNull Connected<DeploymentSnapshot> at,
            @NonNull DeploymentRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            boolean rollBackOnStop,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        return new PreparedDeployment(this, at, request, token, turn, rollBackOnStop, gate, files);
    }

    /**
     * A deployment that is to be started, or was.
     *
     * @param rollBackOnStop whether stopping it undoes what it has done; else as the deployment group has it
     */
    @NonNull
    public Deployment deployment(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull DeploymentRequest request,
            boolean rollBackOnStop,
            @NonNull JobListener<DeploymentSnapshot> listener) {
        TrafficShifts shifts = new TrafficShifts(journal.read().getOrDefault(TrafficShifts.mark(), ""));
        DeploymentProgressLog progressLog =
                new DeploymentProgressLog(session, scheduler, console, journal, request.aim(), shifts);
        RemoteJob<DeploymentSnapshot> job = new RemoteJob<>(
                session,
                new CodeDeployService(rollBackOnStop || request.rollsBack()),
                progressLog,
                console,
                shifts.completing(active.listening(session, listener)),
                scheduler,
                watcher,
                (now, stopping) -> now.ended() || !stopping && isTerminal(request, shifts.complete(now)));
        shifts.listen(job::reconsider);
        return new Deployment(session, job, progressLog, request);
    }

    /**
     * Reports a deployment that something else has created, and does not stop it.
     *
     * @param over told once that it is reported to its end, with null, or why it cannot be
     */
    @NonNull
    public RemoteJob<DeploymentSnapshot> follow(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull String id,
            @NonNull Consumer<RuntimeException> over) {
        DeploymentRequest watched = new DeploymentRequest(Map.of("watch", id));
        RemoteJob<DeploymentSnapshot> job = deployment(
                        session, console, journal, watched, false, new FollowedEnd<>(over))
                .job();
        job.resume(id);
        return job;
    }

    private static boolean isTerminal(DeploymentRequest request, DeploymentSnapshot now) {
        WaitType reached = now.waitType();
        boolean lastWaitEnded = request.aim() == Aim.CONTINUE && request.waitType() == WaitType.TERMINATION_WAIT;
        return switch (request.until()) {
            case STARTED -> true;
            // Of one that is continued, the wait that is ended may still be seen.
            case READY ->
                request.aim() == Aim.CONTINUE
                        ? reached == WaitType.TERMINATION_WAIT && !lastWaitEnded
                        : reached != null;
            case SHIFTED -> reached == WaitType.TERMINATION_WAIT && !lastWaitEnded;
            case ENDED -> false;
        };
    }

    /**
     * Creates a deployment, or does to an earlier one what is asked for, for {@link RemoteJob#start}.
     *
     * @param turn whose deployment it is
     * @param token chosen for this deployment alone, and kept before this is called
     * @param chosen when it was chosen
     * @param again whether the token may have been used already, before a restart
     * @param journal the deployment's
     * @param console told what the deployment waits for
     * @param gate asked before anything is deployed; not about what was created before a restart
     */
    @NonNull
    public JobStarter starter(
            @NonNull AwsSession session,
            @NonNull DeploymentRequest request,
            @NonNull Turn turn,
            @NonNull String token,
            @NonNull Instant chosen,
            boolean again,
            @NonNull Journal journal,
            @NonNull JobConsole console,
            @NonNull Gate gate) {
        String earlier = request.earlier();
        if (earlier != null) {
            return switch (request.aim()) {
                case STOP -> new StopStart(session, earlier, new CodeDeployService(request.rollsBack()), gate);
                case CONTINUE -> new Continuation(session, earlier, request.waitType(), console, gate);
                case WATCH, CREATE -> wanted -> CompletableFuture.completedFuture(earlier);
            };
        }
        if (!again) {
            request.doubts().forEach(console::line);
        }
        DeploymentCalls calls = new DeploymentCalls(session, request, turn, token, chosen, again, gate);
        return new DeploymentStarter(
                session, scheduler, watcher, queues.of(session), request, turn, calls, active, again, console);
    }

    /**
     * Looks for a deployment that was created with a token, before a restart. Blocks: not to be called on one of the engine's
     * threads.
     *
     * @return its id, if there is one
     * @throws AwsCallException if AWS does not let us look
     */
    @NonNull
    public Optional<String> started(
            @NonNull AwsSession session,
            @NonNull DeploymentRequest request,
            @NonNull Turn turn,
            @NonNull String token,
            @NonNull Instant chosen)
            throws InterruptedException {
        DeploymentCalls calls = new DeploymentCalls(session, request, turn, token, chosen, true, Gate.OPEN);
        try {
            return session.await(
                    session.call(DeploymentCalls.LIST, AwsSession.PATIENCE, RetryListener.NONE, calls::find));
        } catch (ExecutionException e) {
            throw AwsCallException.of(
                    DeploymentCalls.LIST + " (or codedeploy:BatchGetDeployments)",
                    "deployment group '" + request.group() + "' in " + session.region(),
                    e.getCause());
        }
    }

    /**
     * Bundles and uploads a revision that is made of a workspace, once its AppSpec file is checked. Blocks while files are read
     * and sent: not to be called on one of the engine's threads.
     *
     * @param uploads whose revision it is: equal trees of one owner are sent once
     * @return the request, now for the uploaded revision
     */
    @NonNull
    public DeploymentRequest upload(
            @NonNull AwsSession session,
            @NonNull DeploymentRequest request,
            @NonNull Workspace workspace,
            @NonNull Uploads uploads,
            @NonNull JobConsole console)
            throws IOException, InterruptedException {
        return new RevisionUpload(session, scheduler, console).upload(request, workspace, uploads);
    }

    /**
     * What is in a revision at this moment, in one line, as deployments of it are compared with: where it is, with the version or the
     * checksum of an object in S3, a commit, or a digest. Blocks: not to be called on one of the engine's threads.
     *
     * @param revision as the argument of that name, but for a workspace
     * @return null if nothing pins it
     * @throws IllegalArgumentException if it is no revision
     * @throws AwsCallException if AWS cannot be asked
     */
    @CheckForNull
    public static String content(@NonNull AwsSession session, @NonNull Object revision) throws InterruptedException {
        RevisionLocation at = new DeploymentRequest(Map.of(DeploymentRequest.REVISION, revision)).revision();
        return S3Content.call(session, () -> new RevisionContent(session, at).content(false));
    }

    /**
     * Makes a revision known to its application, without deploying it
     * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_RegisterApplicationRevision.html">RegisterApplicationRevision</a>).
     *
     * @return fails with {@link AwsCallException}
     */
    @NonNull
    public CompletableFuture<DeploymentResult> register(
            @NonNull AwsSession session, @NonNull DeploymentRequest request, @NonNull JobConsole console) {
        String action = "codedeploy:RegisterApplicationRevision";
        return session.call(
                        action,
                        AwsSession.PATIENCE,
                        RetryListener.NONE,
                        () -> CodeDeployService.client(session)
                                .registerApplicationRevision(register -> register.applicationName(request.application())
                                        .description(request.text("description"))
                                        .revision(request.revision())))
                .handle((done, failure) -> {
                    if (failure != null) {
                        throw AwsCallException.of(
                                action, "application '" + request.application() + "' in " + session.region(), failure);
                    }
                    Revision registered = Revision.of(request.revision());
                    console.line("Registered with " + request.application() + ": " + registered);
                    return new DeploymentResult(request.application(), registered);
                });
    }
}

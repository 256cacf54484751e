package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Revision;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.Deployment;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.job.Deploying;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import io.jenkins.plugins.awscicd.step.job.RunJournal;
import io.jenkins.plugins.awscicd.step.job.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A deployment on CodeDeploy in the life of a Pipeline. */
final class CodeDeployStepExecution extends RemoteJobExecution<DeploymentSnapshot>
        implements Deploying<DeploymentSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to deploy, and how far to watch it. */
    private final DeploymentRequest request;
    /** Which run this is, and how new. */
    private final Turn turn;
    /** Whether what an aborted deployment has done is undone. */
    private final boolean rollBackOnStop;

    private transient RunJournal kept;
    private transient Deployment deployment;
    /** What is deployed, once a workspace's revision is uploaded; null before. */
    private volatile DeploymentRequest uploaded;

    CodeDeployStepExecution(
            @NonNull StepContext context, @NonNull CodeDeployStep step, @CheckForNull ResolvedStage stage)
            throws IOException, InterruptedException {
        super(context, step, stage);
        this.request = step.request(stage);
        Run<?, ?> run = context.get(Run.class);
        this.turn = new Turn(run.getParent().getFullName() + " #" + run.getNumber(), run.getTimeInMillis());
        this.rollBackOnStop = "stopAndRollBack".equals(step.getOnAbort());
    }

    @Override
    protected String service() {
        return "CodeDeploy";
    }

    @Override
    protected String subject() {
        return request.application() + " to " + request.group();
    }

    @Override
    protected void admit() {
        if (!request.deploys()) {
            gate().admitLook();
        } else {
            boolean isReported = request.earlier() == null && !request.registerOnly();
            gate().admitBeginning(
                            Target.Service.CODE_DEPLOY,
                            request.application(),
                            isReported ? List.of(request.group()) : List.of());
        }
    }

    @Override
    protected RemoteJob<DeploymentSnapshot> job(
            AwsSession session,
            JobConsole console,
            RunJournal journal,
            RemoteJob.Listener<DeploymentSnapshot> listener) {
        kept = journal;
        deployment = codeDeploy().deployment(session, console, journal, request, rollBackOnStop, listener);
        return deployment.job();
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }

    @Override
    protected void launch(RemoteJob<DeploymentSnapshot> job, AwsSession session, JobConsole console, boolean again) {
        // An aborted step has nothing to upload any more: what it may have started before a restart is only looked for.
        if (!request.fromWorkspace() || isAborted()) {
            begin(request, job, session, console, again);
            return;
        }
        fromWorkspace(
                job,
                again && !request.registerOnly(),
                () -> codeDeploy().started(session, request, turn, token(), chosen()),
                (workspace, owner) -> {
                    DeploymentRequest ready = codeDeploy().upload(session, request, workspace, owner, console);
                    // Again or not: whether there is a deployment of ours is known by now.
                    begin(ready, job, session, console, false);
                });
    }

    private void begin(
            DeploymentRequest ready,
            RemoteJob<DeploymentSnapshot> job,
            AwsSession session,
            JobConsole console,
            boolean again) {
        uploaded = ready;
        if (!ready.registerOnly()) {
            job.start(codeDeploy()
                    .starter(
                            session,
                            ready,
                            turn,
                            token(),
                            chosen(),
                            again,
                            kept,
                            console,
                            gate().of(Target.Service.CODE_DEPLOY)));
            return;
        }
        codeDeploy().register(session, ready, console).whenComplete((result, failure) -> {
            if (failure == null) {
                finish(result);
            } else {
                fail(AwsCallException.unwrap(failure));
            }
        });
    }

    private DeploymentResult result(List<DeploymentSnapshot> deployments) {
        return Objects.requireNonNull(deployment, "only a deployment that was watched has an outcome")
                .result(deployments);
    }

    @Override
    protected JobResult result(AwsSession session, List<DeploymentSnapshot> deployments) {
        return result(deployments);
    }

    @Override
    protected Verdict verdict(AwsSession session, List<DeploymentSnapshot> deployments) {
        DeploymentResult result = result(deployments);
        if (result.getCause() == null) {
            return new Verdict(Result.SUCCESS, result.summary(), result.getConsoleUrl());
        }
        return new Verdict(
                result.stoppedByHand() ? Result.ABORTED : Result.FAILURE, result.summary(), result.getConsoleUrl());
    }

    /** What is stopped, or was deployed by somebody else and is only watched, is not this run's deployment. */
    @Override
    public boolean deploys() {
        return request.deploys();
    }

    @Override
    public String stepName() {
        return "codeDeploy";
    }

    @Override
    public Destination destination() {
        return request.earlier() == null ? new Destination(stageName(), request.application(), request.group()) : null;
    }

    @Override
    public String revision() {
        DeploymentRequest ready = uploaded;
        Revision revision = ready == null || ready.fromWorkspace() ? null : ready.deployed();
        return revision == null ? null : revision.toString();
    }

    @Override
    public String consolePage(AwsSession session, String id) {
        return AwsConsole.deployment(session.region(), id);
    }

    @Override
    public Outcome outcome(AwsSession session, List<DeploymentSnapshot> deployments) {
        DeploymentResult result = result(deployments);
        return new Outcome(
                new Destination(stageName(), result.getApplication(), result.getDeploymentGroup()),
                remembered(result),
                result.exactly(),
                "Succeeded".equals(result.getStatus()) ? null : result.summary());
    }

    /** As AWS has it, whatever the step makes of it. */
    private static DeploymentVerdict remembered(DeploymentResult result) {
        if (result.getCause() == null) {
            return "Succeeded".equals(result.getStatus()) ? DeploymentVerdict.SUCCESS : DeploymentVerdict.UNKNOWN;
        }
        if ("Succeeded".equals(result.getRollbackStatus())) {
            return DeploymentVerdict.ROLLED_BACK;
        }
        return "Stopped".equals(result.getStatus()) ? DeploymentVerdict.ABORTED : DeploymentVerdict.FAILURE;
    }

    private static CodeDeploy codeDeploy() {
        return AwsConnections.get().engine().codeDeploy();
    }
}

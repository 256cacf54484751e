package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Turn;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A deployment on CodeDeploy in the life of a Pipeline. */
final class CodeDeployStepExecution extends RemoteJobExecution<DeploymentSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to deploy, and how far to watch it. */
    private final DeploymentRequest request;
    /** Which run this is, and how new. */
    private final Turn turn;
    /** Whether what an aborted deployment has done is undone. */
    private final boolean rollBackOnStop;

    private transient RunJournal kept;
    private transient Deployment deployment;

    CodeDeployStepExecution(@NonNull StepContext context, @NonNull CodeDeployStep step)
            throws IOException, InterruptedException {
        super(context, step);
        this.request = step.request();
        Run<?, ?> run = context.get(Run.class);
        this.turn = new Turn(run.getParent().getFullName() + " #" + run.getNumber(), run.getTimeInMillis());
        this.rollBackOnStop = "stopAndRollBack".equals(step.getOnAbort());
    }

    @Override
    String service() {
        return "CodeDeploy";
    }

    @Override
    RemoteJob<DeploymentSnapshot> job(
            AwsSession session,
            JobConsole console,
            RunJournal journal,
            RemoteJob.Listener<DeploymentSnapshot> listener) {
        kept = journal;
        deployment = codeDeploy().deployment(session, console, journal, request, rollBackOnStop, listener);
        return deployment.job();
    }

    @Override
    Duration timeout() {
        return request.timeout();
    }

    @Override
    void launch(RemoteJob<DeploymentSnapshot> job, AwsSession session, JobConsole console, boolean again) {
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
                    DeploymentRequest uploaded = codeDeploy().upload(session, request, workspace, owner, console);
                    // Again or not: whether there is a deployment of ours is known by now.
                    begin(uploaded, job, session, console, false);
                });
    }

    private void begin(
            DeploymentRequest ready,
            RemoteJob<DeploymentSnapshot> job,
            AwsSession session,
            JobConsole console,
            boolean again) {
        if (!ready.registerOnly()) {
            job.start(codeDeploy().starter(session, ready, turn, token(), chosen(), again, kept, console));
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

    private DeploymentResult outcome(List<DeploymentSnapshot> deployments) {
        return Objects.requireNonNull(deployment, "only a deployment that was watched has an outcome")
                .result(deployments);
    }

    @Override
    JobResult result(AwsSession session, List<DeploymentSnapshot> deployments) {
        return outcome(deployments);
    }

    @Override
    Verdict verdict(AwsSession session, List<DeploymentSnapshot> deployments) {
        DeploymentResult result = outcome(deployments);
        if (result.getCause() == null) {
            return new Verdict(Result.SUCCESS, result.summary(), result.getConsoleUrl());
        }
        return new Verdict(
                result.stoppedByHand() ? Result.ABORTED : Result.FAILURE, result.summary(), result.getConsoleUrl());
    }

    private static CodeDeploy codeDeploy() {
        return AwsConnections.get().engine().codeDeploy();
    }
}

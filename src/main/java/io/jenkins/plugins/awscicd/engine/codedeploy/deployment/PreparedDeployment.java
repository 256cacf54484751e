package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Revision;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A deployment that is to be created for a step, or was, or an earlier one to which something is to be done. */
public final class PreparedDeployment implements PreparedJob<DeploymentSnapshot> {

    private final CodeDeploy codeDeploy;
    private final Connected<DeploymentSnapshot> at;
    private final DeploymentRequest request;
    private final StartToken token;
    private final Turn turn;
    private final Gate gate;
    private final WorkspaceSource files;
    private final Deployment deployment;
    private volatile DeploymentRequest uploaded;

    PreparedDeployment(
            @NonNull CodeDeploy codeDeploy,
            @NonNull Connected<DeploymentSnapshot> at,
            @NonNull DeploymentRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            boolean rollBackOnStop,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        this.codeDeploy = codeDeploy;
        this.at = at;
        this.request = request;
        this.token = token;
        this.turn = turn;
        this.gate = gate;
        this.files = files;
        this.deployment =
                codeDeploy.deployment(at.session(), at.console(), at.journal(), request, rollBackOnStop, at.listener());
    }

    @Override
    public RemoteJob<DeploymentSnapshot> job() {
        return deployment.job();
    }

    @Override
    public boolean uploads() {
        return request.fromWorkspace();
    }

    @Override
    public Optional<String> startedBefore() {
        return request.registerOnly()
                ? Optional.empty()
                : codeDeploy.started(at.session(), request, turn, token.token(), token.chosen());
    }

    @Override
    public void upload() throws IOException, InterruptedException {
        uploaded = codeDeploy.upload(at.session(), request, files.workspace(), files.uploads(), at.console());
    }

    @Override
    public CompletableFuture<DeploymentResult> start(boolean again) {
        DeploymentRequest sent = uploaded;
        DeploymentRequest ready = sent == null ? request : sent;
        if (ready.registerOnly()) {
            return codeDeploy.register(at.session(), ready, at.console());
        }
        job().start(codeDeploy.starter(
                at.session(),
                ready,
                turn,
                token.token(),
                token.chosen(),
                again && sent == null, // before an upload it was looked for
                at.journal(),
                at.console(),
                gate));
        return null;
    }

    /** What is deployed, once that is where AWS gets it from; null before. */
    @CheckForNull
    public Revision revision() {
        DeploymentRequest sent = uploaded;
        return sent != null ? sent.deployed() : request.fromWorkspace() ? null : request.deployed();
    }

    @Override
    public DeploymentResult result(List<DeploymentSnapshot> deployments) {
        return deployment.result(deployments);
    }

    @Override
    public Verdict verdict(List<DeploymentSnapshot> deployments) {
        DeploymentResult result = result(deployments);
        Verdict.End end = result.getCause() == null
                ? Verdict.End.SUCCEEDED
                : result.stoppedByHand() ? Verdict.End.STOPPED : Verdict.End.FAILED;
        return new Verdict(end, result.summary(), result.getConsoleUrl());
    }
}

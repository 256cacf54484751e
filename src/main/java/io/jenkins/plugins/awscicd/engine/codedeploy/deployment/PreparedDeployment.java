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
import io.jenkins.plugins.awscicd.engine.job.execution.RequestedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A deployment that is to be created for a step, or was, or an earlier one to which something is to be done. */
public final class PreparedDeployment extends RequestedJob<DeploymentSnapshot, DeploymentRequest> {

    private final CodeDeploy codeDeploy;
    private final Turn turn;
    private final Gate gate;
    private final WorkspaceSource files;
    private final Deployment deployment;

    PreparedDeployment(
            @NonNull CodeDeploy codeDeploy,
            @NonNull Connected<DeploymentSnapshot> at,
            @NonNull DeploymentRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            boolean rollBackOnStop,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        super(at, () -> request, token);
        this.codeDeploy = codeDeploy;
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
        return asked().fromWorkspace();
    }

    @Override
    public Optional<String> startedBefore() throws InterruptedException {
        DeploymentRequest request = asked();
        return request.registerOnly()
                ? Optional.empty()
                : codeDeploy.started(at.session(), request, turn, token.token(), token.chosen());
    }

    @Override
    protected DeploymentRequest upload(DeploymentRequest request) throws IOException, InterruptedException {
        return codeDeploy.upload(at.session(), request, files.workspace(), files.uploads(), at.console());
    }

    @Override
    protected CompletableFuture<DeploymentResult> start(DeploymentRequest ready, boolean again) {
        if (ready.registerOnly()) {
            return codeDeploy.register(at.session(), ready, at.console());
        }
        job().start(codeDeploy.starter(
                at.session(),
                ready,
                turn,
                token.token(),
                token.chosen(),
                isToBeLookedFor(again),
                at.journal(),
                at.console(),
                gate));
        return null;
    }

    /** What is deployed, once that is where AWS gets it from; null before. */
    @CheckForNull
    public Revision revision() {
        DeploymentRequest sent = uploaded();
        DeploymentRequest request = sent == null ? asked() : sent;
        return sent == null && request.fromWorkspace() ? null : request.deployed();
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

package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.RequestedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A version that is to be deployed to an environment for a step, or was. */
public final class PreparedUpdate extends RequestedJob<EnvironmentSnapshot, BeanstalkRequest> {

    private final Beanstalk beanstalk;
    private final WorkspaceSource files;
    private final EnvironmentDeployment deployment;

    PreparedUpdate(
            @NonNull Beanstalk beanstalk,
            @NonNull Connected<EnvironmentSnapshot> at,
            @NonNull BeanstalkRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        super(at, () -> request, token);
        this.beanstalk = beanstalk;
        this.files = files;
        this.deployment =
                beanstalk.deployment(at.session(), at.console(), at.journal(), request, turn, gate, at.listener());
    }

    @Override
    public RemoteJob<EnvironmentSnapshot> job() {
        return deployment.job();
    }

    /** Once there is a version its bundle is not needed any more. */
    @Override
    public boolean uploads() {
        return asked().fromWorkspace() && !UpdateJournal.of(at.journal()).hasLabel();
    }

    @Override
    protected BeanstalkRequest upload(BeanstalkRequest request) throws IOException, InterruptedException {
        return beanstalk.upload(at.session(), request, files.workspace(), files.uploads(), at.console());
    }

    @Override
    protected CompletableFuture<JobResult> start(BeanstalkRequest ready, boolean again) {
        job().start(beanstalk.starter(deployment, ready, token, again));
        return null;
    }

    @Override
    public BeanstalkResult result(List<EnvironmentSnapshot> environments) {
        return deployment.result(environments);
    }

    @Override
    public Verdict verdict(List<EnvironmentSnapshot> environments) {
        BeanstalkResult result = result(environments);
        String cause = result.getCause();
        BlueGreenArguments blueGreen = asked().blueGreen();
        boolean goesLive = blueGreen.asked() && blueGreen.swaps() && !blueGreen.discards();
        if (cause == null && goesLive && !result.isSwapped()) { // somebody has stopped it before
            return new Verdict(
                    Verdict.End.STOPPED,
                    result.getVersionLabel() + " on " + result.getEnvironment() + " did not go live",
                    result.getConsoleUrl());
        }
        return cause == null
                ? new Verdict(Verdict.End.SUCCEEDED, result.toString(), result.getConsoleUrl())
                : new Verdict(
                        Verdict.End.FAILED,
                        result.getVersionLabel() + " to " + result.getEnvironment() + " failed: " + cause,
                        result.getConsoleUrl());
    }
}

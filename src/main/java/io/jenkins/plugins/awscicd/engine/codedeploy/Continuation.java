package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Hiccups;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;

/**
 * Goes on with a deployment that waits for it, whichever of its two waits that is
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ContinueDeployment.html">ContinueDeployment</a>). One
 * that does not wait, or no longer, is left as it is: so nothing happens twice.
 */
final class Continuation implements RemoteJob.Starter {

    private static final String ACTION = "codedeploy:ContinueDeployment";

    private final AwsSession session;
    private final String id;

    Continuation(AwsSession session, String id) {
        this.session = session;
        this.id = id;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return session.call(ACTION, AwsSession.PATIENCE, Hiccups.UNHEARD, () -> goOn(wanted))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AwsCallException.unwrap(failure);
                    return CompletableFuture.failedFuture(
                            cause instanceof CancellationException
                                    ? cause
                                    : AwsCallException.of(
                                            ACTION + " (or codedeploy:GetDeployment)",
                                            "deployment " + id + " in " + session.region(),
                                            cause));
                });
    }

    private String goOn(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("Aborted before " + id + " was continued");
        }
        CodeDeployClient client = CodeDeployService.client(session);
        var info = client.getDeployment(get -> get.deploymentId(id)).deploymentInfo();
        DeploymentWaitType wait = "Ready".equals(info.statusAsString())
                ? DeploymentWaitType.READY_WAIT
                : info.completeTime() == null && Boolean.TRUE.equals(info.instanceTerminationWaitTimeStarted())
                        ? DeploymentWaitType.TERMINATION_WAIT
                        : null;
        if (wait != null) {
            client.continueDeployment(it -> it.deploymentId(id).deploymentWaitType(wait));
        }
        return id;
    }
}

package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Hiccups;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIsNotInReadyStateException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;

/**
 * Goes on with a deployment that waits for it, whichever of its two waits that is
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ContinueDeployment.html">ContinueDeployment</a>). One
 * that does not wait, or no longer, is left as it is. Which wait is meant is kept before the call: one that is made again after
 * a restart must not end the other wait.
 */
final class Continuation implements RemoteJob.Starter {

    private static final String ACTION = "codedeploy:ContinueDeployment";

    private static final String MARK = "continued";

    private final AwsSession session;
    private final Journal journal;
    private final String id;
    private final Gate gate;

    /** @param gate asked before the deployment goes on */
    Continuation(AwsSession session, Journal journal, String id, Gate gate) {
        this.session = session;
        this.journal = journal;
        this.id = id;
        this.gate = gate;
    }

    /** Whether the wait that was ended is the deployment's last one: nothing of it is to be continued after that. */
    static boolean ofLastWait(@NonNull Journal journal) {
        return DeploymentWaitType.TERMINATION_WAIT
                .toString()
                .equals(journal.read().get(MARK));
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return session.call(ACTION, AwsSession.PATIENCE, Hiccups.UNHEARD, () -> goOn(wanted))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AwsCallException.unwrap(failure);
                    return CompletableFuture.failedFuture(
                            cause instanceof CancellationException || cause instanceof Refused
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
        DeploymentWaitType now = "Ready".equals(info.statusAsString())
                ? DeploymentWaitType.READY_WAIT
                : info.completeTime() == null && Boolean.TRUE.equals(info.instanceTerminationWaitTimeStarted())
                        ? DeploymentWaitType.TERMINATION_WAIT
                        : null;
        String meant = journal.read().get(MARK);
        if (now != null && (meant == null || meant.equals(now.toString()))) {
            if (meant == null) {
                Revision revision = Revision.of(info.revision());
                gate.pass(
                        info.applicationName(),
                        info.deploymentGroupName(),
                        revision == null ? null : revision.toString());
            }
            journal.write(Map.of(MARK, now.toString()));
            try {
                client.continueDeployment(it -> it.deploymentId(id).deploymentWaitType(now));
            } catch (DeploymentIsNotInReadyStateException | DeploymentAlreadyCompletedException e) {
                // It has gone on since we looked, such as by a call of ours whose answer was lost: what becomes of it
                // is told.
            }
        }
        return id;
    }
}

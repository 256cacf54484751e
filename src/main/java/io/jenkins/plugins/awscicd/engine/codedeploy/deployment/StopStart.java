package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/**
 * Has a deployment stopped
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html">StopDeployment</a>), such as one
 * whose replacement is not to get the traffic. One that has ended already is left as it is.
 */
final class StopStart implements JobStarter {

    private final AwsSession session;
    private final String id;
    private final CodeDeployService service;
    private final Gate gate;

    /** @param gate asked before it is stopped: that may change what is served */
    StopStart(AwsSession session, String id, CodeDeployService service, Gate gate) {
        this.session = session;
        this.id = id;
        this.service = service;
        this.gate = gate;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return Continuation.explained(
                session.callWhile(
                        wanted, service.stopAction(), AwsSession.PATIENCE, RetryListener.NONE, () -> stop(wanted)),
                service.stopAction(),
                session,
                id);
    }

    private String stop(BooleanSupplier wanted) {
        check(wanted);
        DeploymentInfo info = CodeDeployService.client(session)
                .getDeployment(get -> get.deploymentId(id))
                .deploymentInfo();
        if (!DeploymentSnapshot.of(info, false).ended()) {
            Continuation.pass(session, gate, info);
            check(wanted); // those who were asked have taken their time
            service.stop(session, id);
        }
        return id;
    }

    private void check(BooleanSupplier wanted) {
        Continuation.check(wanted, id + " was stopped");
    }
}

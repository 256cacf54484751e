package io.jenkins.plugins.awscicd.engine.codedeploy;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/**
 * CodeDeploy's deployments, as the watcher sees them.
 *
 * @param rollBackOnStop whether what a stopped deployment has done is undone; else as the deployment group has it
 */
public record CodeDeployService(boolean rollBackOnStop) implements JobService<DeploymentSnapshot> {

    public static CodeDeployClient client(AwsSession session) {
        return session.client(CodeDeployClient.class, CodeDeployClient::builder);
    }

    @Override
    public String observeAction() {
        return "codedeploy:BatchGetDeployments";
    }

    /** See <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetDeployments.html">BatchGetDeployments</a>. */
    @Override
    public int batchSize() {
        return 25;
    }

    @Override
    public Map<String, DeploymentSnapshot> observe(AwsSession session, List<String> ids) {
        Map<String, DeploymentSnapshot> found = new HashMap<>();
        for (DeploymentInfo info : client(session)
                .batchGetDeployments(request -> request.deploymentIds(ids))
                .deploymentsInfo()) {
            found.put(info.deploymentId(), DeploymentSnapshot.of(info, rollBackOnStop));
        }
        return found;
    }

    @Override
    public String stopAction() {
        return "codedeploy:StopDeployment";
    }

    @Override
    public void stop(AwsSession session, String id) {
        try {
            client(session)
                    .stopDeployment(request ->
                            request.deploymentId(id).autoRollbackEnabled(rollBackOnStop ? Boolean.TRUE : null));
        } catch (DeploymentAlreadyCompletedException e) {
            // It has ended by itself in the meantime, and how is about to be seen.
        }
    }
}

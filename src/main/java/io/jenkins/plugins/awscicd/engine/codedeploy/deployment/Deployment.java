package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.List;

/** A deployment that is to be started, or was, and what came of it in the end. */
public final class Deployment {

    private final AwsSession session;
    private final RemoteJob<DeploymentSnapshot> job;
    private final DeploymentProgressLog progressLog;
    private final DeploymentRequest request;

    Deployment(
            AwsSession session,
            RemoteJob<DeploymentSnapshot> job,
            DeploymentProgressLog progressLog,
            DeploymentRequest request) {
        this.session = session;
        this.job = job;
        this.progressLog = progressLog;
        this.request = request;
    }

    @NonNull
    public RemoteJob<DeploymentSnapshot> job() {
        return job;
    }

    /** What a Jenkinsfile gets, of what the job's listener was told. */
    @NonNull
    public DeploymentResult result(@NonNull List<DeploymentSnapshot> jobs) {
        String id = jobs.get(0).id();
        return new DeploymentResult(
                jobs, progressLog.outcomes(id), AwsConsole.deployment(session.region(), id), request);
    }
}

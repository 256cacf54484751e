package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Names;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.codedeploy.model.ListApplicationsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentConfigsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentGroupsResponse;

/** What CodeDeploy knows by name in an account and region. All of it fails with {@link AwsCallException}. */
public final class DeploymentNames {

    private DeploymentNames() {}

    /** <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListApplications.html">ListApplications</a> */
    @NonNull
    public static CompletableFuture<Names> applications(@NonNull AwsSession session) {
        return Names.of(session, "codedeploy:ListApplications", "the applications", token -> {
            ListApplicationsResponse page =
                    CodeDeployService.client(session).listApplications(request -> request.nextToken(token));
            return new Names.Page(page.applications(), page.nextToken());
        });
    }

    /**
     * <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeploymentGroups.html">ListDeploymentGroups</a>
     */
    @NonNull
    public static CompletableFuture<Names> deploymentGroups(@NonNull AwsSession session, @NonNull String application) {
        String what = "the deployment groups of application '" + application + "'";
        return Names.of(session, "codedeploy:ListDeploymentGroups", what, token -> {
            ListDeploymentGroupsResponse page = CodeDeployService.client(session)
                    .listDeploymentGroups(
                            request -> request.applicationName(application).nextToken(token));
            return new Names.Page(page.deploymentGroups(), page.nextToken());
        });
    }

    /**
     * AWS's own and the account's
     * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeploymentConfigs.html">ListDeploymentConfigs</a>).
     */
    @NonNull
    public static CompletableFuture<Names> deploymentConfigs(@NonNull AwsSession session) {
        return Names.of(session, "codedeploy:ListDeploymentConfigs", "the deployment configurations", token -> {
            ListDeploymentConfigsResponse page =
                    CodeDeployService.client(session).listDeploymentConfigs(request -> request.nextToken(token));
            return new Names.Page(page.deploymentConfigsList(), page.nextToken());
        });
    }
}

package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.util.List;

/**
 * What has to be allowed to deploy with CodeDeploy (see
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html">its actions</a>).
 */
public final class DeploymentPermissions {

    private static final String SERVICE = "codedeploy";

    private DeploymentPermissions() {}

    /**
     * @param application null for all applications
     * @param group the deployment group; null for all of the application
     */
    @NonNull
    public static List<Permission> of(
            @NonNull Arns arns, @CheckForNull String application, @CheckForNull String group) {
        String name = Arns.orAny(application);
        return List.of(
                new Permission(
                        "Deployments",
                        List.of(
                                "codedeploy:CreateDeployment",
                                "codedeploy:BatchGetDeployments",
                                "codedeploy:GetDeployment",
                                "codedeploy:ListDeployments"),
                        List.of(arns.resource(SERVICE, "deploymentgroup:" + name + "/" + Arns.orAny(group)))),
                new Permission(
                        "Revisions",
                        List.of(
                                "codedeploy:GetApplicationRevision",
                                "codedeploy:RegisterApplicationRevision",
                                "codedeploy:ListDeploymentGroups"),
                        List.of(arns.resource(SERVICE, "application:" + name))),
                new Permission(
                        "Configurations",
                        List.of("codedeploy:GetDeploymentConfig"),
                        List.of(arns.resource(SERVICE, "deploymentconfig:*"))),
                new Permission(
                        "DeploymentsOfAnyGroup", // AWS does not tell groups apart here
                        List.of(
                                "codedeploy:ListDeploymentTargets",
                                "codedeploy:BatchGetDeploymentTargets",
                                "codedeploy:StopDeployment",
                                "codedeploy:ContinueDeployment",
                                "codedeploy:ListApplications",
                                "codedeploy:ListDeploymentConfigs"),
                        List.of(Arns.ANY)));
    }
}

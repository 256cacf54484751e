package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.NamedContent;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import java.util.Set;

/**
 * What is in a deployment configuration
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetDeploymentConfig.html">GetDeploymentConfig</a>): one cannot
 * be changed, but another one can be made with the name of one that was deleted.
 */
public final class NamedConfiguration {

    private NamedConfiguration() {}

    @NonNull
    public static NamedContent of(@NonNull AwsSession session, @NonNull String name) {
        return new NamedContent(
                "deploymentConfig",
                "codedeploy:GetDeploymentConfig",
                "the deployment configuration '" + name + "'",
                Set.of("createTime", "deploymentConfigId"),
                () -> CodeDeployService.client(session)
                        .getDeploymentConfig(get -> get.deploymentConfigName(name))
                        .deploymentConfigInfo());
    }
}

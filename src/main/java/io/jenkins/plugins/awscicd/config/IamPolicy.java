package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import io.jenkins.plugins.awscicd.engine.access.PolicyDocument;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentPermissions;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackPermissions;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildPermissions;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentPermissions;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelinePermissions;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.ArrayList;
import java.util.List;

/** <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html">IAM policies</a>, as JSON. Nothing here calls AWS. */
final class IamPolicy {

    private IamPolicy() {}

    /**
     * What whoever steps are to AWS has to be allowed.
     *
     * @param access where; the account is that of its role
     * @param defaults what is built and deployed; if that is nothing, all that can be built and deployed
     */
    @NonNull
    static String of(@NonNull AwsAccess access, @NonNull StageDefaults defaults) {
        Arns arns = Arns.of(access.region(), Target.account(access));
        boolean anything = defaults.isEmpty();
        List<Permission> permissions = new ArrayList<>();
        if (anything || defaults.getCodeBuildProject() != null) {
            permissions.addAll(BuildPermissions.of(arns, defaults.getCodeBuildProject()));
        }
        if (anything || defaults.getCodeDeployApplication() != null || defaults.getDeploymentGroup() != null) {
            permissions.addAll(
                    DeploymentPermissions.of(arns, defaults.getCodeDeployApplication(), defaults.getDeploymentGroup()));
        }
        if (anything || defaults.getBeanstalkApplication() != null || defaults.getEnvironment() != null) {
            permissions.addAll(
                    EnvironmentPermissions.of(arns, defaults.getBeanstalkApplication(), defaults.getEnvironment()));
        }
        if (anything) {
            permissions.addAll(StackPermissions.of(arns, null));
            permissions.addAll(PipelinePermissions.of(arns, null));
        }
        return PolicyDocument.of(permissions);
    }

    /** What the credentials themselves have to be allowed if a role is assumed; null if there is none. */
    @CheckForNull
    static String toAssume(@NonNull AwsAccess access) {
        String role = access.role();
        return role == null
                ? null
                : PolicyDocument.of(List.of(new Permission("AssumeRole", List.of("sts:AssumeRole"), List.of(role))));
    }
}

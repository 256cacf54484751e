package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.util.List;

/**
 * What has to be allowed to deploy with Elastic Beanstalk (see
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticbeanstalk.html">its actions</a>): what is
 * called, without what Elastic Beanstalk then does to the environment's resources in the caller's name.
 */
public final class EnvironmentPermissions {

    private static final String SERVICE = "elasticbeanstalk";

    private EnvironmentPermissions() {}

    /**
     * @param application null for all applications
     * @param environment null for all of the application
     */
    @NonNull
    public static List<Permission> of(
            @NonNull Arns arns, @CheckForNull String application, @CheckForNull String environment) {
        String name = Arns.orAny(application);
        String all = arns.resource(SERVICE, "environment/" + name + "/*");
        // a clone's name begins with that of its environment
        String own =
                environment == null ? all : arns.resource(SERVICE, "environment/" + name + "/" + environment + "*");
        String owner = arns.resource(SERVICE, "application/" + name);
        String versions = arns.resource(SERVICE, "applicationversion/" + name + "/*");
        return List.of(
                new Permission(
                        "Environments",
                        List.of(
                                "elasticbeanstalk:UpdateEnvironment",
                                "elasticbeanstalk:CreateEnvironment",
                                "elasticbeanstalk:SwapEnvironmentCNAMEs",
                                "elasticbeanstalk:TerminateEnvironment",
                                "elasticbeanstalk:AbortEnvironmentUpdate",
                                "elasticbeanstalk:ListTagsForResource",
                                "elasticbeanstalk:DescribeEnvironmentHealth",
                                "elasticbeanstalk:DescribeInstancesHealth",
                                "elasticbeanstalk:RequestEnvironmentInfo",
                                "elasticbeanstalk:RetrieveEnvironmentInfo"),
                        List.of(own)),
                new Permission(
                        "Versions",
                        List.of(
                                "elasticbeanstalk:CreateApplicationVersion",
                                "elasticbeanstalk:DescribeApplicationVersions",
                                "elasticbeanstalk:DescribeEnvironments",
                                "elasticbeanstalk:DescribeEvents"),
                        List.of(owner, versions, all)),
                new Permission(
                        "Templates",
                        List.of(
                                "elasticbeanstalk:CreateConfigurationTemplate",
                                "elasticbeanstalk:DescribeConfigurationSettings",
                                "elasticbeanstalk:DeleteConfigurationTemplate"),
                        List.of(own, arns.resource(SERVICE, "configurationtemplate/" + name + "/*"))),
                new Permission(
                        "EnvironmentNames",
                        List.of(
                                "elasticbeanstalk:DescribeApplications",
                                "elasticbeanstalk:ListAvailableSolutionStacks",
                                "elasticbeanstalk:CreateStorageLocation"),
                        List.of(Arns.ANY)),
                new Permission(
                        "Bundles",
                        List.of("s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"),
                        List.of("arn:" + arns.partition() + ":s3:::elasticbeanstalk-" + arns.region() + "-"
                                + arns.account() + "/*")));
    }
}

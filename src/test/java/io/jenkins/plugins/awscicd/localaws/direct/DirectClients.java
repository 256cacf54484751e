package io.jenkins.plugins.awscicd.localaws.direct;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.DirectCall;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients for those who make very many calls of a local AWS in their own process: they have its interfaces, requests, responses
 * and exceptions, and none of what is between those and a network. What they do is what the SDK's own do; a test has both play the same
 * worlds.
 *
 * @param aws carries calls out
 * @param time local AWS's, by which answers are dated
 */
public record DirectClients(DirectCall.Handler aws, SimulatedTime time) {

    /**
     * @param name in local AWS's record of calls
     * @param signing in the scope of signatures
     */
    record Service(Class<? extends SdkClient> client, String name, String signing) {

        /** As the SDK's exceptions name it. */
        String title() {
            return client.getSimpleName().replace("Client", "");
        }
    }

    private static final List<Service> SERVICES = List.of(
            new Service(CodeBuildClient.class, "CodeBuild", "codebuild"),
            new Service(CodeDeployClient.class, "CodeDeploy", "codedeploy"),
            new Service(CodePipelineClient.class, "CodePipeline", "codepipeline"),
            new Service(CloudFormationClient.class, "CloudFormation", "cloudformation"),
            new Service(ElasticBeanstalkClient.class, "ElasticBeanstalk", "elasticbeanstalk"),
            new Service(CloudWatchLogsClient.class, "Logs", "logs"),
            new Service(StsClient.class, "STS", "sts"));

    /**
     * A client of one caller.
     *
     * @param type the SDK's interface
     * @param dated told the date of each answer
     * @return null if the service is called over a network only
     */
    public <C extends SdkClient> C client(
            Class<C> type, Region region, AwsCredentialsProvider credentials, Consumer<Instant> dated) {
        for (Service service : SERVICES) {
            if (service.client() == type) {
                return type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        new DirectClient(this, service, region, credentials, dated)));
            }
        }
        return null;
    }
}

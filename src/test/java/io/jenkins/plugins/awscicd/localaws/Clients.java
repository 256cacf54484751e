package io.jenkins.plugins.awscicd.localaws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's own clients, pointed at a local AWS. They do not retry: a test sees each answer.
 *
 * @param endpoint of local AWS
 */
public record Clients(URI endpoint, Region region, AwsCredentials credentials) {

    public static Clients of(LocalAws aws) {
        return new Clients(
                aws.endpoint(),
                Region.of(aws.home().region()),
                AwsBasicCredentials.create("AKIALOCALAWSLOCALAWS", "secret"));
    }

    /** The same for somebody else. */
    public Clients as(AwsCredentials other) {
        return new Clients(endpoint, region, other);
    }

    /** The same in another region. */
    public Clients in(String otherRegion) {
        return new Clients(endpoint, Region.of(otherRegion), credentials);
    }

    public S3Client s3() {
        return set(S3Client.builder().forcePathStyle(true).httpClient(ApacheHttpClient.create()))
                .build();
    }

    public S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    public StsClient sts() {
        return set(StsClient.builder().httpClient(ApacheHttpClient.create())).build();
    }

    public SnsClient sns() {
        return set(SnsClient.builder().httpClient(ApacheHttpClient.create())).build();
    }

    public SqsClient sqs() {
        return set(SqsClient.builder().httpClient(ApacheHttpClient.create())).build();
    }

    public CloudWatchLogsClient logs() {
        return set(CloudWatchLogsClient.builder().httpClient(ApacheHttpClient.create()))
                .build();
    }

    public CodeBuildClient codeBuild() {
        return set(CodeBuildClient.builder().httpClient(ApacheHttpClient.create()))
                .build();
    }

    public CodeDeployClient codeDeploy() {
        return set(CodeDeployClient.builder().httpClient(ApacheHttpClient.create()))
                .build();
    }

    public ElasticBeanstalkClient beanstalk() {
        return set(ElasticBeanstalkClient.builder().httpClient(ApacheHttpClient.create()))
                .build();
    }

    public CloudFormationClient cloudFormation() {
        return set(CloudFormationClient.builder().httpClient(ApacheHttpClient.create()))
                .build();
    }

    public CodePipelineClient codePipeline() {
        return set(CodePipelineClient.builder().httpClient(ApacheHttpClient.create()))
                .build();
    }

    private <B extends AwsClientBuilder<B, C>, C> B set(B builder) {
        return builder.endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }
}

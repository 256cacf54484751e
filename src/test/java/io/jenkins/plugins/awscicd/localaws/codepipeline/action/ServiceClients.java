package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import io.jenkins.plugins.awscicd.localaws.Place;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** How a pipeline calls the other services of its place: as any client does, made when one is needed. */
public final class ServiceClients implements AutoCloseable {

    private final Place place;
    private final Supplier<SdkHttpClient> http;
    private CodeBuildClient codeBuild;
    private CodeDeployClient codeDeploy;
    private ElasticBeanstalkClient beanstalk;
    private CloudFormationClient cloudFormation;

    public ServiceClients(Place place, Supplier<SdkHttpClient> http) {
        this.place = place;
        this.http = http;
    }

    CodeBuildClient codeBuild() {
        if (codeBuild == null) {
            codeBuild = set(CodeBuildClient.builder());
        }
        return codeBuild;
    }

    CodeDeployClient codeDeploy() {
        if (codeDeploy == null) {
            codeDeploy = set(CodeDeployClient.builder());
        }
        return codeDeploy;
    }

    ElasticBeanstalkClient beanstalk() {
        if (beanstalk == null) {
            beanstalk = set(ElasticBeanstalkClient.builder());
        }
        return beanstalk;
    }

    CloudFormationClient cloudFormation() {
        if (cloudFormation == null) {
            cloudFormation = set(CloudFormationClient.builder());
        }
        return cloudFormation;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C set(B builder) {
        return builder.httpClient(http.get())
                .endpointOverride(URI.create("http://localhost:1"))
                .region(Region.of(place.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIACODEPIPELINE0000", "codepipeline")))
                .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        for (AutoCloseable client : new AutoCloseable[] {codeBuild, codeDeploy, beanstalk, cloudFormation}) {
            if (client != null) {
                try {
                    client.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}

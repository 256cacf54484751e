package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.direct.DirectClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** Somebody in AWS's console, who knows nothing of Jenkins and waits for nobody's turn. */
final class Stranger {

    private static final String LABEL = "by-hand";

    private final LocalAws aws;
    private final Ledger ledger;
    private final CodeBuildClient codeBuild;
    private final CodeDeployClient codeDeploy;
    private final ElasticBeanstalkClient beanstalk;
    private final CloudFormationClient cloudFormation;

    Stranger(LocalAws aws, Ledger ledger) {
        this.aws = aws;
        this.ledger = ledger;
        codeBuild = client(CodeBuildClient.class);
        codeDeploy = client(CodeDeployClient.class);
        beanstalk = client(ElasticBeanstalkClient.class);
        cloudFormation = client(CloudFormationClient.class);
    }

    private <C extends SdkClient> C client(Class<C> type) {
        AwsCredentialsProvider carol =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIACAROL00000000000", "carol's secret"));
        return new DirectClients(aws.direct(), aws.time()).client(type, Region.EU_WEST_1, carol, answer -> {});
    }

    /** What AWS refuses, such as a second deployment at a time, is not done. */
    void act(Happening how) {
        try {
            switch (how.text("does")) {
                case "deploy" -> deploy(how.text("group"));
                case "stopDeployment" ->
                    ledger.deployments(how.number("of"))
                            .forEach(one -> codeDeploy.stopDeployment(it -> it.deploymentId(one.id())));
                case "stopBuild" ->
                    ledger.builds(how.number("of")).forEach(one -> codeBuild.stopBuild(it -> it.id(one.id())));
                case "update" -> {
                    if (!aws.beanstalk().versionLabels("web").contains(LABEL)) {
                        aws.beanstalk().version("web", LABEL, "artifacts", "by-hand.zip");
                    }
                    beanstalk.updateEnvironment(
                            it -> it.environmentName(how.text("environment")).versionLabel(LABEL));
                }
                case "abortUpdate" ->
                    beanstalk.abortEnvironmentUpdate(it -> it.environmentName(how.text("environment")));
                case "swap" ->
                    beanstalk.swapEnvironmentCNAMEs(
                            it -> it.sourceEnvironmentName("web-a").destinationEnvironmentName("web-b"));
                case "updateStack" -> updateStack(how.text("stack"));
                case "cancelUpdate" -> cloudFormation.cancelUpdateStack(it -> it.stackName(how.text("stack")));
                case "deleteStack" -> cloudFormation.deleteStack(it -> it.stackName(how.text("stack")));
                case "updateSet" ->
                    cloudFormation.updateStackSet(it -> it.stackSetName(how.text("set"))
                            .usePreviousTemplate(true)
                            .parameters(byHand()));
                case "growSet" ->
                    cloudFormation.createStackInstances(it -> it.stackSetName(how.text("set"))
                            .accounts(Places.ACCOUNTS)
                            .regions(StackSetStep.REGIONS));
                case "stopSet" ->
                    ledger.setOperations().stream()
                            .filter(one -> !one.ended())
                            .forEach(one -> cloudFormation.stopStackSetOperation(
                                    it -> it.stackSetName(how.text("set")).operationId(one.id())));
                default -> throw new IllegalArgumentException("Nobody does that: " + how);
            }
        } catch (AwsServiceException | SdkClientException e) {
            // refused, or the weather: then it is not done
        }
    }

    private static Parameter byHand() {
        return Parameter.builder()
                .parameterKey(StackStep.PARAMETER)
                .parameterValue(LABEL)
                .build();
    }

    /** Makes it if there is none. */
    private void updateStack(String name) {
        Parameter byHand = byHand();
        if (aws.cloudFormation().has(name)) {
            cloudFormation.updateStack(
                    it -> it.stackName(name).templateBody(StackStep.TEMPLATE).parameters(byHand));
        } else {
            cloudFormation.createStack(
                    it -> it.stackName(name).templateBody(StackStep.TEMPLATE).parameters(byHand));
        }
    }

    private void deploy(String group) {
        aws.s3().put("artifacts", "by-hand.zip", new byte[] {2});
        codeDeploy.createDeployment(it -> it.applicationName("web")
                .deploymentGroupName(group)
                .revision(revision -> revision.revisionType(RevisionLocationType.S3)
                        .s3Location(
                                s3 -> s3.bucket("artifacts").key("by-hand.zip").bundleType("zip"))));
    }
}

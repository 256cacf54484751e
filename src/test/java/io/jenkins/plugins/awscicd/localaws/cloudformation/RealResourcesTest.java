package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resources of stacks that there really are: in the other services of local AWS. */
class RealResourcesTest extends SteppedStacks {

    @Test
    void fleetIsThereForCodeDeploy() {
        String fleet = template(
                "Resources:",
                "  App: {Type: 'AWS::CodeDeploy::Application', Properties: {ApplicationName: shop}}",
                "  Fleet:",
                "    Type: AWS::AutoScaling::AutoScalingGroup",
                "    Properties: {MinSize: '2', MaxSize: '4'}",
                "  Single:",
                "    Type: AWS::EC2::Instance",
                "    Properties: {ImageId: ami-1, Tags: [{Key: role, Value: web}]}",
                "  Group:",
                "    Type: AWS::CodeDeploy::DeploymentGroup",
                "    DependsOn: Single",
                "    Properties:",
                "      ApplicationName: !Ref App",
                "      DeploymentGroupName: prod",
                "      ServiceRoleArn: arn:aws:iam::123456789012:role/deploy",
                "      DeploymentConfigName: CodeDeployDefault.OneAtATime",
                "      AutoScalingGroups: [!Ref Fleet]",
                "      Ec2TagFilters: [{Key: role, Value: web, Type: KEY_AND_VALUE}]",
                "      AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}");
        deploy(fleet);
        assertEquals(
                "CREATE_COMPLETE",
                stack().stackStatusAsString(),
                () -> events(WEB).toString());
        List<String> instances = aws.codeDeploy().instances("shop", "prod");
        assertEquals(3, instances.size());
        assertTrue(Files.isDirectory(aws.codeDeploy().folder("prod", instances.get(0))));
        deploy(fleet.replace("MinSize: '2'", "MinSize: '3'"));
        assertEquals("UPDATE_COMPLETE", stack().stackStatusAsString());
        assertEquals(4, aws.codeDeploy().instances("shop", "prod").size());
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertFalse(aws.codeDeploy().has("shop", ""));
    }

    @Test
    void projectBucketAndTopicAreThere() {
        aws.sns().create("news");
        execute(plan(
                "CREATE",
                template(
                        "Resources:",
                        "  Artifacts: {Type: 'AWS::S3::Bucket', Properties: {BucketName: shop-artifacts}}",
                        "  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: shop}}",
                        "  Build:",
                        "    Type: AWS::CodeBuild::Project",
                        "    Properties:",
                        "      Name: shop",
                        "      ServiceRole: build",
                        "      TimeoutInMinutes: 30",
                        "      Source: {Type: NO_SOURCE, BuildSpec: 'version: 0.2'}",
                        "      Artifacts: {Type: NO_ARTIFACTS}",
                        "      Environment:",
                        "        Type: LINUX_CONTAINER",
                        "        Image: aws/codebuild/standard:7.0",
                        "        ComputeType: BUILD_GENERAL1_SMALL",
                        "        EnvironmentVariables: [{Name: BUCKET, Value: !Ref Artifacts}]",
                        "Outputs:",
                        "  Arn: {Value: !GetAtt Artifacts.Arn}"),
                request -> request.notificationARNs("arn:aws:sns:eu-west-1:123456789012:news")));
        assertEquals(
                "CREATE_COMPLETE",
                stack().stackStatusAsString(),
                () -> events(WEB).toString());
        assertTrue(aws.codeBuild().has("shop"));
        assertTrue(aws.s3().exists("shop-artifacts"));
        assertEquals("arn:aws:s3:::shop-artifacts", outputs(stack()).get("Arn"));
        assertTrue(aws.sns().topic("news").published().size() > 8);
        aws.s3().put("shop-artifacts", "left", "over".getBytes(StandardCharsets.UTF_8));
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertEquals("DELETE_FAILED", stack().stackStatusAsString());
        assertEquals("The following resource(s) failed to delete: [Artifacts].", stack().stackStatusReason());
        assertFalse(aws.codeBuild().has("shop"));
        cloudFormation.deleteStack(request -> request.stackName(WEB).retainResources("Artifacts"));
        advance(60);
        assertFalse(aws.cloudFormation().has(WEB));
        assertTrue(aws.s3().exists("shop-artifacts"));
    }

    @Test
    void environmentIsThereForBeanstalk() {
        deploy(template(
                "Resources:",
                "  App: {Type: 'AWS::ElasticBeanstalk::Application', Properties: {ApplicationName: shop}}",
                "  Live:",
                "    Type: AWS::ElasticBeanstalk::Environment",
                "    Properties: {ApplicationName: !Ref App, EnvironmentName: shop-live}"));
        assertEquals(
                "CREATE_COMPLETE",
                stack().stackStatusAsString(),
                () -> events(WEB).toString());
        assertTrue(aws.beanstalk().has("shop-live"));
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(3600);
        assertFalse(aws.cloudFormation().has(WEB));
    }

    @Test
    void whatIsThereAlreadyFailsInTheWordsOfItsService() {
        aws.s3().createBucket("shop-artifacts", false);
        deploy(template(
                "Resources:", "  Artifacts: {Type: 'AWS::S3::Bucket', Properties: {BucketName: shop-artifacts}}"));
        assertEquals("ROLLBACK_COMPLETE", stack().stackStatusAsString());
        assertTrue(
                events(WEB).contains("Artifacts CREATE_FAILED: shop-artifacts already exists"),
                events(WEB).toString());
    }
}

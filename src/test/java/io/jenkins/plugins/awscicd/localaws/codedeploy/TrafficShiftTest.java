package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetType;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.ECSTaskSet;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** Deployments to Lambda and ECS. */
class TrafficShiftTest extends SteppedDeployments {

    private static final String LAMBDA = """
            version: 0.0
            Resources:
              - fn:
                  Type: AWS::Lambda::Function
                  Properties:
                    Name: "greet"
                    Alias: "live"
                    CurrentVersion: "1"
                    TargetVersion: "2"
            Hooks:
              - BeforeAllowTraffic: "check"
              - AfterAllowTraffic: "verify"
            """;
    private static final String ECS = """
            {"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {
              "TaskDefinition": "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:2",
              "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": 80}}}}]}
            """;

    private static RevisionLocation content(String text) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                .appSpecContent(content -> content.content(text))
                .build();
    }

    private String deploy(RevisionLocation revision) {
        return codeDeploy
                .createDeployment(request -> request.applicationName("shop")
                        .deploymentGroupName("live")
                        .revision(revision))
                .deploymentId();
    }

    private DeploymentTarget only(String id) {
        return target(id, targetIds(id).get(0));
    }

    private double lambdaWeight(String id) {
        return only(id).lambdaTarget().lambdaFunctionInfo().targetVersionWeight();
    }

    private static List<String> names(List<LifecycleEvent> events) {
        return events.stream()
                .map(event -> event.lifecycleEventName() + "=" + event.statusAsString())
                .toList();
    }

    @Test
    void aFunctionGetsItsTrafficAtOnce() {
        aws.codeDeploy().group(GroupSpec.lambda("shop", "live"));
        String id = deploy(content(LAMBDA));
        advance(2);
        assertEquals(0, lambdaWeight(id));
        advance(3);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
        DeploymentTarget target = only(id);
        assertEquals(DeploymentTargetType.LAMBDA_TARGET, target.deploymentTargetType());
        assertEquals("greet:live", target.lambdaTarget().targetId());
        assertEquals("2", target.lambdaTarget().lambdaFunctionInfo().targetVersion());
        assertEquals(1, lambdaWeight(id));
        assertEquals(
                List.of("BeforeAllowTraffic=Succeeded", "AllowTraffic=Succeeded", "AfterAllowTraffic=Succeeded"),
                names(target.lambdaTarget().lifecycleEvents()));
    }

    @Test
    void aCanaryComesFirst() {
        aws.codeDeploy()
                .group(GroupSpec.lambda("shop", "live").config("CodeDeployDefault.LambdaCanary10Percent5Minutes"));
        String id = deploy(content(LAMBDA));
        advance(4);
        assertEquals(0.1, lambdaWeight(id));
        advance(5 * 60 - 2);
        assertEquals(0.1, lambdaWeight(id));
        assertEquals(DeploymentStatus.IN_PROGRESS, get(id).status());
        advance(2);
        assertEquals(1, lambdaWeight(id));
        advance(2);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
    }

    @Test
    void aLinearShiftTakesItsSteps() {
        aws.codeDeploy()
                .group(GroupSpec.lambda("shop", "live").config("CodeDeployDefault.LambdaLinear10PercentEvery1Minute"));
        String id = deploy(content(LAMBDA));
        advance(4 + 60 * 3);
        assertEquals(0.4, lambdaWeight(id));
        codeDeploy.stopDeployment(request -> request.deploymentId(id));
        advance(1);
        assertEquals(DeploymentStatus.STOPPED, get(id).status());
        assertEquals(
                List.of("BeforeAllowTraffic=Succeeded", "AllowTraffic=Failed", "AfterAllowTraffic=Skipped"),
                names(only(id).lambdaTarget().lifecycleEvents()));
        assertEquals(0, lambdaWeight(id));
        advance(60 * 10);
        assertEquals(0, lambdaWeight(id));
    }

    @Test
    void aHookThatFailsEndsIt() {
        GroupSpec live = GroupSpec.lambda("shop", "live").autoRollback("DEPLOYMENT_FAILURE");
        aws.codeDeploy().group(live);
        deploy(content(LAMBDA));
        advance(10);
        live.simulation().failOnce("AfterAllowTraffic", Diagnostics.unknownError("said no"));
        String id = deploy(content(LAMBDA.replace("\"2\"", "\"3\"")));
        advance(5);
        assertEquals(
                ErrorCode.HOOK_EXECUTION_FAILURE, get(id).errorInformation().code());
        assertEquals(
                "The deployment failed because the lifecycle event AfterAllowTraffic (verify) has failed: said no",
                get(id).errorInformation().message());
        assertEquals(0, lambdaWeight(id));
        assertEquals(1, get(id).deploymentOverview().failed());
        String rollback = get(id).rollbackInfo().rollbackDeploymentId();
        advance(10);
        assertEquals(DeploymentStatus.SUCCEEDED, get(rollback).status());
        assertEquals("2", only(rollback).lambdaTarget().lambdaFunctionInfo().targetVersion());
    }

    @Test
    void aServiceGetsAnotherTaskSet() {
        aws.codeDeploy()
                .group(GroupSpec.ecs("shop", "live", "cluster", "web")
                        .stopUnlessContinued(30)
                        .terminateAfter(5)
                        .alarms("errors"));
        String id = deploy(content(ECS));
        advance(2 + 5);
        assertEquals(DeploymentStatus.READY, get(id).status());
        assertNull(get(id).deploymentOverview(), "ECS has none while it runs");
        codeDeploy.continueDeployment(
                request -> request.deploymentId(id).deploymentWaitType(DeploymentWaitType.READY_WAIT));
        advance(3);
        assertEquals(DeploymentStatus.BAKING, get(id).status());
        List<ECSTaskSet> sets = only(id).ecsTarget().taskSetsInfo();
        assertEquals(0, sets.get(0).trafficWeight());
        assertEquals(100, sets.get(1).trafficWeight());
        assertEquals("web-green", sets.get(1).targetGroup().name());
        assertEquals("Green", sets.get(1).taskSetLabelAsString());
        advance(30);
        assertEquals(DeploymentStatus.IN_PROGRESS, get(id).status());
        assertEquals(false, get(id).instanceTerminationWaitTimeStarted());
        codeDeploy.continueDeployment(
                request -> request.deploymentId(id).deploymentWaitType(DeploymentWaitType.TERMINATION_WAIT));
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
        assertEquals("DRAINING", only(id).ecsTarget().taskSetsInfo().get(0).status());
        assertEquals("cluster:web", targetIds(id).get(0));
        assertEquals(
                List.of(
                        "BeforeInstall=Succeeded",
                        "Install=Succeeded",
                        "AfterInstall=Succeeded",
                        "AllowTestTraffic=Succeeded",
                        "AfterAllowTestTraffic=Succeeded",
                        "BeforeAllowTraffic=Succeeded",
                        "AllowTraffic=Succeeded",
                        "AfterAllowTraffic=Succeeded"),
                names(only(id).ecsTarget().lifecycleEvents()));
    }

    @Test
    void anAppSpecMayBeInS3AndMayBeWrong() {
        aws.codeDeploy().group(GroupSpec.lambda("shop", "live"));
        aws.s3().createBucket("specs", false);
        aws.s3().put("specs", "good.yml", LAMBDA.getBytes(StandardCharsets.UTF_8));
        String good = deploy(s3("good.yml"));
        advance(10);
        assertEquals(DeploymentStatus.SUCCEEDED, get(good).status());
        String missing = deploy(s3("none.yml"));
        advance(10);
        assertEquals(ErrorCode.REVISION_MISSING, get(missing).errorInformation().code());
        String wrong = deploy(content(LAMBDA.replace("TargetVersion", "Target")));
        advance(10);
        assertEquals(ErrorCode.INVALID_REVISION, get(wrong).errorInformation().code());
        assertTrue(get(wrong).errorInformation().message().contains("TargetVersion"));
        String ofEcs = deploy(content(ECS));
        advance(10);
        assertEquals(ErrorCode.INVALID_REVISION, get(ofEcs).errorInformation().code());
    }

    private static RevisionLocation s3(String key) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(location -> location.bucket("specs").key(key).bundleType(BundleType.YAML))
                .build();
    }
}

package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.EC2TagFilter;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;
import software.amazon.awssdk.services.codedeploy.model.TargetLabel;

/** Deployments to instances that take over from others. */
class BlueGreenTest extends SteppedDeployments {

    private static final Diagnostics FAILED = Diagnostics.scriptFailed("scripts/x.sh", 1, "no\n");

    private final GroupSpec dev =
            GroupSpec.simulated("web", "dev").instances("i-1", "i-2").blueGreen();

    private void goOn(String id, DeploymentWaitType type) {
        codeDeploy.continueDeployment(request -> request.deploymentId(id).deploymentWaitType(type));
    }

    private List<String> labelled(String id, String label) {
        return codeDeploy
                .listDeploymentTargets(request -> request.deploymentId(id)
                        .targetFilters(Map.of(TargetFilterName.SERVER_INSTANCE_LABEL, List.of(label))))
                .targetIds();
    }

    @Test
    void trafficWaitsForAWord() {
        aws.codeDeploy().group(dev.stopUnlessContinued(60).terminateAfter(10));
        String id = deploy("1.zip");
        advance(3);
        refused("DeploymentIsNotInReadyStateException", () -> goOn(id, DeploymentWaitType.READY_WAIT));
        advance(2 + 7);
        DeploymentInfo ready = get(id);
        assertEquals(DeploymentStatus.READY, ready.status());
        assertEquals(2, ready.deploymentOverview().ready());
        assertEquals(2, ready.deploymentOverview().pending());
        assertEquals(
                DeploymentReadyAction.STOP_DEPLOYMENT,
                ready.blueGreenDeploymentConfiguration().deploymentReadyOption().actionOnTimeout());
        assertEquals(List.of("i-1", "i-2"), labelled(id, "Blue"));
        List<String> green = labelled(id, "Green");
        assertEquals(2, green.size());
        assertEquals(
                TargetLabel.GREEN, target(id, green.get(0)).instanceTarget().instanceLabel());
        assertEquals(
                List.of("ValidateService=Succeeded", "BeforeAllowTraffic=Pending"),
                events(id, green.get(0)).subList(6, 8));
        refused("DeploymentIsNotInReadyStateException", () -> goOn(id, DeploymentWaitType.TERMINATION_WAIT));
        goOn(id, DeploymentWaitType.READY_WAIT);
        assertEquals(DeploymentStatus.IN_PROGRESS, get(id).status());
        assertEquals(false, get(id).instanceTerminationWaitTimeStarted());
        advance(3);
        assertEquals("AfterAllowTraffic=Succeeded", events(id, green.get(1)).get(9));
        assertEquals("BeforeBlockTraffic=InProgress", events(id, "i-1").get(0));
        advance(3);
        DeploymentInfo waiting = get(id);
        assertEquals(DeploymentStatus.IN_PROGRESS, waiting.status());
        assertEquals(true, waiting.instanceTerminationWaitTimeStarted());
        assertEquals(4, waiting.deploymentOverview().succeeded());
        advance(10 * 60 - 1);
        assertEquals(DeploymentStatus.IN_PROGRESS, get(id).status());
        advance(1);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
        refused("DeploymentAlreadyCompletedException", () -> goOn(id, DeploymentWaitType.TERMINATION_WAIT));
        // The new instances are the originals of the next deployment.
        String next = deploy("2.zip");
        advance(3);
        assertEquals(green, labelled(next, "Blue"));
    }

    @Test
    void theWaitForTheEndCanBeSkipped() {
        aws.codeDeploy().group(dev.terminateAfter(60));
        String id = deploy("1.zip");
        advance(2 + 13);
        assertEquals(true, get(id).instanceTerminationWaitTimeStarted());
        goOn(id, DeploymentWaitType.TERMINATION_WAIT);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
    }

    @Test
    void whoeverIsNotContinuedIsStopped() {
        aws.codeDeploy().group(dev.stopUnlessContinued(5));
        String id = deploy("1.zip");
        advance(2 + 7 + 5 * 60);
        DeploymentInfo stopped = get(id);
        assertEquals(DeploymentStatus.STOPPED, stopped.status());
        assertEquals(4, stopped.deploymentOverview().skipped());
    }

    @Test
    void aReadyDeploymentCanBeStopped() {
        aws.codeDeploy().group(dev.stopUnlessContinued(5));
        String id = deploy("1.zip");
        advance(10);
        codeDeploy.stopDeployment(request -> request.deploymentId(id));
        advance(1);
        assertEquals(DeploymentStatus.STOPPED, get(id).status());
        assertEquals(ErrorCode.MANUAL_STOP, get(id).errorInformation().code());
        advance(1000);
        assertEquals(DeploymentStatus.STOPPED, get(id).status());
    }

    @Test
    void originalsAreKept() {
        aws.codeDeploy().group(dev);
        String id = deploy("1.zip");
        advance(2 + 13);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
        assertEquals(false, get(id).instanceTerminationWaitTimeStarted());
    }

    @Test
    void aFailureLeavesTheOriginalsAlone() {
        dev.simulation().failOnce("ApplicationStart", FAILED);
        aws.codeDeploy().group(dev);
        String id = deploy("1.zip");
        advance(60);
        assertEquals(ErrorCode.HEALTH_CONSTRAINTS, get(id).errorInformation().code());
        assertEquals(2, get(id).deploymentOverview().failed());
        assertEquals(2, get(id).deploymentOverview().skipped());
        String next = deploy("2.zip");
        advance(3);
        assertEquals(List.of("i-1", "i-2"), labelled(next, "Blue"));
    }

    @Test
    void alarmsAreHeededWhileItBakes() {
        aws.codeDeploy().group(dev.alarms("errors").autoRollback("DEPLOYMENT_STOP_ON_ALARM"));
        String good = deploy("1.zip");
        advance(2 + 13);
        assertEquals(DeploymentStatus.BAKING, get(good).status());
        advance(30);
        assertEquals(DeploymentStatus.SUCCEEDED, get(good).status());
        String bad = deploy("2.zip");
        advance(2 + 13);
        assertEquals(DeploymentStatus.BAKING, get(bad).status());
        aws.codeDeploy().alarm("errors", true);
        advance(1);
        assertEquals(DeploymentStatus.STOPPED, get(bad).status());
        assertEquals(ErrorCode.ALARM_ACTIVE, get(bad).errorInformation().code());
        String rollback = get(bad).rollbackInfo().rollbackDeploymentId();
        advance(60);
        assertEquals(DeploymentStatus.SUCCEEDED, get(rollback).status());
    }

    @Test
    void targetInstancesAreToldAgain() {
        aws.codeDeploy().group(dev);
        String id = deploy(
                "1.zip",
                request -> request.targetInstances(instances -> instances
                        .autoScalingGroups("green")
                        .tagFilters(EC2TagFilter.builder()
                                .key("role")
                                .value("web")
                                .type("KEY_AND_VALUE")
                                .build())));
        assertEquals(List.of("green"), get(id).targetInstances().autoScalingGroups());
        assertTrue(get(id).targetInstances().hasTagFilters());
    }
}

package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsType;

/** Simulated deployments to the instances that a group has. */
class InPlaceTest extends SteppedDeployments {

    private static final Diagnostics FAILED = Diagnostics.scriptFailed("scripts/x.sh", 1, "no\n");

    private final GroupSpec dev = GroupSpec.simulated("web", "dev");

    @Test
    void aDeploymentGoesThroughItsLife() {
        aws.codeDeploy().group(dev.instances("i-1", "i-2"));
        Instant created = time.now();
        String id = deploy("1.zip", request -> request.description("first"));
        assertTrue(id.matches("d-[0-9A-Z]{9}"), id);
        assertEquals(DeploymentStatus.CREATED, get(id).status());
        refused("DeploymentNotStartedException", () -> targetIds(id));
        advance(1);
        assertEquals(DeploymentStatus.QUEUED, get(id).status());
        advance(1);
        assertEquals(DeploymentStatus.IN_PROGRESS, get(id).status());
        assertEquals(List.of("i-1", "i-2"), targetIds(id));
        advance(3);
        DeploymentInfo half = get(id);
        assertEquals(2, half.deploymentOverview().inProgress());
        assertNull(half.completeTime());
        assertEquals(
                List.of(
                        "ApplicationStop=Succeeded",
                        "DownloadBundle=Succeeded",
                        "BeforeInstall=Succeeded",
                        "Install=InProgress",
                        "AfterInstall=Pending",
                        "ApplicationStart=Pending",
                        "ValidateService=Pending"),
                events(id, "i-1"));
        advance(4);
        DeploymentInfo done = get(id);
        assertEquals(DeploymentStatus.SUCCEEDED, done.status());
        assertEquals(2, done.deploymentOverview().succeeded());
        assertEquals("first", done.description());
        assertEquals(DeploymentCreator.USER, done.creator());
        assertEquals("1.zip", done.revision().s3Location().key());
        assertEquals(created.toEpochMilli(), done.createTime().toEpochMilli());
        assertEquals(created.plusSeconds(2).toEpochMilli(), done.startTime().toEpochMilli());
        assertEquals(created.plusSeconds(9).toEpochMilli(), done.completeTime().toEpochMilli());
        assertNull(done.errorInformation());
        LifecycleEvent install = event(id, "i-2", "Install");
        assertEquals(LifecycleErrorCode.SUCCESS, install.diagnostics().errorCode());
        assertEquals(Duration.ofSeconds(1), Duration.between(install.startTime(), install.endTime()));
    }

    @Test
    void oneInstanceAfterTheOther() {
        aws.codeDeploy().group(dev.instances("i-1", "i-2", "i-3").config("CodeDeployDefault.OneAtATime"));
        String id = deploy("1.zip");
        advance(2 + 8);
        assertEquals(List.of("Succeeded", "InProgress", "Pending"), statuses(id));
        advance(14);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
    }

    @Test
    void tooManyFailuresEndTheDeployment() {
        dev.instances("i-1", "i-2", "i-3", "i-4").config("CodeDeployDefault.HalfAtATime");
        dev.simulation().fail("i-1", "AfterInstall", FAILED).fail("i-3", "AfterInstall", FAILED);
        aws.codeDeploy().group(dev);
        String id = deploy("1.zip");
        advance(2 + 1);
        assertEquals(List.of("InProgress", "InProgress", "Pending", "Pending"), statuses(id));
        advance(5 + 7);
        assertEquals(List.of("Failed", "Succeeded", "Failed", "Skipped"), statuses(id));
        DeploymentInfo failed = get(id);
        assertEquals(DeploymentStatus.FAILED, failed.status());
        assertEquals(ErrorCode.HEALTH_CONSTRAINTS, failed.errorInformation().code());
        assertTrue(failed.errorInformation().message().startsWith("The overall deployment failed because too many"));
        assertEquals(1, failed.deploymentOverview().skipped());
        assertEquals(2, failed.deploymentOverview().failed());
        var diagnostics = event(id, "i-1", "AfterInstall").diagnostics();
        assertEquals(LifecycleErrorCode.SCRIPT_FAILED, diagnostics.errorCode());
        assertEquals("scripts/x.sh", diagnostics.scriptName());
        assertEquals("no\n", diagnostics.logTail());
        assertEquals(
                List.of("AfterInstall=Failed", "ApplicationStart=Skipped", "ValidateService=Skipped"),
                events(id, "i-1").subList(4, 7));
    }

    @Test
    void healthyHostsAreCountedAsAwsDoes() {
        // All at once succeeds if one does, one at a time even if the last does not.
        dev.instances("i-1", "i-2", "i-3");
        dev.simulation().fail("i-1", "Install", FAILED).fail("i-3", "Install", FAILED);
        aws.codeDeploy().group(dev);
        String all = deploy("1.zip");
        advance(20);
        assertEquals(DeploymentStatus.SUCCEEDED, get(all).status());
        dev.simulation().heal().fail("i-3", "Install", FAILED);
        String one = deploy("2.zip", request -> request.deploymentConfigName("CodeDeployDefault.OneAtATime"));
        advance(60);
        assertEquals(DeploymentStatus.SUCCEEDED, get(one).status());
        assertEquals(List.of("Succeeded", "Succeeded", "Failed"), statuses(one));
        codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("two")
                .minimumHealthyHosts(
                        hosts -> hosts.type(MinimumHealthyHostsType.HOST_COUNT).value(2)));
        codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("three")
                .minimumHealthyHosts(
                        hosts -> hosts.type(MinimumHealthyHostsType.HOST_COUNT).value(3)));
        codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("third")
                .minimumHealthyHosts(hosts ->
                        hosts.type(MinimumHealthyHostsType.FLEET_PERCENT).value(33)));
        String two = deploy("3.zip", request -> request.deploymentConfigName("two"));
        advance(60);
        assertEquals(DeploymentStatus.SUCCEEDED, get(two).status());
        String third = deploy("4.zip", request -> request.deploymentConfigName("third"));
        advance(3);
        assertEquals(List.of("InProgress", "InProgress", "Pending"), statuses(third));
        advance(60);
        String three = deploy("5.zip", request -> request.deploymentConfigName("three"));
        advance(3);
        assertEquals(
                ErrorCode.HEALTH_CONSTRAINTS_INVALID,
                get(three).errorInformation().code());
        assertEquals(List.of("Skipped", "Skipped", "Skipped"), statuses(three));
    }

    @Test
    void aGroupWithoutInstancesFails() {
        aws.codeDeploy().group(dev.instances(0));
        String id = deploy("1.zip");
        advance(2);
        assertEquals(ErrorCode.NO_INSTANCES, get(id).errorInformation().code());
        assertEquals(List.of(), targetIds(id));
    }

    @Test
    void instancesThatRunTheRevisionCanBeLeftAlone() {
        dev.instances("i-1", "i-2");
        dev.simulation().failOnce("i-2", "Install", FAILED);
        aws.codeDeploy().group(dev);
        String first = deploy("1.zip");
        advance(20);
        assertEquals(List.of("Succeeded", "Failed"), statuses(first));
        String second = deploy("1.zip", request -> request.updateOutdatedInstancesOnly(true));
        advance(20);
        assertEquals(List.of("Skipped", "Succeeded"), statuses(second));
        assertEquals(DeploymentStatus.SUCCEEDED, get(second).status());
        assertEquals(true, get(second).updateOutdatedInstancesOnly());
        String third = deploy("1.zip", request -> request.updateOutdatedInstancesOnly(true));
        advance(20);
        assertEquals(List.of("Skipped", "Skipped"), statuses(third));
    }

    @Test
    void aFailingApplicationStopCanBeForgiven() {
        dev.simulation().fail("ApplicationStop", FAILED);
        aws.codeDeploy().group(dev.instances("i-1"));
        String strict = deploy("1.zip");
        advance(20);
        assertEquals(DeploymentStatus.FAILED, get(strict).status());
        String forgiving = deploy("1.zip", request -> request.ignoreApplicationStopFailures(true));
        advance(20);
        assertEquals(DeploymentStatus.SUCCEEDED, get(forgiving).status());
        assertEquals("ApplicationStop=Failed", events(forgiving, "i-1").get(0));
    }

    @Test
    void aLoadBalancerTakesPart() {
        aws.codeDeploy().group(dev.instances("i-1").loadBalancer("web"));
        String id = deploy("1.zip");
        advance(30);
        List<String> events = events(id, "i-1");
        assertEquals(13, events.size());
        assertEquals("BeforeBlockTraffic=Succeeded", events.get(0));
        assertEquals("AfterAllowTraffic=Succeeded", events.get(12));
        assertEquals(
                "web", get(id).loadBalancerInfo().targetGroupInfoList().get(0).name());
    }

    @Test
    void aThousandInstancesAreNoTrouble() {
        dev.instances(1000).config("CodeDeployDefault.HalfAtATime");
        aws.codeDeploy().group(dev);
        String id = deploy("1.zip");
        advance(10);
        DeploymentInfo half = get(id);
        assertEquals(500, half.deploymentOverview().succeeded());
        advance(10);
        assertEquals(1000, get(id).deploymentOverview().succeeded());
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
        assertEquals(1000, allTargetIds(id).stream().distinct().count());
    }
}

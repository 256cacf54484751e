package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.StopStatus;

/** Deployments that fail or are stopped, and what CodeDeploy then does by itself. */
class RollbackTest extends SteppedDeployments {

    private static final Diagnostics FAILED = Diagnostics.scriptFailed("scripts/x.sh", 1, "no\n");

    private final GroupSpec dev = GroupSpec.simulated("web", "dev").instances("i-1", "i-2");

    private String good() {
        String id = deploy("good.zip");
        advance(20);
        assertEquals(DeploymentStatus.SUCCEEDED, get(id).status());
        return id;
    }

    @Test
    void aFailureIsRolledBackByAnotherDeployment() {
        aws.codeDeploy().group(dev.autoRollback("DEPLOYMENT_FAILURE"));
        good();
        dev.simulation().failOnce("Install", FAILED);
        String bad = deploy("bad.zip");
        advance(2 + 4);
        DeploymentInfo failed = get(bad);
        assertEquals(DeploymentStatus.FAILED, failed.status());
        String rollback = failed.rollbackInfo().rollbackDeploymentId();
        assertEquals(rollback, aws.codeDeploy().deployment(bad).rollbackDeploymentId());
        DeploymentInfo rolling = get(rollback);
        assertEquals(DeploymentStatus.CREATED, rolling.status());
        assertEquals(DeploymentCreator.CODE_DEPLOY_ROLLBACK, rolling.creator());
        assertEquals("good.zip", rolling.revision().s3Location().key());
        assertEquals(bad, rolling.rollbackInfo().rollbackTriggeringDeploymentId());
        // It is an active deployment like any other.
        DeploymentLimitExceededException busy =
                assertThrows(DeploymentLimitExceededException.class, () -> deploy("next.zip"));
        assertEquals(
                "The Deployment Group 'dev' already has an active Deployment '" + rollback + "'",
                busy.awsErrorDetails().errorMessage());
        advance(20);
        assertEquals(DeploymentStatus.SUCCEEDED, get(rollback).status());
        assertEquals(DeploymentStatus.FAILED, get(bad).status());
        DeploymentGroupInfo group = codeDeploy
                .getDeploymentGroup(request -> request.applicationName("web").deploymentGroupName("dev"))
                .deploymentGroupInfo();
        assertEquals(rollback, group.lastSuccessfulDeployment().deploymentId());
        assertEquals("good.zip", group.targetRevision().s3Location().key());
    }

    @Test
    void aRollbackMayFailAndThatIsTheEnd() {
        aws.codeDeploy().group(dev.autoRollback("DEPLOYMENT_FAILURE"));
        good();
        dev.simulation().fail("Install", FAILED);
        String bad = deploy("bad.zip");
        advance(6);
        String rollback = get(bad).rollbackInfo().rollbackDeploymentId();
        advance(60);
        assertEquals(DeploymentStatus.FAILED, get(rollback).status());
        assertNull(get(rollback).rollbackInfo().rollbackDeploymentId());
        assertEquals(3, aws.codeDeploy().deployments().size());
    }

    @Test
    void withoutAnEarlierSuccessThereIsNothingToRollBackTo() {
        aws.codeDeploy().group(dev.autoRollback("DEPLOYMENT_FAILURE"));
        dev.simulation().fail("Install", FAILED);
        String bad = deploy("bad.zip");
        advance(20);
        assertNull(get(bad).rollbackInfo().rollbackDeploymentId());
        assertTrue(get(bad).rollbackInfo().rollbackMessage().startsWith("No previous successful deployment"));
    }

    @Test
    void aDeploymentCanSayItself() {
        aws.codeDeploy().group(dev);
        good();
        dev.simulation().failOnce("Install", FAILED);
        String bad = deploy(
                "bad.zip",
                request -> request.autoRollbackConfiguration(
                        rollback -> rollback.enabled(true).events(AutoRollbackEvent.DEPLOYMENT_FAILURE)));
        advance(20);
        assertEquals(
                "good.zip",
                get(get(bad).rollbackInfo().rollbackDeploymentId())
                        .revision()
                        .s3Location()
                        .key());
    }

    @Test
    void stoppingTakesAMomentAndLeavesInstancesAsTheyAre() {
        aws.codeDeploy().group(dev.config("CodeDeployDefault.OneAtATime"));
        String id = deploy("1.zip");
        advance(4);
        assertEquals(
                StopStatus.PENDING,
                codeDeploy.stopDeployment(request -> request.deploymentId(id)).status());
        assertEquals(DeploymentStatus.IN_PROGRESS, get(id).status());
        advance(1);
        DeploymentInfo stopped = get(id);
        assertEquals(DeploymentStatus.STOPPED, stopped.status());
        assertEquals(ErrorCode.MANUAL_STOP, stopped.errorInformation().code());
        assertEquals(List.of("Unknown", "Skipped"), statuses(id));
        assertEquals(
                List.of("Install=Unknown", "AfterInstall=Skipped"),
                events(id, "i-1").subList(3, 5));
        assertNull(stopped.rollbackInfo().rollbackDeploymentId());
        refused(
                "DeploymentAlreadyCompletedException",
                () -> codeDeploy.stopDeployment(request -> request.deploymentId(id)));
        advance(60);
        assertEquals(DeploymentStatus.STOPPED, get(id).status());
    }

    @Test
    void stoppingMayRollBack() {
        aws.codeDeploy().group(dev);
        good();
        String asked = deploy("2.zip");
        codeDeploy.stopDeployment(request -> request.deploymentId(asked).autoRollbackEnabled(true));
        advance(1);
        assertEquals(DeploymentStatus.STOPPED, get(asked).status());
        assertEquals(
                "good.zip",
                get(get(asked).rollbackInfo().rollbackDeploymentId())
                        .revision()
                        .s3Location()
                        .key());
        advance(20);
        codeDeploy.updateDeploymentGroup(request -> request.applicationName("web")
                .currentDeploymentGroupName("dev")
                .autoRollbackConfiguration(
                        rollback -> rollback.enabled(true).events(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST)));
        String configured = deploy("3.zip");
        advance(3);
        codeDeploy.stopDeployment(request -> request.deploymentId(configured));
        advance(1);
        assertTrue(get(configured).rollbackInfo().rollbackDeploymentId().startsWith("d-"));
        advance(20);
        String refused = deploy("4.zip");
        codeDeploy.stopDeployment(request -> request.deploymentId(refused).autoRollbackEnabled(false));
        advance(1);
        assertNull(get(refused).rollbackInfo().rollbackDeploymentId());
    }

    @Test
    void anAlarmStopsWhatHeedsIt() {
        aws.codeDeploy().group(dev.alarms("errors").autoRollback("DEPLOYMENT_STOP_ON_ALARM"));
        good();
        String id = deploy("2.zip");
        advance(3);
        aws.codeDeploy().alarm("something-else", true).alarm("errors", true);
        advance(1);
        DeploymentInfo stopped = get(id);
        assertEquals(DeploymentStatus.STOPPED, stopped.status());
        assertEquals(ErrorCode.ALARM_ACTIVE, stopped.errorInformation().code());
        String rollback = stopped.rollbackInfo().rollbackDeploymentId();
        advance(20);
        assertEquals(DeploymentStatus.SUCCEEDED, get(rollback).status());
        String during = deploy("3.zip");
        advance(1);
        assertEquals(ErrorCode.ALARM_ACTIVE, get(during).errorInformation().code());
        advance(20);
        String overriding =
                deploy("4.zip", request -> request.overrideAlarmConfiguration(alarm -> alarm.enabled(false)));
        advance(20);
        assertEquals(DeploymentStatus.SUCCEEDED, get(overriding).status());
        assertEquals(false, get(overriding).overrideAlarmConfiguration().enabled());
    }
}

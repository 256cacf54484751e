package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.RollbackInfo;

/** Answers in the shape in which people have published those that AWS gave them. */
class PublishedAnswersTest {

    private static final Instant BEGIN = Instant.parse("2026-08-08T12:00:00Z");

    /** @param events such as {@code Install=Failed} */
    private static List<LifecycleEvent> events(String... events) {
        return Arrays.stream(events)
                .map(it -> it.split("="))
                .map(it -> LifecycleEvent.builder()
                        .lifecycleEventName(it[0])
                        .status(it[1])
                        .build())
                .toList();
    }

    private static Target ecs(String status, String... events) {
        return Target.of(DeploymentTarget.builder()
                .ecsTarget(target -> target.targetId("shop:web").status(status).lifecycleEvents(events(events)))
                .build());
    }

    private static DeploymentSnapshot deployment(String status, Consumer<DeploymentInfo.Builder> more) {
        DeploymentInfo.Builder info =
                DeploymentInfo.builder().deploymentId("d-ABCDEF123").status(status);
        more.accept(info);
        return DeploymentSnapshot.of(info.build(), false);
    }

    @Test
    void aServiceWhoseHooksAreAllDoneIsShifted() {
        assertTrue(ecs("InProgress", "Install=Succeeded", "AllowTraffic=Succeeded", "AfterAllowTraffic=Succeeded")
                .shifted());
        assertFalse(ecs("InProgress", "Install=Succeeded", "AllowTraffic=InProgress", "AfterAllowTraffic=Pending")
                .shifted());
        assertFalse(ecs("InProgress", "BeforeInstall=Succeeded").shifted(), "events may come one by one");
        assertFalse(ecs("Failed", "AllowTraffic=Failed", "AfterAllowTraffic=Skipped")
                .shifted());
        assertFalse(ecs("Pending").shifted());
    }

    @ParameterizedTest
    @CsvSource({
        "InProgress, 5, true",
        "InProgress, 0, false",
        "InProgress,, true",
        "Ready, 5, false",
        "Succeeded, 5, false"
    })
    void onlyARunningDeploymentToEcsMayWaitUnsaid(String status, Integer minutes, boolean may) {
        assertEquals(
                may,
                deployment(
                                status,
                                info -> info.computePlatform("ECS")
                                        .blueGreenDeploymentConfiguration(
                                                it -> it.terminateBlueInstancesOnDeploymentSuccess(
                                                        end -> end.terminationWaitTimeInMinutes(minutes))))
                        .mayWaitUnsaid());
        assertFalse(deployment(status, info -> info.computePlatform("Lambda")).mayWaitUnsaid());
    }

    @Test
    void whatIsStoppedDoesNotSayWhyItsEventFailed() {
        Target.Event failed = ecs("Failed", "Install=Failed", "AfterInstall=Skipped")
                .failure()
                .orElseThrow();
        assertEquals("Install failed", failed.cause());
        assertFalse(failed.explained());
    }

    @Test
    void whatIsSkippedHasAnEndAndNoBeginning() {
        Target.Event skipped = Target.Event.of(LifecycleEvent.builder()
                .lifecycleEventName("ValidateService")
                .status("Skipped")
                .endTime(BEGIN)
                .build());
        assertTrue(skipped.ended());
        assertNull(skipped.took());
    }

    @Test
    void aSuccessHasDiagnosticsToo() {
        Target.Event done = Target.Event.of(LifecycleEvent.builder()
                .lifecycleEventName("Install")
                .status("Succeeded")
                .diagnostics(it -> it.errorCode("Success")
                        .message("Succeeded")
                        .scriptName("")
                        .logTail(""))
                .build());
        assertFalse(done.failed());
    }

    @Test
    void aRunningDeploymentHasNoOverview() {
        DeploymentSnapshot now = deployment("InProgress", info -> {});
        assertEquals(0, now.overview().total());
        assertFalse(now.ended());
    }

    @ParameterizedTest
    @CsvSource({
        "Failed,, DEPLOYMENT_FAILURE, true",
        "Failed, HEALTH_CONSTRAINTS, DEPLOYMENT_STOP_ON_ALARM, false",
        "Stopped, ALARM_ACTIVE, DEPLOYMENT_STOP_ON_ALARM, true",
        "Stopped, ALARM_ACTIVE, DEPLOYMENT_FAILURE, false",
        "Stopped, MANUAL_STOP, DEPLOYMENT_STOP_ON_REQUEST, true",
        "Stopped, TIMEOUT, DEPLOYMENT_FAILURE, true",
        "Stopped,, DEPLOYMENT_STOP_ON_REQUEST, true",
        "Succeeded,, DEPLOYMENT_FAILURE, false",
    })
    void aRollbackIsDueAsTheGroupHasIt(String status, String code, String event, boolean due) {
        Consumer<DeploymentInfo.Builder> ended =
                info -> info.errorInformation(it -> it.code(code).message("why"))
                        .rollbackInfo(RollbackInfo.builder().build()) // as AWS gives it where there is none
                        .autoRollbackConfiguration(it -> it.enabled(true).eventsWithStrings(event));
        assertEquals(due, deployment(status, ended).successorDue());
        assertFalse(deployment(status, ended.andThen(info -> info.creator("codeDeployRollback")))
                .successorDue());
        assertFalse(deployment(
                        status, ended.andThen(info -> info.rollbackInfo(it -> it.rollbackDeploymentId("d-GHIJKL456"))))
                .successorDue());
    }

    /** The API reference has such a message tell as well that a rollback is in progress. */
    @Test
    void aMessageAloneDoesNotSayThatThereIsNoRollback() {
        assertTrue(deployment(
                        "Failed",
                        info -> info.rollbackInfo(it -> it.rollbackMessage("Rollback in progress"))
                                .autoRollbackConfiguration(
                                        it -> it.enabled(true).eventsWithStrings("DEPLOYMENT_FAILURE")))
                .successorDue());
    }

    /** Published so, too: the deployment that was rolled back is named as the trigger of its rollback. */
    @Test
    void whatTriggersItsOwnRollbackIsNoRollback() {
        DeploymentSnapshot failed = deployment(
                "Failed",
                info -> info.rollbackInfo(
                        it -> it.rollbackDeploymentId("d-GHIJKL456").rollbackTriggeringDeploymentId("d-ABCDEF123")));
        assertNull(failed.rollbackOf());
        assertEquals("d-GHIJKL456", failed.successor());
        assertEquals(
                "d-GHIJKL456",
                deployment(
                                "Succeeded",
                                info -> info.rollbackInfo(it -> it.rollbackTriggeringDeploymentId("d-GHIJKL456")))
                        .rollbackOf());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The Deployment Group 'x' already has an active Deployment 'd-AB12CDEFG'",
                "The Deployment Group 'd-EU' is already deploying deployment 'd-AB12CDEFG'"
            })
    void theActiveDeploymentIsNamedInEitherWording(String said) {
        assertEquals("d-AB12CDEFG", new GroupBusy(said).blocking());
    }
}

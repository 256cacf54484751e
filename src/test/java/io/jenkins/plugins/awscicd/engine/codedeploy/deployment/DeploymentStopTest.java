package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.RollbackInfo;

/** Deployments that are stopped, left and picked up again. */
class DeploymentStopTest extends SteppedDeployments {

    private GroupSpec slow() {
        return slow(it -> it);
    }

    private GroupSpec slow(UnaryOperator<GroupSpec> details) {
        GroupSpec spec = group(it -> details.apply(it.instances("i-1", "i-2").config("CodeDeployDefault.OneAtATime")));
        spec.simulation().events(Duration.ofSeconds(10));
        return spec;
    }

    @Test
    void anAbortStopsTheDeploymentAndWaitsForItsEnd() {
        slow();
        DeploymentRun run = deploy("1.zip").start();
        bench.advance(15);
        run.job().stop();
        run.job().stop();
        untilOver(run);

        assertEquals(1, calls("StopDeployment"));
        assertEquals("Stopped", run.last().status());
        assertEquals("MANUAL_STOP", run.last().errorCode());
        assertTrue(run.result().stoppedByHand());
        assertTrue(run.console().lines().contains("Stopping " + run.id()));
    }

    @Test
    void anAbortWithRollbackFollowsTheRollbackAndDoesNotStopIt() {
        slow();
        deployed("1.zip");
        DeploymentRun run = deploy("2.zip").rollBackOnStop().start();
        bench.advance(45);
        run.job().stop();
        untilOver(run);

        assertEquals(1, calls("StopDeployment"));
        assertEquals(2, run.jobs().size());
        DeploymentResult result = run.result();
        assertEquals("Stopped", result.getStatus());
        assertEquals("Succeeded", result.getRollbackStatus());
        assertTrue(
                result.summary().startsWith("web to dev was stopped, rolled back to s3://artifacts/1.zip: "),
                result.summary());
    }

    @Test
    void anAbortDuringARollbackLetsItComeToItsEnd() {
        GroupSpec group = slow(it -> it.autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("i-1", "Install", Diagnostics.unknownError("disk full"));
        DeploymentRun run = deploy("2.zip").start();
        bench.advanceUntil(() -> run.console().lines().stream().anyMatch(it -> it.startsWith("AWS rolls back")), LONG);
        run.job().stop();
        untilOver(run);

        assertEquals(0, calls("StopDeployment"));
        assertEquals("Succeeded", run.result().getRollbackStatus());
        assertTrue(run.console()
                .lines()
                .contains(run.last().id() + " is a rollback and is not stopped: waiting for it to end"));
    }

    @Test
    void anAbortWhileAFailureIsToldStillFollowsItsRollback() {
        GroupSpec group = slow(it -> it.autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("i-1", "Install", Diagnostics.unknownError("disk full"));
        DeploymentRun run = deploy("2.zip").start();
        bench.aws()
                .faults()
                .on("CodeDeploy.BatchGetDeploymentTargets")
                .throttle()
                .skip(8)
                .times(20);
        bench.advanceUntil(() -> run.job().status().endsWith("its log is being read"), LONG);
        run.job().stop();
        untilOver(run);

        assertEquals(2, run.jobs().size());
        assertEquals("Succeeded", run.result().getRollbackStatus());
    }

    @Test
    void aDeploymentThatIsLeftGoesOn() {
        slow();
        DeploymentRun run = deploy("1.zip").start();
        bench.advance(15);
        run.job().abandon();
        bench.advance(300);

        assertEquals("Left running in AWS: " + run.id(), run.console().lastLine());
        assertEquals(DeploymentStatus.SUCCEEDED, deployments().get(0).status());
        assertEquals(0, run.ends());
    }

    @Test
    void afterARestartEachEventIsToldOnce() {
        slow();
        DeploymentRun crashed = deploy("1.zip").start();
        bench.advance(45);
        crashed.job().abandon();
        bench.advance(20);
        DeploymentRun run = new DeploymentRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        List<String> before = crashed.console().lines().stream()
                .filter(it -> it.startsWith("i-"))
                .toList();
        List<String> after =
                run.console().lines().stream().filter(it -> it.startsWith("i-")).toList();
        assertTrue(before.size() > 2, before.toString());
        assertEquals(2 * 7 + 2, before.size() + after.size(), before + " and " + after);
        assertTrue(run.console().lines().stream().noneMatch(it -> it.startsWith("Deploying")));
        assertEquals("[i-1 Succeeded, i-2 Succeeded]", run.result().getTargets().toString());
    }

    @Test
    void aRestartDuringARollbackStillKnowsWhyItFailed() {
        GroupSpec group = slow(it -> it.autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("i-1", "Install", Diagnostics.unknownError("disk full"));
        DeploymentRun crashed = deploy("2.zip").start();
        bench.advanceUntil(
                () -> crashed.console().lines().stream().anyMatch(it -> it.startsWith("AWS rolls back")), LONG);
        crashed.job().abandon();
        DeploymentRun run = new DeploymentRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertEquals("i-1: Install failed: UnknownError disk full", run.result().getCause());
        assertEquals("Succeeded", run.result().getRollbackStatus());
        assertTrue(run.console().lines().stream().noneMatch(it -> it.startsWith("i-1: Install failed")));
    }

    @Test
    void aFailureIsNoSuccessThoughNobodyWaitsForItsRollback() {
        GroupSpec group = slow(it -> it.autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("i-1", "ApplicationStop", Diagnostics.unknownError("disk full"));
        DeploymentRun started = deploy("2.zip").start();
        bench.advanceUntil(() -> deployments().stream().anyMatch(it -> it.status() == DeploymentStatus.FAILED), LONG);
        started.job().abandon();
        DeploymentInfo failed = CodeDeployService.client(bench.session())
                .getDeployment(get -> get.deploymentId(started.id()))
                .deploymentInfo()
                .toBuilder()
                .rollbackInfo((RollbackInfo) null)
                .build();
        DeploymentSnapshot now = DeploymentSnapshot.of(failed, false);

        assertTrue(now.successorDue(), "its rollback is yet to come");
        assertNotNull(new DeploymentResult(List.of(now), List.of(), "", new DeploymentRequest(Map.of())).getCause());
    }

    @Test
    void aRollbackThatIsUnderWayHasNotFailed() {
        GroupSpec group = slow(it -> it.autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("i-1", "Install", Diagnostics.unknownError("disk full"));
        DeploymentRun before = deploy("2.zip").start();
        bench.advanceUntil(
                () -> before.console().lines().stream().anyMatch(it -> it.startsWith("AWS rolls back")), LONG);
        before.job().abandon();
        DeploymentRun run =
                new DeploymentRun(bench).after(before).with("wait", "false").resume(before.id());
        untilOver(run);

        assertTrue(
                run.result().summary().contains(", rollback " + run.last().id() + " is InProgress: "),
                run.result().summary());
    }

    @Test
    void aDeploymentIsOnlyStartedWhenNobodyWaitsForItsEnd() {
        slow();
        DeploymentRun run = deploy("1.zip").with("wait", false).start();
        bench.advance(5);

        assertTrue(run.isOver());
        assertNull(run.result().getCause());
        assertEquals(run.id(), run.result().getId());
        bench.advance(300);
        assertEquals(DeploymentStatus.SUCCEEDED, deployments().get(0).status());
    }
}

package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Dialect;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollback that AWS names later than the end of what it undoes, whatever the clocks show. */
class LateRollbackTest extends SteppedDeployments {

    private GroupSpec rollingBack() {
        return group(it -> it.instances("i-1").autoRollback("DEPLOYMENT_FAILURE"));
    }

    private DeploymentRun failing(GroupSpec group) {
        deployed("1.zip");
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        return deploy("2.zip");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, -5, 0, 5, 60})
    void itIsFollowedWhateverThisMachinesClockShows(long minutesAheadOfAws) {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        bench.setClock(Duration.ofMinutes(minutesAheadOfAws));
        DeploymentRun run = failing(rollingBack()).start();
        untilOver(run);

        assertEquals("Succeeded", run.result().getRollbackStatus());
        assertTrue(run.result().summary().startsWith("web to dev failed, rolled back to s3://artifacts/1.zip: "));
    }

    @Test
    void itIsFollowedIfAMessageIsThereBeforeItsName() {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE, Dialect.ROLLBACK_ANNOUNCED));
        DeploymentRun run = failing(rollingBack()).start();
        untilOver(run);
        assertEquals("Succeeded", run.result().getRollbackStatus());
    }

    @Test
    void itIsFollowedWithoutATimeOfTheEnd() {
        bench.aws().codeDeploy().speak(EnumSet.allOf(Dialect.class));
        DeploymentRun run = failing(rollingBack()).start();
        untilOver(run);
        assertEquals("Succeeded", run.result().getRollbackStatus());
    }

    @Test
    void itIsFollowedAfterARestartInBetween() {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        DeploymentRun crashed = failing(rollingBack()).start();
        bench.advanceUntil(
                () -> crashed.console().lines().stream().anyMatch(it -> it.contains("ended with status Failed")), LONG);
        crashed.job().abandon();
        DeploymentRun run = new DeploymentRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertEquals("Succeeded", run.result().getRollbackStatus());
        assertTrue(
                run.console().lines().stream().noneMatch(it -> it.contains("ended with status Failed")), "Told twice");
    }

    @Test
    void anAbortInBetweenStillFollowsIt() {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        DeploymentRun run = failing(rollingBack()).start();
        bench.advanceUntil(
                () -> run.console().lines().stream().anyMatch(it -> it.contains("ended with status Failed")), LONG);
        run.job().stop();
        untilOver(run);
        assertEquals("Succeeded", run.result().getRollbackStatus());
        assertEquals(0, calls("StopDeployment"));
    }

    @Test
    void whereThereIsNothingToRollBackToAwsSaysSo() {
        GroupSpec group = rollingBack();
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        assertNull(run.result().getRollbackId());
        assertTrue(
                run.console().lastLine().startsWith("No previous successful deployment"),
                run.console().lastLine());
        assertEquals(
                1,
                run.console().lines().stream()
                        .filter(it -> it.startsWith("No previous successful deployment"))
                        .count());
    }

    /** What came between a failure and its rollback would be rolled back in its place. */
    @Test
    void theNextOneWaitsForARollbackThatIsNotNamedYet() {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        GroupSpec group = rollingBack();
        DeploymentRun failing = failing(group).start();
        bench.advance(2);
        DeploymentRun next =
                deploy("3.zip").turn("web #9", bench.now().toEpochMilli() + 9).start();
        bench.advanceUntil(() -> failing.isOver() && next.isOver(), LONG);

        List<String> newestFirst = deployments().stream().map(it -> it.id()).toList();
        assertEquals(next.id(), newestFirst.get(0));
        assertEquals(failing.result().getRollbackId(), newestFirst.get(1));
        assertEquals("Succeeded", next.last().status());
        assertEquals("Succeeded", failing.result().getRollbackStatus());
    }

    /** Nobody has seen it while it was active. */
    @Test
    void theNextOneWaitsForTheRollbackOfWhatHadFailedWhenItWasFirstSeen() {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        DeploymentRun failing = failing(rollingBack());
        bench.aws().faults().on("CodeDeploy.BatchGetDeployments").error(503);
        failing.start();
        bench.advanceUntil(
                () -> deployments().size() == 2 && deployments().get(0).complete(), LONG);
        bench.aws().faults().clear();
        bench.advanceUntil(
                () -> failing.console().lines().stream().anyMatch(it -> it.contains("ended with status Failed")), LONG);
        DeploymentRun next =
                deploy("3.zip").turn("web #9", bench.now().toEpochMilli() + 9).start();
        bench.advanceUntil(() -> failing.isOver() && next.isOver(), LONG);

        List<String> newestFirst = deployments().stream().map(it -> it.id()).toList();
        assertEquals(next.id(), newestFirst.get(0));
        assertEquals(failing.result().getRollbackId(), newestFirst.get(1));
    }
}

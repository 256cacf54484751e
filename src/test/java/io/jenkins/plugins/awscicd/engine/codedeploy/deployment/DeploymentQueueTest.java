package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One deployment of a group at a time: who waits, in which order, and who steps aside. */
class DeploymentQueueTest extends SteppedDeployments {

    private final long begin = bench.now().toEpochMilli();

    /** Seven events: a deployment takes 70 s and a little. */
    private GroupSpec slow() {
        return slow(it -> it);
    }

    private GroupSpec slow(UnaryOperator<GroupSpec> details) {
        GroupSpec spec = group(it -> details.apply(it.instances("i-1")));
        spec.simulation().events(Duration.ofSeconds(10));
        return spec;
    }

    /** In AWS, oldest first. */
    private List<String> inOrder() {
        List<String> ids =
                new ArrayList<>(deployments().stream().map(it -> it.id()).toList());
        Collections.reverse(ids);
        return ids;
    }

    @Test
    void waitingRunsAreDeployedInTheirOrder() {
        slow();
        DeploymentRun first = numbered(1).start();
        bench.advance(5);
        DeploymentRun third = numbered(3).start();
        bench.advance(5);
        DeploymentRun second = numbered(2).start();
        bench.advanceUntil(third::isOver, LONG);

        assertEquals(List.of(first.id(), second.id(), third.id()), inOrder());
        assertEquals(
                "Waiting for " + first.id() + " (web #1), which deploys to 'dev'",
                third.console().lines().get(0));
        assertTrue(second.isOver());
        assertEquals("Succeeded", second.last().status());
        assertTrue(calls("CreateDeployment") <= 7, calls("CreateDeployment") + " calls");
    }

    @Test
    void aRunThatIsNotFirstCostsNoCall() {
        slow();
        DeploymentRun first = numbered(1).start();
        bench.advance(5);
        DeploymentRun second = numbered(2).start();
        bench.advance(5);
        long creating = calls("CreateDeployment");
        DeploymentRun third = numbered(3).start();
        bench.advance(5);

        assertEquals(creating, calls("CreateDeployment"));
        assertEquals(
                List.of("Waiting behind web #2, whose turn it is in 'dev'"),
                third.console().lines());
        bench.advanceUntil(third::isOver, LONG);
        assertEquals(List.of(first.id(), second.id(), third.id()), inOrder());
    }

    @Test
    void theNewestWinsAndTheOlderOnesSayForWhom() {
        slow();
        DeploymentRun first = numbered(1).with("whenBusy", "newestWins").start();
        bench.advance(5);
        DeploymentRun second = numbered(2).with("whenBusy", "newestWins").start();
        bench.advance(5);
        DeploymentRun third = numbered(3).with("whenBusy", "newestWins").start();
        bench.advanceUntil(third::isOver, LONG);

        assertEquals(
                "Stepped aside for web #3, which is newer and waits as well",
                assertInstanceOf(Superseded.class, second.failure()).getMessage());
        assertEquals(List.of(first.id(), third.id()), inOrder());
        assertEquals("Succeeded", first.last().status());
        assertEquals("Succeeded", third.last().status());
    }

    @Test
    void aRunNeverOvertakesANewerOneThatWasDeployedAlready() {
        slow();
        DeploymentRun newer = numbered(5).start();
        untilOver(newer);
        DeploymentRun older = numbered(4).with("whenBusy", "newestWins").start();
        untilOver(older);

        assertEquals(
                "Stepped aside for web #5, which is newer and was deployed first (" + newer.id() + ")",
                assertInstanceOf(Superseded.class, older.failure()).getMessage());
        assertEquals(1, deployments().size());
    }

    /** Whoever has left a deployment does not hear of its end. */
    @ParameterizedTest
    @ValueSource(strings = {"left", "not waited for"})
    void whatNobodyWatchedToItsEndIsInNobodysWayAfterIt(String how) {
        slow();
        DeploymentRun first = numbered(1);
        if (how.equals("not waited for")) {
            first.with("wait", false).start();
            untilOver(first);
        } else {
            first.start();
            bench.advance(5);
            first.job().abandon();
        }
        bench.advance(200);
        assertTrue(deployments().get(0).complete());
        DeploymentRun second = numbered(2).with("whenBusy", "fail").start();
        untilOver(second);

        assertEquals("Succeeded", second.last().status());
    }

    @Test
    void aBusyGroupFailsTheRunThatAskedForThat() {
        slow();
        DeploymentRun first = numbered(1).start();
        bench.advance(5);
        DeploymentRun second = numbered(2).with("whenBusy", "fail").start();
        bench.advance(5);

        assertTrue(
                second.failure().getMessage().startsWith("whenBusy: "),
                second.failure().getMessage());
        assertTrue(
                second.failure().getMessage().contains("'" + first.id() + "'; wait for it"),
                second.failure().getMessage());
        untilOver(first);
        assertEquals("Succeeded", first.last().status());
    }

    @Test
    void aRunThatIsAbortedWhileItWaitsMakesRoomAtOnce() {
        slow();
        DeploymentRun first = numbered(1).start();
        bench.advance(5);
        DeploymentRun second = numbered(2).start();
        DeploymentRun third = numbered(3).start();
        bench.advance(5);
        second.job().stop();
        bench.advance(1);

        assertInstanceOf(CancellationException.class, second.failure());
        assertFalse(first.isOver());
        bench.advanceUntil(third::isOver, LONG);
        assertEquals(List.of(first.id(), third.id()), inOrder());
    }

    @Test
    void aRollbackIsWaitedForAsWell() {
        GroupSpec group = slow(it -> it.autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        DeploymentRun failing = numbered(1).start();
        bench.advance(5);
        DeploymentRun next = numbered(2).start();
        bench.advanceUntil(next::isOver, LONG);

        assertEquals("Succeeded", next.last().status());
        assertEquals(
                List.of(failing.id(), failing.last().id(), next.id()), inOrder().subList(1, 4));
        assertTrue(
                next.console().lines().stream().anyMatch(line -> line.endsWith("to undo " + failing.id())),
                next.console().lines().toString());
    }

    @Test
    void aRunThatIsDeployedDoesNotStepAsideAfterARestart() {
        slow();
        DeploymentRun crashed = numbered(1).with("whenBusy", "newestWins").start();
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon(); // its id was never written
        DeploymentRun newer = numbered(2).with("whenBusy", "newestWins").start();
        bench.advance(5);
        DeploymentRun again = new DeploymentRun(bench).after(crashed).start();
        bench.advanceUntil(newer::isOver, LONG);

        assertNull(again.failure());
        assertEquals(List.of(crashed.id()), again.startedIds());
        assertEquals("Succeeded", again.last().status());
        assertEquals(List.of(again.id(), newer.id()), inOrder());
    }

    @Test
    void oneThatBecomesUnwantedAsItJoinsIsInNobodysWay() {
        slow();
        DeploymentRequest request = new DeploymentRequest(
                Map.of("application", "web", "deploymentGroup", "dev", "revision", "s3://artifacts/1.zip"));
        JobStarter starter = bench.codeDeploy()
                .starter(
                        bench.session(),
                        request,
                        new Turn("web #1", begin),
                        UUID.randomUUID().toString(),
                        bench.now(),
                        false,
                        Journal.NONE,
                        new RecordedConsole(),
                        Gate.OPEN);
        var started = starter.start(() -> {
            starter.unwanted(); // on another thread, right after this one has asked
            bench.advance(0);
            return true;
        });
        assertTrue(started.isCompletedExceptionally());
        DeploymentRun next = numbered(2).start();
        untilOver(next);

        assertEquals("Succeeded", next.last().status());
    }

    @Test
    void theActiveDeploymentIsToldFromAGroupThatIsCalledLikeOne() {
        assertEquals(
                "d-ABCDEF123",
                new GroupBusy("The Deployment Group 'web-d-EU' already has an active Deployment 'd-ABCDEF123'")
                        .blocking());
    }

    @Test
    void aWaitingRunGoesOnAfterARestart() {
        slow();
        DeploymentRun first = numbered(1).start();
        bench.advance(5);
        DeploymentRun crashed = numbered(2).start();
        bench.advance(5);
        crashed.job().abandon();
        DeploymentRun again = new DeploymentRun(bench).after(crashed).start();
        bench.advanceUntil(again::isOver, LONG);

        assertEquals(List.of(first.id(), again.id()), inOrder());
    }

    @Test
    void aThrottledRunThatIsOutdatedInTheMeantimeIsNotDeployed() {
        slow();
        bench.aws().faults().on("CodeDeploy.CreateDeployment").throttle().times(4);
        DeploymentRun older = numbered(1).with("whenBusy", "newestWins").start();
        bench.advance(Duration.ofMillis(50));
        assertEquals(0, deployments().size());
        DeploymentRun newer = numbered(2).with("whenBusy", "newestWins").start();
        bench.advanceUntil(newer::isOver, LONG);

        assertInstanceOf(Superseded.class, older.failure());
        assertEquals(List.of(newer.id()), inOrder());
    }

    /** A wait may be longer than the guards' hours allow. */
    @Test
    void guardsAreAskedAgainAfterEachWait() {
        slow();
        numbered(1).start();
        bench.advance(5);
        boolean[] closed = {false};
        int[] asked = {0};
        DeploymentRun late = numbered(2).behind((application, group, revision) -> {
            asked[0]++;
            if (closed[0]) {
                throw new Refused("closed");
            }
        });
        late.start();
        bench.advance(5);
        assertEquals(1, asked[0]);
        closed[0] = true;
        untilOver(late);

        assertEquals("closed", late.failure().getMessage());
        assertEquals(2, asked[0]);
        assertEquals(1, deployments().size());
    }
}

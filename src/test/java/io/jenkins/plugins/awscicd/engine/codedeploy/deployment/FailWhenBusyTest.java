package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code whenBusy: 'fail'} beside steps that wait for the same group. */
class FailWhenBusyTest extends SteppedDeployments {

    /** AWS would take it, as nothing is deployed there at that moment. */
    @Test
    void itDoesNotSlipPastAnOlderOneThatWaitsForARollback() {
        GroupSpec group = group(it -> it.instances("i-1").autoRollback("DEPLOYMENT_FAILURE"));
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        DeploymentRun failing = numbered(1).start();
        bench.advanceUntil(() -> deployments().get(0).complete(), LONG);
        bench.advance(45);
        DeploymentRun waiting = numbered(2).start();
        untilOver(failing);
        assertTrue(
                waiting.console()
                        .lines()
                        .contains("Waiting for AWS to roll back " + failing.id()
                                + " (web #1), which has failed in 'dev'"),
                waiting.console().lines().toString());
        DeploymentRun impatient = numbered(3).with("whenBusy", "fail").start();
        untilOver(impatient);
        untilOver(waiting);

        assertEquals(
                "whenBusy: it is the turn of web #2 in 'dev'; wait for it with whenBusy: 'wait', or try again later",
                impatient.failure().getMessage());
        assertEquals("Succeeded", waiting.last().status());
        assertEquals(2, deployments().size());
    }

    /** What AWS is asked for at that moment is not given up for one that comes before it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20, 100})
    void whatIsCreatedIsFollowedThoughAnOlderOneComes(int milliseconds) {
        group(it -> it.instances("i-1"));
        DeploymentRun impatient = numbered(2).with("whenBusy", "fail").start();
        bench.advance(Duration.ofMillis(milliseconds));
        DeploymentRun older = numbered(1).start();
        untilOver(impatient);
        untilOver(older);

        assertEquals("Succeeded", older.last().status());
        if (deployments().size() == 1) {
            assertNotNull(impatient.failure(), "it is the turn of the older one");
        } else {
            assertEquals("Succeeded", impatient.last().status());
        }
    }

    /** Its call is refused for the time being when an older one comes: it does not go on to be made before that. */
    @Test
    void itGivesUpForAnOlderOneWhileItsCallIsThrottled() {
        group(it -> it.instances("i-1"));
        bench.aws().faults().on("CodeDeploy.CreateDeployment").throttle();
        DeploymentRun impatient = numbered(2).with("whenBusy", "fail").start();
        bench.advanceUntil(() -> calls("CreateDeployment") >= 3, LONG);
        DeploymentRun older = numbered(1).start();
        untilOver(impatient);
        bench.aws().faults().clear();
        untilOver(older);

        assertEquals(
                "whenBusy: it is the turn of web #1 in 'dev'; wait for it with whenBusy: 'wait', or try again later",
                impatient.failure().getMessage());
        assertEquals("Succeeded", older.last().status());
        assertEquals(1, deployments().size());
    }
}

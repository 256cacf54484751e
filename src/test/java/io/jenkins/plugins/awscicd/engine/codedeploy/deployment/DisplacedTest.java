package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that line up behind others, and before whom older ones come. */
class DisplacedTest extends SteppedDeployments {

    /** The older one steps aside at once: the newest does not wait behind it. */
    @Test
    void theNewestDoesNotSayThatItWaitsForOneThatStepsAside() {
        group(it -> it.instances("i-1", "i-2", "i-3"));
        DeploymentRun active = numbered(1).start();
        bench.advance(Duration.ofMillis(500));
        DeploymentRun newest = numbered(9).with("whenBusy", "newestWins").start();
        bench.advance(2);
        for (int i = 2; i < 5; i++) {
            DeploymentRun older = numbered(i).with("whenBusy", "newestWins").start();
            bench.advance(2);
            assertTrue(older.failure() instanceof Superseded, () -> older.failure() + "");
        }
        untilOver(newest);
        List<String> lines = newest.console().lines();
        assertEquals(
                List.of(),
                lines.stream().filter(it -> it.startsWith("Waiting behind")).toList(),
                lines::toString);
    }

    /** After a restart both come back: one of them is to deploy. */
    @Test
    void oneOfTwoDeploysAfterARestart() {
        group(it -> it.instances("i-1"));
        bench.aws().faults().on("CodeDeploy.CreateDeployment").throttle();
        DeploymentRun crashed = numbered(2).with("whenBusy", "fail").start();
        bench.advanceUntil(() -> calls("CreateDeployment") >= 2, LONG);
        crashed.job().abandon();
        bench.aws().faults().clear();
        DeploymentRun again = new DeploymentRun(bench).after(crashed).start();
        bench.advance(5);
        DeploymentRun older = numbered(1).with("whenBusy", "newestWins").start();
        untilOver(older);
        untilOver(again);
        assertEquals(1, deployments().size(), () -> older.failure() + " / " + again.failure());
    }

    /** It goes on with its call, and is deployed first. */
    @Test
    void oneThatIsDeployedFirstDoesNotSayThatItWaits() {
        group(it -> it.instances("i-1"));
        bench.aws().faults().on("CodeDeploy.CreateDeployment").throttle();
        DeploymentRun newer = numbered(2).start();
        bench.advanceUntil(() -> calls("CreateDeployment") >= 2, LONG);
        DeploymentRun older = numbered(1).start();
        bench.advance(Duration.ofMillis(100));
        bench.aws().faults().clear();
        untilOver(newer);
        untilOver(older);
        List<String> lines = newer.console().lines();
        assertEquals(newer.id(), deployments().get(1).id(), "deployed first");
        assertEquals(
                List.of(),
                lines.stream().filter(it -> it.startsWith("Waiting behind")).toList(),
                lines::toString);
    }
}

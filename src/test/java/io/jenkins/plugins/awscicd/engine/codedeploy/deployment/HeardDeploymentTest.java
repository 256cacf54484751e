package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.events.SteppedPoller;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployments of which AWS's events tell: they change how soon an end is noticed, and how often it is looked. */
class HeardDeploymentTest extends SteppedDeployments {

    @BeforeEach
    void hear() {
        SteppedPoller.hear(bench, "codedeploy");
        group(it -> it.instances("i-1", "i-2")).simulation().events(Duration.ofMinutes(2));
    }

    private Duration delay(DeploymentRun run) {
        return Duration.between(deployments().get(0).completeTime(), run.overAt());
    }

    @Test
    void anEndIsNoticedAtOnceAndSeldomLookedFor() {
        DeploymentRun first = deploy("1.zip").start();
        untilOver(first);
        long polled = calls("BatchGetDeployments");
        DeploymentRun run = deploy("2.zip").start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertTrue(delay(run).compareTo(Duration.ofMillis(500)) <= 0, "Delay: " + delay(run));
        long heard = calls("BatchGetDeployments") - polled;
        assertTrue(heard * 4 <= polled, heard + " looks instead of " + polled);
    }

    @Test
    void lostAndDoubledEventsChangeNothingButTime() {
        deployed("1.zip");
        bench.aws().events().weather(new Weather(Duration.ofSeconds(1), Duration.ofSeconds(20), 0, 1));
        deployed("2.zip");
        bench.aws().events().weather(Weather.SILENT);
        DeploymentRun run = deploy("3.zip").start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertTrue(delay(run).compareTo(Duration.ofSeconds(66)) <= 0, "Delay: " + delay(run));
    }
}

package io.jenkins.plugins.awscicd.engine.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deployments that wait to be continued, and traffic that is shifted. */
class BlueGreenTest extends SteppedDeployments {

    private void blueGreen() {
        group(it ->
                it.instances("i-1", "i-2").blueGreen().stopUnlessContinued(60).terminateAfter(30));
    }

    private DeploymentRun goOn(DeploymentRun with) {
        return new DeploymentRun(bench).with("continueAfterReady", with.result());
    }

    @Test
    void aDeploymentThatIsReadyIsContinuedByAnotherStep() {
        blueGreen();
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        assertEquals("Ready", deploying.result().getStatus());
        assertTrue(deploying.result().getWaiting());
        assertEquals(
                "Ready: the replacement waits for its traffic",
                deploying.console().lastLine());
        long looks = calls("ListDeploymentTargets");
        bench.advance(Duration.ofMinutes(10));
        assertEquals(looks, calls("ListDeploymentTargets"), "Looked at after the step was over");

        DeploymentRun going = goOn(deploying).start();
        bench.advanceUntil(
                () -> going.console().lines().contains("The traffic is shifted; the original waits for its end"), LONG);
        assertFalse(going.isOver());
        bench.advanceUntil(going::isOver, Duration.ofHours(1));

        assertEquals("Succeeded", going.last().status());
        assertEquals(List.of(deploying.id()), going.startedIds());
        assertEquals(1, calls("ContinueDeployment"));
        List<String> lines = going.console().lines();
        assertTrue(lines.get(0).startsWith("Going on with web to dev"), lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.contains("DownloadBundle")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.contains("AllowTraffic")), lines.toString());
    }

    @Test
    void theEndOfTheOriginalCanBeWaitedForAndContinuedAsWell() {
        blueGreen();
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        DeploymentRun shifting = goOn(deploying).with("wait", "ready").start();
        untilOver(shifting);
        assertTrue(shifting.last().terminationWait());
        assertTrue(shifting.result().getWaiting());

        DeploymentRun ending = goOn(shifting).with("wait", "ready").start();
        bench.advanceUntil(ending::isOver, Duration.ofMinutes(5));
        assertEquals("Succeeded", ending.last().status());
        assertEquals(2, calls("ContinueDeployment"));
        List<String> ends = ending.console().lines().stream()
                .filter(line -> line.contains(" succeeded in "))
                .toList();
        assertEquals(List.of(ending.console().lastLine()), ends, "The targets' ends were told before");
    }

    @Test
    void oneThatIsNotContinuedInTimeIsNoSuccess() {
        blueGreen();
        DeploymentRun run = deploy("1.zip").start();
        bench.advanceUntil(run::isOver, Duration.ofHours(2));

        assertEquals("Stopped", run.last().status());
        assertTrue(
                run.result().summary().startsWith("web to dev was stopped: "),
                run.result().summary());
    }

    @Test
    void aContinuationAfterARestartContinuesNothingTwice() {
        blueGreen();
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        DeploymentRun crashed = goOn(deploying).start();
        bench.advance(2);
        crashed.job().abandon();
        bench.advance(60); // it waits for the end of the original by now
        DeploymentRun going = new DeploymentRun(bench).after(crashed).start();
        bench.advance(Duration.ofMinutes(20));
        assertFalse(going.isOver());
        bench.advanceUntil(going::isOver, Duration.ofHours(1));

        assertEquals("Succeeded", going.last().status());
        assertEquals(1, calls("ContinueDeployment"));
    }

    @Test
    void trafficThatIsShiftedToALambdaFunctionIsTold() {
        bench.aws()
                .codeDeploy()
                .group(GroupSpec.lambda("web", "dev").config("CodeDeployDefault.LambdaLinear10PercentEvery1Minute"));
        DeploymentRun run = deploy("1.zip")
                .with("revision", java.util.Map.of("appSpec", """
                        version: 0.0
                        Resources:
                          - web:
                              Type: AWS::Lambda::Function
                              Properties:
                                Name: web
                                Alias: live
                                CurrentVersion: 1
                                TargetVersion: 2
                        """))
                .start();
        bench.advanceUntil(run::isOver, Duration.ofMinutes(30));

        List<String> lines = run.console().lines();
        assertEquals("Succeeded", run.last().status(), lines.toString());
        assertTrue(
                lines.stream().anyMatch(line -> line.endsWith("10 % of the traffic goes to version 2")),
                lines.toString());
        assertTrue(
                lines.stream().anyMatch(line -> line.endsWith("100 % of the traffic goes to version 2")),
                lines.toString());
        assertEquals("inline AppSpec", run.result().getRevision().getLocation());
    }
}

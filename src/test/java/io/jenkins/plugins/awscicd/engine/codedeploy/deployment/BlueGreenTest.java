package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
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
                "Ready: the replacement waits for traffic", deploying.console().lastLine());
        long looks = calls("ListDeploymentTargets");
        bench.advance(Duration.ofMinutes(10));
        assertEquals(looks, calls("ListDeploymentTargets"), "Looked at after the step was over");

        DeploymentRun going = goOn(deploying).start();
        bench.advanceUntil(
                () -> going.console().lines().contains("The traffic is shifted; the original waits for termination"),
                LONG);
        assertFalse(going.isOver());
        bench.advanceUntil(going::isOver, Duration.ofHours(1));

        assertEquals("Succeeded", going.last().status());
        assertEquals(List.of(deploying.id()), going.startedIds());
        assertEquals(1, calls("ContinueDeployment"));
        List<String> lines = going.console().lines();
        assertTrue(lines.get(0).startsWith("Continuing web to dev"), lines.toString());
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

        assertEquals("TERMINATION_WAIT", shifting.result().getWaitType());

        DeploymentRun ending = goOn(shifting)
                .with("waitType", "TERMINATION_WAIT")
                .with("wait", "ready")
                .start();
        bench.advanceUntil(ending::isOver, Duration.ofMinutes(5));
        assertEquals("Succeeded", ending.last().status());
        assertEquals(2, calls("ContinueDeployment"));
        List<String> ends = ending.console().lines().stream()
                .filter(line -> line.contains(" succeeded in "))
                .toList();
        assertEquals(List.of(ending.console().lastLine()), ends, "The targets' ends were told before");
    }

    /** As the documentation's example has it: nobody has said that the original may be ended. */
    @Test
    void whereTheGroupShiftsByItselfTheWayBackIsNotEnded() {
        group(it -> it.instances("i-1", "i-2").blueGreen().terminateAfter(30));
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        assertEquals("TERMINATION_WAIT", deploying.result().getWaitType());
        assertEquals(
                "web to dev is shifted, and the original waits for termination",
                deploying.result().summary());

        DeploymentRun going = goOn(deploying).start();
        bench.advance(Duration.ofMinutes(25));
        assertFalse(going.isOver());
        assertEquals(0, calls("ContinueDeployment"));
        assertEquals(
                deploying.id()
                        + " is no longer in its READY_WAIT and is only watched; its TERMINATION_WAIT ends"
                        + " with waitType: 'TERMINATION_WAIT'",
                going.console().lines().get(0));
        bench.advanceUntil(going::isOver, Duration.ofMinutes(10));
        assertEquals("Succeeded", going.last().status());
    }

    @Test
    void aStepCanWaitUntilTheTrafficIsShifted() {
        blueGreen();
        DeploymentRun run = deploy("1.zip").with("wait", "shifted").start();
        bench.advance(Duration.ofMinutes(5));
        assertFalse(run.isOver(), "It is only ready");
        goOn(ready(run)).with("wait", "false").start();
        bench.advanceUntil(run::isOver, Duration.ofMinutes(2));
        assertEquals("TERMINATION_WAIT", run.result().getWaitType());
    }

    /** A step's view of what another one deploys. */
    private DeploymentRun ready(DeploymentRun deploying) {
        DeploymentRun look = new DeploymentRun(bench)
                .with("watch", deploying.id())
                .with("wait", "ready")
                .start();
        untilOver(look);
        assertEquals("READY_WAIT", look.result().getWaitType());
        return look;
    }

    @Test
    void whatWaitsIsStoppedByAnotherStep() {
        blueGreen();
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        DeploymentRun stop =
                new DeploymentRun(bench).with("stop", deploying.result()).start();
        untilOver(stop);

        assertEquals("Stopped", stop.result().getStatus());
        assertNull(stop.result().getCause(), "It was to be stopped");
        assertEquals("web to dev is Stopped", stop.result().summary());
        assertTrue(
                stop.console().lines().get(0).startsWith("Ending web to dev"),
                stop.console().lines().toString());
        assertEquals(1, calls("StopDeployment"));
        DeploymentRun next = deploy("2.zip").with("wait", "ready").start();
        bench.advanceUntil(next::isOver, Duration.ofMinutes(2));
        assertEquals("READY_WAIT", next.result().getWaitType(), "The group is free");
    }

    @Test
    void whatIsStoppedCanBeRolledBackAsWell() {
        blueGreen();
        DeploymentRun first = deploy("1.zip").with("wait", "ready").start();
        untilOver(first);
        DeploymentRun going = goOn(first).start();
        bench.advanceUntil(going::isOver, Duration.ofHours(1));
        DeploymentRun second = deploy("2.zip").with("wait", "ready").start();
        untilOver(second);
        DeploymentRun stop = new DeploymentRun(bench)
                .with("stop", second.result())
                .with("rollBack", true)
                .start();
        bench.advanceUntil(() -> calls("StopDeployment") == 1 && deployments().size() == 3, LONG);
        bench.advance(30);
        DeploymentRun rolling = new DeploymentRun(bench)
                .with("continueAfterReady", deployments().get(0).id())
                .start();
        bench.advanceUntil(() -> stop.isOver() && rolling.isOver(), Duration.ofHours(1));
        assertEquals("Succeeded", stop.result().getRollbackStatus());
        assertNull(stop.result().getCause());
    }

    @Test
    void aStopThatComesTooLateSaysSo() {
        group(it -> it.instances("i-1"));
        DeploymentRun deploying = deploy("1.zip").start();
        untilOver(deploying);
        DeploymentRun stop =
                new DeploymentRun(bench).with("stop", deploying.id()).start();
        untilOver(stop);

        assertEquals(
                "it could not be stopped, because it was Succeeded by then",
                stop.result().getCause());
        assertEquals(
                "web to dev went on: it could not be stopped, because it was Succeeded by then",
                stop.result().summary());
        assertEquals(0, calls("StopDeployment"));
    }

    @Test
    void aStopIsRepeatedAfterARestart() {
        blueGreen();
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        DeploymentRun crashed =
                new DeploymentRun(bench).with("stop", deploying.id()).start();
        bench.advance(Duration.ofMillis(10));
        crashed.job().abandon();
        DeploymentRun again = new DeploymentRun(bench).after(crashed).start();
        untilOver(again);
        assertEquals("Stopped", again.result().getStatus());
        assertNull(again.result().getCause());
    }

    @Test
    void guardsAreAskedBeforeAStop() {
        blueGreen();
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        DeploymentRun stop = new DeploymentRun(bench)
                .with("stop", deploying.id())
                .behind((application, group, revision) -> {
                    throw new Refused(application + " " + group + " " + revision);
                })
                .start();
        untilOver(stop);
        assertEquals("web dev s3://artifacts/1.zip", stop.failure().getMessage());
        assertEquals(0, calls("StopDeployment"));
    }

    @Test
    void anotherOnesDeploymentIsToldFromItsBeginning() {
        group(it -> it.instances("i-1")).simulation().events(Duration.ofSeconds(10));
        DeploymentRun deploying = deploy("1.zip").with("wait", false).start();
        bench.advance(30);
        DeploymentRun watching =
                new DeploymentRun(bench).with("watch", deploying.id()).start();
        untilOver(watching);

        List<String> lines = watching.console().lines();
        assertTrue(lines.get(0).startsWith("Watching web to dev"), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("i-1  ApplicationStop")), lines.toString());
        assertEquals("Succeeded", watching.result().getStatus());
        assertEquals(1, deployments().size());
    }

    @Test
    void whatIsWatchedMayNotBeThere() {
        group(it -> it);
        DeploymentRun watching =
                new DeploymentRun(bench).with("watch", "d-ABCDEF123").start();
        untilOver(watching);
        assertTrue(
                watching.failure().getMessage().contains("d-ABCDEF123 in eu-west-1: AWS no longer knows it"),
                watching.failure().getMessage());
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

package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.Revision;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Dialect;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Deployments to ECS and Lambda, in the ways in which AWS may tell of them. */
class ShiftedTrafficTest extends SteppedDeployments {

    private static final String WAITS = "The traffic is shifted; the original waits for termination";
    private static final String ECS = """
            version: 0.0
            Resources:
              - TargetService:
                  Type: AWS::ECS::Service
                  Properties:
                    TaskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:2"
                    LoadBalancerInfo:
                      ContainerName: web
                      ContainerPort: 80
            """;
    private static final String LAMBDA = """
            version: 0.0
            Resources:
              - web:
                  Type: AWS::Lambda::Function
                  Properties:
                    Name: web
                    Alias: live
                    CurrentVersion: 1
                    TargetVersion: 2
            """;

    static Stream<Set<Dialect>> dialects() {
        List<Set<Dialect>> all = new ArrayList<>(List.of(EnumSet.noneOf(Dialect.class), EnumSet.allOf(Dialect.class)));
        for (Dialect one : Dialect.values()) {
            all.add(EnumSet.of(one));
        }
        return all.stream();
    }

    private GroupSpec ecs(int terminateAfterMinutes) {
        GroupSpec spec = GroupSpec.ecs("web", "dev", "shop", "web").terminateAfter(terminateAfterMinutes);
        bench.aws().codeDeploy().group(spec);
        return spec;
    }

    private GroupSpec lambda() {
        GroupSpec spec = GroupSpec.lambda("web", "dev").config("CodeDeployDefault.LambdaCanary10Percent5Minutes");
        bench.aws().codeDeploy().group(spec);
        return spec;
    }

    private DeploymentRun shift(String appSpec) {
        return deploy("1.zip").with("revision", Map.of("appSpec", appSpec));
    }

    private DeploymentRun earlier(String what, DeploymentRun run) {
        return new DeploymentRun(bench).with(what, run.result());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theWaitForTheEndOfTheOriginalIsSeenOnEcs(Set<Dialect> dialects) {
        bench.aws().codeDeploy().speak(dialects);
        ecs(30);
        DeploymentRun run = shift(ECS).with("wait", "shifted").start();
        bench.advanceUntil(run::isOver, Duration.ofMinutes(3));

        assertEquals("InProgress", run.result().getStatus());
        assertEquals("TERMINATION_WAIT", run.result().getWaitType());
        assertTrue(run.result().getWaiting());
        assertTrue(run.console().lines().contains(WAITS), run.console().lines().toString());
        assertEquals(
                "web to dev is shifted, and the original waits for termination",
                run.result().summary());

        DeploymentRun going = earlier("continueAfterReady", run)
                .with("waitType", "TERMINATION_WAIT")
                .start();
        bench.advanceUntil(going::isOver, Duration.ofMinutes(2));
        assertEquals("Succeeded", going.last().status());
        assertEquals(1, calls("ContinueDeployment"));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aStepThatWaitsForTheEndTellsOfTheWaitOnce(Set<Dialect> dialects) {
        bench.aws().codeDeploy().speak(dialects);
        ecs(5);
        DeploymentRun run = shift(ECS).start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertEquals(1, run.console().lines().stream().filter(WAITS::equals).count());
        assertNull(run.result().getWaitType());
    }

    @Test
    void oneThatEndsItsOriginalAtOnceHasNoWait() {
        ecs(0);
        DeploymentRun run = shift(ECS).with("wait", "shifted").start();
        untilOver(run);
        assertEquals("Succeeded", run.result().getStatus());
        assertFalse(run.console().lines().contains(WAITS));
    }

    @Test
    void afterARestartTheWaitIsKnown() {
        ecs(30);
        DeploymentRun crashed = shift(ECS).start();
        bench.advanceUntil(() -> crashed.console().lines().contains(WAITS), LONG);
        crashed.job().abandon();
        DeploymentRun run =
                new DeploymentRun(bench).after(crashed).with("wait", "shifted").resume(crashed.id());
        bench.advanceUntil(run::isOver, Duration.ofSeconds(30));

        assertEquals("TERMINATION_WAIT", run.result().getWaitType());
        assertFalse(run.console().lines().contains(WAITS), "Told before");
    }

    @Test
    void aRunningDeploymentHasNoCountsToTell() {
        ecs(5);
        DeploymentRun run = shift(ECS).start();
        bench.advance(4);
        assertTrue(
                run.console().lines().stream().noneMatch(line -> line.contains("0 of 0")),
                run.console().lines().toString());
        untilOver(run);
        assertTrue(
                run.console().lastLine().endsWith("(1 of 1 succeeded)"),
                run.console().lastLine());
        assertEquals("[shop:web Succeeded]", run.result().getTargets().toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"LAMBDA_WEIGHT_IN_PERCENT", "NO_COMPLETE_TIME"})
    void theTrafficOfAFunctionIsToldInPercent(Dialect dialect) {
        bench.aws().codeDeploy().speak(Set.of(dialect));
        lambda();
        DeploymentRun run = shift(LAMBDA).start();
        untilOver(run);
        List<String> reported = run.console().lines().stream()
                .filter(line -> line.endsWith(" of the traffic goes to version 2"))
                .toList();
        assertEquals("web:live  10 % of the traffic goes to version 2", reported.get(reported.size() - 2));
        assertEquals("web:live  100 % of the traffic goes to version 2", reported.get(reported.size() - 1));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void oneThatAnAlarmStopsSaysSoAndNotWhatWasGoingOn(Set<Dialect> dialects) {
        bench.aws().codeDeploy().speak(dialects);
        bench.aws()
                .codeDeploy()
                .group(GroupSpec.lambda("web", "alarmed")
                        .config("CodeDeployDefault.LambdaCanary10Percent5Minutes")
                        .alarms("canary-errors")
                        .autoRollback("DEPLOYMENT_STOP_ON_ALARM"));
        DeploymentRun run = shift(LAMBDA).with("deploymentGroup", "alarmed").start();
        bench.advance(30);
        bench.aws().codeDeploy().alarm("canary-errors", true);
        untilOver(run);

        DeploymentResult result = run.result();
        assertEquals("Stopped", result.getStatus());
        assertTrue(result.getCause().startsWith("ALARM_ACTIVE: One or more alarms"), result.getCause());
        assertEquals("AllowTraffic failed", result.getTargets().get(0).getCause());
        if (dialects.contains(Dialect.FIRST_NOT_ROLLED_BACK)) {
            assertNull(result.getRollbackId());
            assertTrue(
                    run.console().lines().stream().anyMatch(line -> line.startsWith("No previous successful")),
                    run.console().lines().toString());
        } else {
            assertEquals(
                    "Succeeded",
                    result.getRollbackStatus(),
                    run.console().lines().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theAppSpecOfAResultIsDeployedAgain(Set<Dialect> dialects) {
        bench.aws().codeDeploy().speak(dialects);
        lambda();
        bench.aws().codeDeploy().group(GroupSpec.lambda("web", "prod"));
        DeploymentRun dev = shift(LAMBDA).start();
        untilOver(dev);
        DeploymentRun prod = deploy("1.zip")
                .with("deploymentGroup", "prod")
                .with("revision", dev.result())
                .start();
        untilOver(prod);

        assertEquals("Succeeded", prod.last().status());
        assertEquals(dev.result().getRevision(), prod.result().getRevision());
        DeploymentRun third =
                deploy("1.zip").with("revision", prod.result().getRevision()).start();
        untilOver(third);
        assertEquals("Succeeded", third.last().status());
    }

    @Test
    void anAppSpecThatNobodyTellsIsAskedFor() {
        Revision unknown = Revision.of(software.amazon.awssdk.services.codedeploy.model.RevisionLocation.builder()
                .revisionType("AppSpecContent")
                .appSpecContent(it -> it.sha256("abc"))
                .build());
        assertEquals(
                List.of(
                        "revision: 'inline AppSpec @ abc' was given inline, and AWS does not return its content; give it again,"
                                + " as [appSpec: …]"),
                new DeploymentRequest(Map.of("application", "web", "deploymentGroup", "dev", "revision", unknown))
                        .problems());
    }
}

package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.approval.ApprovalArguments;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deployments that come to an end by themselves, and what is told of them. */
class DeploymentTest extends SteppedDeployments {

    @Test
    void whatDeploymentsUsuallyTakeSaysHowMuchIsLeft() {
        group(it -> it).simulation().events(Duration.ofMinutes(3));
        DeploymentRun run = deploy("1.zip").start();
        run.usually(Duration.ofMinutes(30));
        bench.advance(Duration.ofMinutes(3));

        assertTrue(
                run.console().lines().stream().anyMatch(line -> line.matches(".*, about 2[789] min .* left")),
                run.console().lines().toString());
    }

    @Test
    void aDeploymentIsToldWithTheEventsOfItsTargets() {
        group(it -> it.instances("i-1", "i-2").config("CodeDeployDefault.OneAtATime"));
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        List<String> lines = run.console().lines();
        assertEquals("Deploying web to dev, CodeDeployDefault.OneAtATime: " + run.id(), lines.get(0));
        assertEquals(
                "https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/" + run.id()
                        + "?region=eu-west-1",
                run.console().links().get(0));
        assertEquals("Revision s3://artifacts/1.zip", lines.get(1));
        assertTrue(lines.indexOf("i-1 succeeded in 7.0 s") < lines.indexOf("i-2 succeeded in 7.0 s"), lines.toString());
        assertTrue(lines.contains("i-1  BeforeInstall            1.0 s"), lines.toString());
        assertEquals(
                "web to dev succeeded in 15 s (2 of 2 succeeded)", run.console().lastLine());

        DeploymentResult result = run.result();
        assertEquals("Succeeded", result.getStatus());
        assertEquals(run.id(), result.getId());
        assertEquals("s3://artifacts/1.zip", String.valueOf(result.getRevision()));
        assertEquals("[i-1 Succeeded, i-2 Succeeded]", result.getTargets().toString());
        assertNull(result.getCause());
        assertNull(result.getRollbackId());
    }

    @Test
    void aFailureIsToldWithScriptLogAndAdviceAndItsCauseLast() {
        group(it -> it.instances("i-1", "i-2").config("CodeDeployDefault.OneAtATime"))
                .simulation()
                .fail(
                        "i-1",
                        "AfterInstall",
                        Diagnostics.scriptFailed("scripts/check.sh", 3, "[stdout]one\n[stderr]no such port"));
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        List<String> lines = run.console().lines();
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("i-1  AfterInstall") && line.endsWith("FAILED")));
        assertTrue(
                lines.contains("i-1: AfterInstall (scripts/check.sh) failed: ScriptFailed Script at specified location:"
                        + " scripts/check.sh failed with exit code 3"));
        assertEquals(
                List.of("    [stdout]one\n", "    [stderr]no such port\n"),
                run.console().raw());
        assertEquals("Failed", run.last().status());
        assertEquals("HEALTH_CONSTRAINTS", run.last().errorCode());

        DeploymentResult result = run.result();
        assertEquals(
                "i-1: AfterInstall (scripts/check.sh) failed: ScriptFailed Script at specified location: scripts/check.sh"
                        + " failed with exit code 3",
                result.getCause());
        assertEquals("web to dev failed: " + result.getCause(), result.summary());
        assertEquals("[i-1 Failed, i-2 Skipped]", result.getTargets().toString());
    }

    @Test
    void aRollbackIsFollowedToItsOwnEnd() {
        GroupSpec group = group(it -> it.instances("i-1").autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        DeploymentRun run = deploy("2.zip").start();
        untilOver(run);

        assertEquals(2, run.jobs().size());
        DeploymentResult result = run.result();
        assertEquals("Failed", result.getStatus());
        assertEquals("Succeeded", result.getRollbackStatus());
        assertEquals(deployments().get(0).id(), result.getRollbackId());
        assertTrue(
                result.summary().startsWith("web to dev failed, rolled back to s3://artifacts/1.zip: i-1: "),
                result.summary());
        assertEquals(1, run.startedIds().size());
    }

    @Test
    void aRollbackThatFailsIsToldAsThat() {
        GroupSpec group = group(it -> it.instances("i-1").autoRollback("DEPLOYMENT_FAILURE"));
        deployed("1.zip");
        group.simulation().fail("Install", Diagnostics.unknownError("disk full"));
        DeploymentRun run = deploy("2.zip").start();
        untilOver(run);

        DeploymentResult result = run.result();
        assertEquals("Failed", result.getRollbackStatus());
        assertTrue(
                result.summary().contains(", rollback " + result.getRollbackId() + " failed too: i-1: "),
                result.summary());
    }

    @Test
    void aFleetOfFiveHundredIsToldInAFewLinesAndCalls() {
        group(it -> it.instances(500).config("CodeDeployDefault.HalfAtATime"))
                .simulation()
                .fail("i-0000000000000007", "Install", Diagnostics.unknownError("disk full"));
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        List<String> lines = run.console().lines();
        assertTrue(lines.size() < 25, lines.toString());
        assertTrue(lines.contains("i-0000000000000007: Install failed: UnknownError disk full"), lines.toString());
        assertEquals(500, run.result().getTargets().size());
        assertEquals("Succeeded", run.last().status());
        assertTrue(calls("BatchGetDeploymentTargets") <= 3, calls("BatchGetDeploymentTargets") + " calls");
    }

    @Test
    void whatRunsInOneGroupIsDeployedToAnother() {
        group(it -> it);
        bench.aws().codeDeploy().group(GroupSpec.simulated("web", "prod"));
        DeploymentRun first = deploy("1.zip").start();
        untilOver(first);
        DeploymentRun run = deploy("2.zip")
                .with("deploymentGroup", "prod")
                .with("revision", first.result())
                .start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertEquals(first.result().getRevision(), run.result().getRevision());
    }

    @Test
    void whatWasDeployedCanBeApproved() {
        group(it -> it);
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        Map<String, Object> asked = ApprovalArguments.plain(Map.of("message", "Ship it?", "what", run.result()));
        assertEquals("deployment of web to dev", asked.get("what"));
        assertEquals("s3://artifacts/1.zip", asked.get("revision"));
        assertEquals(run.console().links().get(0), asked.get("link"));
    }

    @Test
    void noMinutePassesWithoutAWordWhileAwsWorks() {
        group(it -> it.instances("i-1", "i-2").config("CodeDeployDefault.OneAtATime"))
                .simulation()
                .events(Duration.ofMinutes(3));
        DeploymentRun run = deploy("1.zip").start();
        bench.advance(Duration.ofMinutes(2));

        assertTrue(
                run.console().lines().stream()
                        .anyMatch(line -> line.matches("0 of 2 succeeded, 1 in progress after 1 min.*; i-1 is at .*")),
                run.console().lines().toString());
    }

    @Test
    void noMinutePassesWithoutAWordOfManyTargetsEither() {
        group(it -> it.instances(40).config("CodeDeployDefault.AllAtOnce"))
                .simulation()
                .events(Duration.ofMinutes(3));
        DeploymentRun run = deploy("1.zip").start();
        bench.advance(Duration.ofMinutes(3));

        List<String> told = run.console().lines().stream()
                .filter(line -> line.startsWith("0 of 40 succeeded, 40 in progress after "))
                .toList();
        assertEquals(3, told.size(), run.console().lines().toString());
    }
}

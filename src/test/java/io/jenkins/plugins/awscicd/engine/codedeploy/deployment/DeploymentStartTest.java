package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** Deployments are created exactly once, whatever becomes of answers and the controller. */
class DeploymentStartTest extends SteppedDeployments {

    @Test
    void anAnswerThatIsLostCreatesNoSecondDeployment() {
        group(it -> it);
        bench.loseAnswerTo("CodeDeploy.CreateDeployment");
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        assertEquals(1, deployments().size());
        assertEquals(deployments().get(0).id(), run.id());
        assertEquals(1, calls("CreateDeployment"));
        assertEquals("Succeeded", run.last().status());
    }

    @Test
    void aDeploymentThatTheListDoesNotShowYetIsKnownByTheGroupThatItKeepsBusy() {
        group(it -> it);
        bench.loseAnswerTo("CodeDeploy.CreateDeployment");
        bench.aws().faults().on("CodeDeploy.ListDeployments").notYetVisible().times(1);
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        assertEquals(1, deployments().size());
        assertEquals(deployments().get(0).id(), run.id());
        assertEquals(2, calls("CreateDeployment"));
    }

    @Test
    void aRestartBeforeTheIdWasKeptFindsTheDeployment() {
        group(it -> it);
        DeploymentRun crashed = deploy("1.zip").start();
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon(); // its id was never written
        bench.advance(Duration.ofMinutes(30)); // and it has ended long ago
        DeploymentRun run = new DeploymentRun(bench).after(crashed).start();
        untilOver(run);

        assertEquals(List.of(crashed.id()), run.startedIds());
        assertEquals(1, deployments().size());
        assertEquals(1, calls("CreateDeployment"));
    }

    @Test
    void aRestartBeforeTheFirstCallCreatesTheDeployment() {
        group(it -> it);
        DeploymentRun neverCalled = deploy("1.zip");
        bench.advance(600);
        DeploymentRun run = new DeploymentRun(bench).after(neverCalled).start();
        untilOver(run);

        assertEquals(1, deployments().size());
        assertEquals("Succeeded", run.last().status());
    }

    @Test
    void anAbortBeforeTheCallCreatesNothing() {
        group(it -> it);
        DeploymentRun run = deploy("1.zip").start();
        run.job().stop();
        untilOver(run);

        assertInstanceOf(CancellationException.class, run.failure());
        assertEquals(0, deployments().size());
    }

    @Test
    void throttlingOnlyTakesTime() {
        group(it -> it);
        for (String operation : List.of(
                "CreateDeployment", "BatchGetDeployments", "ListDeploymentTargets", "BatchGetDeploymentTargets")) {
            bench.aws().faults().on("CodeDeploy." + operation).throttle().times(3);
        }
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertEquals(1, deployments().size());
    }

    @Test
    void whatAWSRefusesNamesGroupApplicationAndAction() {
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);
        assertEquals(
                AwsFault.NOT_FOUND,
                assertInstanceOf(AwsCallException.class, run.failure()).fault());
        assertTrue(
                run.failure().getMessage().endsWith(" Check its name, the region and the account."),
                run.failure().getMessage());
        assertTrue(
                run.failure()
                        .getMessage()
                        .startsWith(
                                "codedeploy:CreateDeployment failed for deployment group 'dev' of application 'web' in"
                                        + " eu-west-1: "),
                run.failure().getMessage());

        group(it -> it);
        bench.aws().faults().on("CodeDeploy.ListDeployments").accessDenied().times(1);
        DeploymentRun blind = deploy("1.zip").with("whenBusy", "newestWins").start();
        untilOver(blind);
        assertTrue(
                blind.failure().getMessage().contains("allow the IAM action codedeploy:ListDeployments"),
                blind.failure().getMessage());

        bench.aws().faults().on("CodeDeploy.CreateDeployment").accessDenied().times(1);
        DeploymentRun denied = deploy("1.zip").start();
        untilOver(denied);
        assertTrue(
                denied.failure().getMessage().contains("allow the IAM action codedeploy:CreateDeployment"),
                denied.failure().getMessage());
    }

    @Test
    void missingRightsToLookAtTargetsAreToldAndChangeNothing() {
        group(it -> it);
        bench.aws().faults().on("CodeDeploy.ListDeploymentTargets").accessDenied();
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertEquals(
                1,
                run.console().lines().stream()
                        .filter(line -> line.startsWith(
                                "The targets cannot be read: codedeploy:ListDeploymentTargets failed for " + run.id()))
                        .count(),
                run.console().lines().toString());
    }

    @Test
    void theDescriptionTellsTheRunAndKeepsWhatWasGiven() {
        group(it -> it);
        untilOver(deploy("1.zip").turn("shop/web #7", 1234567890123L).start());
        untilOver(deploy("2.zip").with("description", "for the fair").start());

        List<String> descriptions = CodeDeployService.client(bench.session())
                .batchGetDeployments(get -> get.deploymentIds(
                        deployments().stream().map(it -> it.id()).toList()))
                .deploymentsInfo()
                .stream()
                .sorted(Comparator.comparing(DeploymentInfo::createTime).reversed())
                .map(DeploymentInfo::description)
                .toList();
        assertTrue(descriptions.get(1).startsWith("shop/web #7 [jenkins "), descriptions.toString());
        assertTrue(descriptions.get(0).startsWith("for the fair [jenkins "), descriptions.toString());
    }

    @Test
    void anApplicationIsRestartedWithoutARevision() {
        group(it -> it);
        deployed("1.zip");
        DeploymentRun run = new DeploymentRun(bench)
                .with("application", "web")
                .with("deploymentGroup", "dev")
                .with("deploymentMode", "RESTART")
                .start();
        untilOver(run);

        assertEquals("Succeeded", run.last().status());
        assertTrue(
                run.console().lines().stream().noneMatch(line -> line.contains("Install")),
                run.console().lines().toString());
        assertTrue(run.console().lines().stream().anyMatch(line -> line.contains("ApplicationStart")));
    }

    @Test
    void registeringMakesTheRevisionKnownAndDeploysNothing() {
        group(it -> it);
        DeploymentRequest request = new DeploymentRequest(
                Map.of("application", "web", "revision", "s3://artifacts/1.zip", "registerOnly", true));
        assertEquals(List.of(), request.problems());
        DeploymentRun run = deploy("1.zip");
        var registered = bench.codeDeploy().register(bench.session(), request, run.console());
        bench.advanceUntil(registered::isDone, LONG);

        assertEquals("Registered", registered.join().getStatus());
        assertEquals("Registered with web: s3://artifacts/1.zip", run.console().lastLine());
        assertEquals(0, deployments().size());
        assertEquals(1, calls("RegisterApplicationRevision"));
    }
}

package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions that are deployed to environments, with a verdict that can be trusted. */
class EnvironmentUpdateTest extends SteppedUpdates {

    @Test
    void noMinutePassesWithoutAWordWhileAwsUpdates() {
        environment(it -> it).simulation().command(Duration.ofMinutes(3));
        EnvironmentRun run = deploy("1.zip").start();
        run.usually(Duration.ofMinutes(10));
        bench.advance(Duration.ofMinutes(3));

        assertTrue(
                run.console().lines().stream()
                        .anyMatch(line -> line.matches("web-prod: Updating, health .*, about [89] min .* left")),
                run.console().lines().toString());
    }

    @Test
    void thatAwsDoesNotAnswerIsSaidOnce() {
        environment(it -> it);
        bench.aws().faults().on("ElasticBeanstalk.UpdateEnvironment").error(503).times(4);
        EnvironmentRun run = deploy("1.zip").start();
        bench.advanceUntil(run::isOver, Duration.ofHours(1));

        assertEquals(
                1,
                run.console().lines().stream()
                        .filter(line -> line.contains("yet, retrying: "))
                        .count(),
                run.console().lines().toString());
    }

    @Test
    void aVersionIsMadeDeployedAndTold() {
        environment(it -> it);
        EnvironmentRun run = deploy("1.zip").with("versionLabel", "v1").start();
        untilOver(run);

        List<String> lines = run.console().lines();
        assertNull(run.failure());
        assertEquals("v1", run.last().versionLabel());
        assertEquals("Green (Ok)", run.last().healthInWords());
        assertEquals(List.of("Created version v1", "Deploying v1 to web-prod, which runs v0"), lines.subList(0, 2));
        assertEquals(
                1,
                lines.stream()
                        .filter("Environment update completed successfully."::equals)
                        .count());
        assertTrue(lines.indexOf("Environment update is starting.")
                < lines.indexOf("Environment update completed successfully."));
        assertTrue(
                run.console().lastLine().matches("web-prod runs v1 and is Green \\(Ok\\) after [\\d.]+ s"),
                run.console().lastLine());
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("web-prod is ")), lines.toString());
        BeanstalkResult result = run.result();
        assertNull(result.getCause());
        assertEquals("v0", result.getPreviousVersionLabel());
        assertEquals("v1", result.getVersionLabel());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void anImmutableDeployThatFailsIsAFailureAlthoughTheEnvironmentIsReadyAndGreen() {
        EnvironmentSpec spec = environment(it -> it.policy("Immutable"));
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun run = deploy("1.zip").with("versionLabel", "v1").start();
        untilOver(run);

        assertEquals("Ready", run.last().status());
        assertEquals("v0", run.last().versionLabel());
        String cause = run.result().getCause();
        assertTrue(cause != null && cause.endsWith("; according to AWS it runs 'v0'"), cause);
        assertEquals("web-prod: " + cause, run.console().lastLine());
    }

    @Test
    void aRollingDeployThatFailsInItsSecondBatchIsAFailure() {
        EnvironmentSpec spec = environment(it -> it.policy("Rolling").batch(1));
        spec.simulation().failingNextIn(2, "no such port");
        EnvironmentRun run = deploy("1.zip").with("versionLabel", "v1").start();
        untilOver(run);

        assertTrue(run.result().getCause() != null);
    }

    @Test
    void equalBundlesAreOneVersionAndARedeployIsAnUpdateOfItsOwn() {
        environment(it -> it);
        EnvironmentRun first = deploy("1.zip").start();
        untilOver(first);
        EnvironmentRun second = deploy("1.zip").start();
        untilOver(second);

        assertEquals(first.result().getVersionLabel(), second.result().getVersionLabel());
        assertEquals(1, calls("CreateApplicationVersion"));
        assertEquals(2, calls("UpdateEnvironment"));
        assertNull(second.result().getCause());
    }

    @Test
    void aLabelThatIsTakenByAnotherBundleIsNotDeployed() {
        environment(it -> it);
        untilOver(deploy("1.zip").with("versionLabel", "v1").start());
        EnvironmentRun run = deploy("2.zip").with("versionLabel", "v1").start();
        untilOver(run);

        assertTrue(
                run.failure().getMessage().startsWith("versionLabel: version 'v1' already exists with another bundle"),
                run.failure().getMessage());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void theEnvironmentIsWaitedFor() {
        environment(it -> it).simulation().command(Duration.ofMinutes(2));
        bench.aws().beanstalk().version("web", "theirs", "artifacts", "1.zip");
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-prod").versionLabel("theirs"));
        bench.advance(10);
        EnvironmentRun second = deploy("2.zip").start();
        bench.advanceUntil(second::isOver, LONG);

        assertTrue(
                second.console().lines().contains("Waiting for web-prod, which is Updating"),
                second.console().lines().toString());
        assertNull(second.result().getCause());
        assertEquals(second.result().getVersionLabel(), second.last().versionLabel());
    }

    @Test
    void anAnswerThatIsLostUpdatesOnce() {
        environment(it -> it);
        bench.loseAnswerTo("ElasticBeanstalk.UpdateEnvironment");
        bench.loseAnswerTo("ElasticBeanstalk.CreateApplicationVersion");
        EnvironmentRun run = deploy("1.zip").start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals(1, calls("CreateApplicationVersion"));
    }

    @Test
    void aRestartAtAnyMomentUpdatesOnceAndTellsEachEventOnce() {
        environment(it -> it);
        EnvironmentRun crashed = deploy("1.zip").start();
        bench.advance(8);
        crashed.job().abandon();
        List<String> before = new ArrayList<>(crashed.console().lines());
        bench.advance(3);
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals("v0", run.result().getPreviousVersionLabel());
        before.addAll(run.console().lines());
        assertEquals(
                1,
                before.stream()
                        .filter("Environment update is starting."::equals)
                        .count(),
                before.toString());
    }

    @Test
    void anAbortAbortsTheUpdateAndWaitsForItsEnd() {
        environment(it -> it.policy("Rolling").batch(1));
        EnvironmentRun run = deploy("1.zip").with("versionLabel", "v1").start();
        bench.advanceUntil(() -> run.console().lines().stream().anyMatch(it -> it.startsWith("Batch 1")), LONG);
        run.job().stop();
        untilOver(run);

        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertTrue(run.result().getCause() != null);
    }

    /** AWS does not show the update yet. */
    @Test
    void anAbortRightAfterTheCallAbortsTheUpdate() {
        environment(it -> it).simulation().command(Duration.ofMinutes(2));
        EnvironmentRun run = deploy("1.zip").with("versionLabel", "v1").start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") == 1, LONG);
        run.job().stop();
        bench.advance(60);

        assertEquals(1, run.ends(), run.console().lines().toString());
        assertEquals(1, calls("AbortEnvironmentUpdate"));
    }

    @Test
    void anAbortWhileItsHealthIsWatchedEndsTheWait() {
        environment(it -> it);
        EnvironmentRun run = deploy("1.zip")
                .with("versionLabel", "v1")
                .with("healthMinutes", 60)
                .start();
        bench.advance(Duration.ofMinutes(5));
        run.job().stop();
        bench.advance(30);

        assertEquals(1, run.ends());
        assertEquals(0, calls("AbortEnvironmentUpdate"));
        assertEquals("v1", run.last().versionLabel());
    }

    @Test
    void anEnvironmentThatStaysRedIsNoSuccess() {
        EnvironmentSpec spec = environment(it -> it);
        spec.simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = deploy("1.zip")
                .with("versionLabel", "v1")
                .with("healthTimeoutMinutes", 5)
                .start();
        untilOver(run);

        assertTrue(
                run.result().getCause().startsWith("'v1' is deployed, but the environment is Red"),
                run.result().getCause());
    }

    @Test
    void twentyStepsOnOneApplicationShareTheirLooks() {
        List<EnvironmentRun> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            bench.aws()
                    .beanstalk()
                    .environment(EnvironmentSpec.simulated("web", "web-" + i)
                            .instances(1)
                            .version("v0"));
        }
        bench.advance(Duration.ofMinutes(10));
        long before = calls("DescribeEnvironments");
        for (int i = 0; i < 20; i++) {
            runs.add(deploy("1.zip").with("environment", "web-" + i).start());
        }
        bench.advanceUntil(() -> runs.stream().allMatch(EnvironmentRun::isOver), LONG);

        runs.forEach(run -> assertNull(run.result().getCause()));
        long looks = calls("DescribeEnvironments") - before - 20;
        System.out.println("20 environments: " + looks + " looks, " + calls("DescribeEvents") + " at events");
        assertTrue(looks < 60, looks + " looks");
        assertEquals(1, calls("CreateApplicationVersion"));
    }
}

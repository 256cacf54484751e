package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** Versions that are brought back after an update in place has failed. */
class RollBackTest {

    private static final Duration LONG = Duration.ofMinutes(60);

    @AutoClose
    private final Bench bench = Bench.stepped();

    private EnvironmentSpec environment(UnaryOperator<EnvironmentSpec> details) {
        EnvironmentSpec spec = details.apply(
                EnvironmentSpec.simulated("web", "web-prod").instances(3).version("v0"));
        bench.aws().beanstalk().environment(spec);
        bench.aws().beanstalk().version("web", "v1", "artifacts", "1.zip");
        bench.aws().beanstalk().version("web", "v2", "artifacts", "2.zip");
        bench.advance(Duration.ofMinutes(1));
        return spec;
    }

    private EnvironmentRun deploy(String label) {
        return new EnvironmentRun(bench)
                .with("application", "web")
                .with("environment", "web-prod")
                .with("version", label)
                .with("healthTimeoutMinutes", 2)
                .with("onFailure", "rollBack");
    }

    private void untilOver(EnvironmentRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
    }

    private long updates() {
        return bench.aws().calls().count("ElasticBeanstalk.UpdateEnvironment");
    }

    private List<String> instances() {
        return bench.aws().beanstalk().environment("web-prod").instanceVersions();
    }

    @Test
    void aGoodVersionStays() {
        environment(it -> it);
        EnvironmentRun run = deploy("v1").start();
        untilOver(run);
        assertNull(run.result().getCause());
        assertNull(run.result().getRolledBackTo());
        assertEquals(1, updates());
        String end = run.console().lastLine();
        assertTrue(
                end.startsWith("web-prod runs v1 and is Green (Ok) after "), "nothing more is to be said than: " + end);
    }

    /** To those who may not see them AWS tells no events, and does not refuse them either: the version may be well. */
    @Test
    void whereAwsTellsOfNothingNothingIsRolledBack() {
        environment(it -> it);
        bench.aws().beanstalk().hideEvents();
        EnvironmentRun run = deploy("v1").start();
        untilOver(run);

        assertEquals(1, updates());
        assertEquals("v1", bench.aws().beanstalk().environment("web-prod").versionLabel());
        assertTrue(run.result().getCause().startsWith("it is unknown whether 'v1' was deployed"));
        assertTrue(
                run.result()
                        .getCause()
                        .endsWith("it was not rolled back: AWS does not show what was done to the"
                                + " environment (elasticbeanstalk:DescribeEvents)"),
                run.result().getCause());
    }

    @Test
    void theVersionBeforeIsDeployedAgain() {
        environment(it -> it.policy("Rolling").batch(1)).simulation().failing("v1", "no such port");
        EnvironmentRun run = deploy("v1").start();
        untilOver(run);

        String cause = run.result().getCause();
        assertTrue(cause != null && cause.endsWith("; rolled back to 'v0'"), cause);
        assertEquals("v0", run.result().getRolledBackTo());
        assertEquals(List.of("v0", "v0", "v0"), instances());
        assertEquals(2, updates());
        assertTrue(run.console().lines().contains("Rolling web-prod back to v0"));
    }

    /** AWS deploys what is at a version's address at that moment. */
    @Test
    void aVersionWhoseBundleWasOverwrittenIsNotBroughtBack() {
        environment(it -> it).simulation().failing("v2", "no such port");
        bench.aws().s3().createBucket("artifacts", false);
        bench.aws().s3().put("artifacts", "1.zip", new byte[10]);
        EnvironmentRun good = deploy("v1").start();
        untilOver(good);
        assertNull(good.result().getCause());
        EnvironmentRun run = deploy("v2").start();
        untilOver(run);

        assertTrue(
                run.result()
                        .getCause()
                        .endsWith(
                                "it was not rolled back: s3://artifacts/1.zip, from which 'v1' was created, has been overwritten, and AWS would deploy the new content"),
                run.result().getCause());
        assertNull(run.result().getRolledBackTo());
        assertEquals(2, updates());
        String warning =
                "Warning: s3://artifacts/1.zip was overwritten after version v1 was created from it; AWS deploys the new content";
        assertTrue(
                good.console().lines().contains(warning), good.console().lines().toString());
        assertTrue(
                !run.console().lines().toString().contains("Warning"),
                run.console().lines().toString());
    }

    @Test
    void aVersionThatIsNotHealthyIsReplacedAgain() {
        environment(it -> it).simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = deploy("v1").start();
        untilOver(run);

        String cause = run.result().getCause();
        assertTrue(cause != null && cause.endsWith("; rolled back to 'v0'"), cause);
        assertEquals("v0", run.last().versionLabel());
    }

    @Test
    void whatAwsHasBroughtBackIsNotDeployedAgain() {
        environment(it -> it.policy("Immutable")).simulation().failing("v1", "no such port");
        EnvironmentRun run = deploy("v1").start();
        untilOver(run);

        String cause = run.result().getCause();
        assertTrue(cause != null && cause.endsWith("; AWS rolled back to 'v0' itself"), cause);
        assertEquals("v0", run.result().getRolledBackTo());
        assertEquals(1, updates());
    }

    @Test
    void aRollBackThatFailsIsNamed() {
        EnvironmentSpec spec = environment(it -> it.policy("Rolling").batch(1));
        spec.simulation().failing("v1", "no such port").failing("v0", "disk full");
        EnvironmentRun run = deploy("v1").start();
        untilOver(run);

        String cause = run.result().getCause();
        assertTrue(cause != null && cause.contains("; the rollback failed, too: "), cause);
        assertNull(run.result().getRolledBackTo());
    }

    @Test
    void anAnswerThatIsLostRollsBackOnce() {
        environment(it -> it).simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = deploy("v1").start();
        bench.advanceUntil(() -> updates() == 1, LONG);
        bench.advance(10);
        bench.loseAnswerTo("ElasticBeanstalk.UpdateEnvironment");
        untilOver(run);

        assertEquals("v0", run.result().getRolledBackTo());
        assertEquals(2, updates());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 60, 120, 128, 130, 132, 135, 140})
    void aRestartAtAnyMomentRollsBackOnce(int seconds) {
        environment(it -> it).simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun crashed = deploy("v1").start();
        bench.advance(seconds);
        if (crashed.isOver()) {
            return;
        }
        crashed.job().abandon();
        bench.advance(2);
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertEquals("v0", run.result().getRolledBackTo());
        assertEquals(2, updates());
    }

    @Test
    void whoAbortsIsNotRolledBack() {
        environment(it -> it.policy("Rolling").batch(1));
        EnvironmentRun run = deploy("v1").start();
        bench.advanceUntil(() -> run.console().lines().stream().anyMatch(it -> it.startsWith("Batch 1")), LONG);
        run.job().stop();
        untilOver(run);
        assertEquals(1, updates());
    }

    @Test
    void aVersionThatIsThereNoMoreIsNamed() {
        environment(it -> it).simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = deploy("v1").start();
        bench.advanceUntil(
                () -> bench.aws()
                        .beanstalk()
                        .environment("web-prod")
                        .versionLabel()
                        .equals("v1"),
                LONG);
        ElasticBeanstalkClient client = EnvironmentService.client(bench.session());
        client.updateApplicationResourceLifecycle(request -> request.applicationName("web")
                .resourceLifecycleConfig(config -> config.serviceRole("arn:aws:iam::123456789012:role/service")
                        .versionLifecycleConfig(rules ->
                                rules.maxCountRule(rule -> rule.enabled(true).maxCount(1)))));
        client.createApplicationVersion(
                request -> request.applicationName("web").versionLabel("v3"));
        assertEquals(List.of("v3", "v2", "v1"), bench.aws().beanstalk().versionLabels("web"), "v0 is not deployed");
        untilOver(run);

        String cause = run.result().getCause();
        assertTrue(
                cause != null
                        && cause.contains(
                                "; it was not rolled back: version 'v0' no longer exists: somebody has deleted"
                                        + " it, or the application's lifecycle policy has"),
                cause);
        assertNull(run.result().getRolledBackTo());
    }

    @Test
    void aNewerUpdateIsNotUndone() {
        environment(it -> it).simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = deploy("v1").with("healthTimeoutMinutes", 5).start();
        bench.advance(30);
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-prod").versionLabel("v2"));
        untilOver(run);

        assertEquals("v2", bench.aws().beanstalk().environment("web-prod").versionLabel());
        assertEquals(2, updates());
    }
}

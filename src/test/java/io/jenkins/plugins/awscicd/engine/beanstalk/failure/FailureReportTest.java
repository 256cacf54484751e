package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.HealthStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of an update that has failed. */
class FailureReportTest {

    private static final Duration LONG = Duration.ofMinutes(40);

    @AutoClose
    private final Bench bench = Bench.stepped();

    private EnvironmentSpec spec;

    @BeforeEach
    void bundle() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("Procfile"));
            zip.write("web: ./run\n".getBytes(StandardCharsets.UTF_8));
        }
        bench.aws().s3().createBucket("artifacts", false);
        bench.aws().s3().put("artifacts", "1.zip", bytes.toByteArray());
    }

    private void environment(UnaryOperator<EnvironmentSpec> details) {
        spec = details.apply(
                EnvironmentSpec.simulated("web", "web-prod").instances(3).version("v0"));
        bench.aws().beanstalk().environment(spec);
        bench.advance(Duration.ofMinutes(10));
    }

    private EnvironmentRun deploy() {
        return new EnvironmentRun(bench)
                .with("application", "web")
                .with("environment", "web-prod")
                .with("bundle", "s3://artifacts/1.zip")
                .with("versionLabel", "v1");
    }

    private EnvironmentRun failed() {
        EnvironmentRun run = deploy().start();
        untilOver(run);
        return run;
    }

    private void untilOver(EnvironmentRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
        List<String> lines = run.console().lines();
        assertEquals("web-prod: " + run.result().getCause(), run.console().lastLine());
        assertTrue(lines.stream().noneMatch(line -> line.contains("Signature")), lines.toString());
        assertTrue(run.console().raw().stream().noneMatch(line -> line.contains("Signature")));
    }

    private long calls(String operation) {
        return bench.aws().calls().count("ElasticBeanstalk." + operation);
    }

    private static String line(EnvironmentRun run, String beginning) {
        return run.console().lines().stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.console().lines().toString()));
    }

    @Test
    void theCausesOfTheHealthAndTheLogsOfTheInstancesThatFailedComeBeforeTheVerdict() {
        environment(it -> it);
        spec.simulation().failingNextAt("i-00000000000000002", "no such port").log("cannot bind\n\u001B[31mgiving up");
        EnvironmentRun run = failed();

        String health = line(run, "i-00000000000000001, i-00000000000000002, i-00000000000000003 are Red (Degraded): ");
        List<String> lines = run.console().lines();
        int engine = lines.indexOf("i-00000000000000002, last lines of /var/log/eb-engine.log:");
        int web = lines.indexOf("i-00000000000000002, last lines of /var/log/web.stdout.log:");
        assertTrue(lines.indexOf(health) < web && web < engine, lines.toString());
        assertEquals(lines.size() - 2, engine, "the verdict is the last line");
        assertTrue(
                lines.stream().noneMatch(line -> line.startsWith("i-00000000000000001, the end")), "it has not failed");
        assertEquals(
                List.of("    cannot bind\n", "    \u001B[31mgiving up\u001B[0m\n"),
                run.console().raw().subList(0, 2));
        List<String> causes = run.result().getCauses();
        assertTrue(causes.contains("Failed to deploy application."), causes.toString());
        assertEquals(health, causes.get(causes.size() - 1));
    }

    @Test
    void anEnvironmentThatIsNotWellIsExplained() {
        environment(it -> it.instances(12));
        spec.simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of the requests\nfail.");
        EnvironmentRun run = deploy().with("healthTimeoutMinutes", 1).start();
        untilOver(run);

        line(run, "web-prod is Red (Severe): 100 % of the requests fail.");
        List<String> lines = run.console().lines();
        assertEquals(
                lines.indexOf("Environment update completed successfully.") + 1,
                lines.indexOf("web-prod is Red (Severe)"),
                "what the step waits for is told after what led there: " + lines);
        assertEquals(lines.size(), lines.stream().distinct().count(), lines.toString());
        assertTrue(line(run, "i-00000000000000001, ")
                .endsWith("0009, i-0000000000000000a are Red (Severe): 100 % of the requests fail."));
        line(run, "and 2 more unhealthy instances");
        assertEquals(
                3,
                run.console().lines().stream()
                        .filter(line -> line.contains("last lines of /var/log/eb-engine.log"))
                        .count());
    }

    @Test
    void withoutEnhancedHealthThereAreTheLogs() {
        environment(EnvironmentSpec::basicHealth);
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun run = failed();

        assertTrue(
                run.console().lines().stream().noneMatch(line -> line.contains("causes of the health")),
                run.console().lines().toString());
        line(run, "i-00000000000000001, last lines of /var/log/eb-engine.log:");
    }

    @Test
    void instancesThatAreGoneHaveNoLogs() {
        environment(it -> it.policy("Immutable"));
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun run = failed();

        line(run, "The failed instances are gone, and so are their logs");
        assertTrue(run.console().raw().isEmpty());
    }

    @Test
    void whatIsNotPermittedIsALineThatNamesTheAction() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        for (String operation : List.of("DescribeEnvironmentHealth", "RequestEnvironmentInfo")) {
            bench.aws().faults().on("ElasticBeanstalk." + operation).accessDenied();
        }
        EnvironmentRun run = failed();

        assertTrue(line(run, "The causes of the health cannot be read: ")
                .contains("the IAM action elasticbeanstalk:DescribeEnvironmentHealth"));
        assertTrue(line(run, "The instance logs cannot be shown: ")
                .contains("the IAM action elasticbeanstalk:RequestEnvironmentInfo"));
        assertTrue(
                run.result().getCause().contains("no such port"), run.result().getCause());
    }

    @Test
    void logsThatCannotBeFetchedAreToldWithoutTheirAddress() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        bench.aws().faults().on("S3.GetObject").accessDenied();
        EnvironmentRun run = failed();

        String line = line(run, "The instance logs cannot be shown: ");
        assertTrue(line.contains("s3:GetObject failed for the logs of i-00000000000000001"), line);
        assertFalse(line.contains("http"), line);
    }

    @Test
    void theVerdictDoesNotWaitForLogsThatDoNotCome() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        bench.aws().faults().on("ElasticBeanstalk.RetrieveEnvironmentInfo").throttle();
        EnvironmentRun run = deploy().start();
        bench.advanceUntil(() -> run.console().lines().contains("ERROR  Failed to deploy application."), LONG);
        bench.advance(Duration.ofSeconds(75));

        assertTrue(run.isOver(), run.console().lines().toString());
        line(run, "The instance logs did not arrive within 45 s");
    }

    @Test
    void logsAreLeftOutWhereTheyAreNotWanted() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun run = deploy().with("logTail", false).start();
        untilOver(run);

        line(run, "i-00000000000000001, i-00000000000000002, ");
        assertEquals(0, calls("RequestEnvironmentInfo"));
    }

    @Test
    void aSuccessAsksForNothing() {
        environment(it -> it);
        EnvironmentRun run = deploy().start();
        bench.advanceUntil(run::isOver, LONG);

        assertEquals(List.of(), run.result().getCauses());
        assertEquals(0, calls("DescribeEnvironmentHealth") + calls("RequestEnvironmentInfo"));
    }

    @Test
    void anAbortAsksForNothing() {
        environment(it -> it.policy("Rolling").batch(1));
        EnvironmentRun run = deploy().start();
        bench.advanceUntil(() -> run.console().lines().stream().anyMatch(it -> it.startsWith("Batch 1")), LONG);
        run.job().stop();
        untilOver(run);

        assertEquals(0, calls("DescribeEnvironmentHealth") + calls("RequestEnvironmentInfo"));
    }

    @Test
    void anAbortWhileTheLogsAreFetchedEndsThatAndTellsTheVerdictOnce() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun run = deploy().start();
        bench.advanceUntil(() -> calls("RequestEnvironmentInfo") > 0, LONG);
        run.job().stop();
        untilOver(run);

        String verdict = run.console().lastLine();
        assertEquals(1, run.console().lines().stream().filter(verdict::equals).count());
        assertTrue(run.console().raw().isEmpty());
    }

    @Test
    void aRestartAfterTheReportDoesNotTellItAgain() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun first = failed();
        EnvironmentRun run = new EnvironmentRun(bench).after(first).resume(first.id());
        bench.advanceUntil(run::isOver, LONG);

        assertEquals(1, calls("RequestEnvironmentInfo"));
        assertTrue(run.console().raw().isEmpty());
        assertEquals(List.of(first.console().lastLine()), run.console().lines());
        assertTrue(run.result().getCauses().containsAll(first.result().getCauses()));
    }

    @Test
    void aRestartWhileTheLogsAreFetchedTellsThem() {
        environment(it -> it);
        spec.simulation().failing("v1", "no such port");
        EnvironmentRun crashed = deploy().start();
        bench.advanceUntil(() -> calls("RequestEnvironmentInfo") > 0, LONG);
        crashed.job().abandon();
        bench.advance(1);
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertTrue(crashed.console().raw().isEmpty());
        line(run, "i-00000000000000001, last lines of /var/log/eb-engine.log:");
    }
}

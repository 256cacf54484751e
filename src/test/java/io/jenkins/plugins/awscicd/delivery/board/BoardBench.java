package io.jenkins.plugins.awscicd.delivery.board;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.bench.Report;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Told;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.MetaClass;

/**
 * Measures what it costs to keep deployments and to show them, the more there are. Asserts nothing: figures depend on the machine. Run by
 * {@code bin/bench board}; its name keeps it out of the tests.
 */
@OwnJenkins
@WithJenkins
final class BoardBench {

    private static final int[] DEPLOYMENTS = {1_000, 10_000, 20_000};
    /** Of each application in each of four stages. */
    private static final int HISTORY = 25;

    private static final String[] STAGES = {"dev", "test", "pre-prod", "prod"};
    private static final int TIMES = 15;

    private final Report report = new Report(System.out);

    @TempDir
    private Path directory;

    @Test
    void board(JenkinsRule jenkins) throws Exception {
        MetaClass.NO_CACHE = false; // which the harness sets: pages would be compiled anew for each request
        MockFolder web = jenkins.createFolder("web");
        web.createProject(FreeStyleProject.class, "main");
        report.heading("What runs where");
        report.header(
                "deployments",
                "file",
                "read at the start",
                "one more is kept",
                "heap",
                "the board",
                "the board by REST",
                "a history",
                "a difference",
                "beside it: a folder");
        int known = 0;
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            for (int count : DEPLOYMENTS) {
                report.progress(count + " deployments");
                Path file = directory.resolve(count + ".jsonl");
                Deployments kept = new Deployments(file);
                for (int i = 0; i < count; i++) {
                    keep(kept, i);
                }
                for (; known < count; known++) {
                    keep(Deployments.get(), known);
                }
                long free = used();
                Deployments read = new Deployments(file);
                Duration reading = time(read::byDestination);
                long heap = used() - free;
                int[] more = {count};
                Duration one = median(() -> keep(kept, more[0]++));
                report.row(
                        String.format(Locale.ROOT, "%,d", count),
                        String.format(Locale.ROOT, "%.1f MB", Files.size(file) / 1e6),
                        millis(reading),
                        millis(one),
                        String.format(Locale.ROOT, "%.1f MB", heap / 1e6),
                        millis(page(client, "aws-deployments/")),
                        millis(page(client, "aws-deployments/api/json?depth=5")),
                        millis(page(client, "aws-deployments/history/?application=app1&stage=prod")),
                        millis(page(client, "aws-deployments/difference/?from=dev&to=prod")),
                        millis(page(client, "job/web/")));
                read.byDestination(); // is in use until its heap is measured
            }
        } finally {
            report.write(Path.of("target", "bench", "board.md"));
        }
    }

    private static void keep(Deployments deployments, int i) {
        String stage = STAGES[i / HISTORY % STAGES.length];
        String application = "app" + i / HISTORY / STAGES.length;
        Deployment deployment = Told.deployment("t" + i, stage, application, i % HISTORY + 1);
        deployments.started(deployment);
        deployments.ended(
                deployment.token(),
                i % 10 == 9 ? DeploymentVerdict.FAILURE : DeploymentVerdict.SUCCESS,
                null,
                i % 10 == 9 ? "app to " + stage + " failed: HEALTH_CONSTRAINTS" : null,
                deployment.started().plusSeconds(90));
    }

    private static Duration page(JenkinsRule.WebClient client, String path) throws Exception {
        WebRequest request =
                new WebRequest(URI.create(client.getContextPath() + path).toURL());
        return median(() -> client.loadWebResponse(request)); // as it is: reading it is the browser's work
    }

    private static Duration median(Work work) throws Exception {
        Duration[] times = new Duration[TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[i] = time(work);
        }
        Arrays.sort(times);
        return times[TIMES / 2];
    }

    private static Duration time(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static long used() throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    /** What takes a time. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}

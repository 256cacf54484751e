package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Measures what it costs a controller to watch builds, beside a bare {@code sleep} and beside the same builds polled naively.
 * Asserts nothing about it: figures depend on the machine. Run by {@code bin/bench watch}; its name keeps it out of the tests.
 *
 * <p>The controller is a process of its own, local AWS lives in this one.
 */
final class WatchBench {

    private static final int SECONDS = 60;
    /** Of the step with which a heap is compared. */
    private static final int SECONDS_OF_ONE = 9;

    private static final int LOG_LINES = 300;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = Controller.newJenkins();

    private final Controller controller = new Controller(jenkins);
    private final BenchOptions options = BenchOptions.ofSystemProperties();
    private final Report report = new Report(System.out);

    @Test
    void watch() throws Throwable {
        report.progress("Starting a controller, and local AWS");
        try (LocalAws aws = LocalAws.builder().accountConcurrency(10_000).start()) {
            controller.up(aws.endpoint().toString());
            report.text(controller.about() + "; local AWS on the same machine. Figures depend on it.");
            if (options.wants(BenchOptions.LOAD)) {
                load(aws);
            }
            if (options.wants(BenchOptions.STARTS)) {
                new ThrottledStarts(aws, controller).run(report);
            }
            if (options.wants(BenchOptions.LOGS)) {
                new LongLogs(aws, controller).run(report);
            }
            if (options.wants(BenchOptions.ABORT)) {
                new Aborts(aws, controller).run(report);
            }
            if (options.wants(BenchOptions.RESTART)) {
                new SafeRestart(aws, controller).run(report);
            }
            if (options.wants(BenchOptions.EVENTS)) {
                report.progress("Warming up");
                warmUp(aws, "warm-events", Scripts.build("warm-events", "none"));
                new EventsBesidePolling(aws, controller, options.eventBuilds(), options.eventSeconds()).run(report);
            }
        } finally {
            report.write(Path.of("target", "bench", options.file()));
        }
    }

    private void load(LocalAws aws) throws Throwable {
        int idle = controller.read().threads();
        report.progress("Warming up");
        warmUp(aws, "warm-up", Scripts.sleep(1) + "\n" + Scripts.build("warm-up", "stream"));
        report.heading("Builds of about " + SECONDS + " s at once, in one Pipeline");
        Load.header(report);
        List<String> ratios = alternate(aws, idle);
        if (options.logBuilds() > 0) {
            run(aws, idle, List.of(options.logBuilds()), LOG_LINES, Load::codeBuildWithLog);
        }
        if (options.naive()) {
            // Last of all, because its threads live on for a minute.
            warmUp(aws, "naive", Scripts.naiveBuild("naive", aws.endpoint().toString()));
            run(aws, idle, options.builds(), 0, Load::naive);
        }
        ratios.forEach(report::text);
    }

    /**
     * Builds and bare sleeps by turns: a controller gets faster for minutes after its start, so that whatever comes first would be charged
     * with it.
     *
     * @return how the two compare, a line for each turn
     */
    private List<String> alternate(LocalAws aws, int idle) throws Throwable {
        long heapOfBuild = Load.codeBuild(aws, 1, SECONDS_OF_ONE).heapBytes(aws, controller, 0);
        long heapOfSleep = Load.sleep(aws, 1, SECONDS_OF_ONE).heapBytes(aws, controller, 0);
        List<String> ratios = new ArrayList<>();
        for (int count : options.builds()) {
            for (int round = 1; round <= options.rounds(); round++) {
                Load.Cost sleep =
                        Load.sleep(aws, count, SECONDS).again(round).run(aws, controller, idle, heapOfSleep, 0, report);
                Load.Cost build = Load.codeBuild(aws, count, SECONDS)
                        .again(round)
                        .run(aws, controller, idle, heapOfBuild, 0, report);
                ratios.add(count + " at once, round " + round + ": codeBuild takes " + build.against(sleep)
                        + " of the bare sleep.");
            }
        }
        return ratios;
    }

    /** Makes a load of a number of steps and of their length in seconds. */
    @FunctionalInterface
    private interface LoadMaker {
        Load of(LocalAws aws, int count, int seconds);
    }

    private void run(LocalAws aws, int idle, List<Integer> counts, int logLines, LoadMaker load) throws Throwable {
        long heapOfOne = load.of(aws, 1, SECONDS_OF_ONE).heapBytes(aws, controller, logLines);
        for (int count : counts) {
            load.of(aws, count, SECONDS).run(aws, controller, idle, heapOfOne, logLines, report);
        }
    }

    /** All that is loaded, made and compiled once is not what a step costs. */
    private void warmUp(LocalAws aws, String project, String body) throws Throwable {
        aws.codeBuild()
                .project(ProjectSpec.simulated(project)
                        .variable("SIMULATED_SECONDS", 1)
                        .variable("SIMULATED_LOG_LINES", LOG_LINES));
        controller.start(project, Scripts.parallel(50, body));
        controller.awaitSuccess(project);
        controller.delete(project);
    }
}

package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Many of the same step at once in one Pipeline, and what they cost the controller.
 *
 * @param title what the row is called
 * @param name of the job, and with a number of the projects if there are any
 * @param step the step's function
 * @param body of a branch
 * @param count how many at once
 * @param seconds each of them takes, about
 */
record Load(String title, String name, String step, String body, int count, int seconds) {

    /** What a load took of the controller, and of time. */
    record Cost(double cpuSeconds, Duration whole) {

        /** Against another load, in words. */
        String against(Cost other) {
            return decimals(2, cpuSeconds / other.cpuSeconds) + " × the CPU, "
                    + decimals(2, (double) whole.toMillis() / other.whole.toMillis()) + " × the time";
        }
    }

    /**
     * What AWS and Jenkins did in a load.
     *
     * @param calls by operation
     * @param delays between AWS's end and that of the step
     * @param untilLastEnd from the first build's start in AWS to the last one's end
     */
    record Watched(Map<String, Long> calls, Delays delays, Duration untilLastEnd, Duration whole) {}

    /** Builds are of so many projects whose lengths differ a little: nobody's polls are to be in step with all of their ends. */
    private static final int PROJECTS = 10;

    private static final double SPREAD_SECONDS = 5;

    private static final String[] COLUMNS = {
        "load",
        "at once",
        "calls per build",
        "StartBuild / BatchGetBuilds / GetLogEvents",
        "threads above idle, at most",
        "of them the engine's",
        "heap per step",
        "running in AWS at that moment",
        "CPU of the controller",
        "delay, median",
        "delay, p99",
        "whole run"
    };

    /** The same under another name, so that it can be run once more. */
    Load again(int round) {
        String other = "round-" + round + "-" + name;
        return new Load(title, other, step, body.replace(name + "-", other + "-"), count, seconds);
    }

    /** Of a shorter length, which takes no part in what a sleeping step costs; but all of them have to sleep at once. */
    static Load sleep(LocalAws aws, int count, int seconds) {
        int length = Math.min(seconds, 20 + count / 25);
        return new Load("`sleep " + length + "`", "sleep-" + count, "sleep", Scripts.sleep(length), count, length);
    }

    static Load naive(LocalAws aws, int count, int seconds) {
        String name = "naive-load-" + count;
        String body = Scripts.naiveBuild(projects(name), aws.endpoint().toString());
        return new Load("a thread and a call each", name, "naiveBuild", body, count, seconds);
    }

    static Load codeBuild(LocalAws aws, int count, int seconds) {
        return codeBuild("load-" + count, count, seconds);
    }

    static Load codeBuild(String name, int count, int seconds) {
        String body = Scripts.build(projects(name), "none");
        return new Load("**`codeBuild`**", name, "codeBuild", body, count, seconds);
    }

    static Load codeBuildWithLog(LocalAws aws, int count, int seconds) {
        String name = "logged-" + count;
        String body = Scripts.build(projects(name), "stream");
        return new Load("**`codeBuild`**, log streamed", name, "codeBuild", body, count, seconds);
    }

    /** In Groovy, by the number of the branch. */
    private static String projects(String name) {
        return name + "-${number % " + PROJECTS + "}";
    }

    static void header(Report report) {
        report.header(COLUMNS);
    }

    private void createProjects(LocalAws aws, int logLines) {
        for (int i = 0; i < PROJECTS; i++) {
            double length = seconds + SPREAD_SECONDS * (i / (PROJECTS - 1.0) - 0.5);
            aws.codeBuild()
                    .project(ProjectSpec.simulated(name + "-" + i)
                            .variable("SIMULATED_SECONDS", length)
                            .variable("SIMULATED_LOG_LINES", logLines));
        }
    }

    /** Begins it, and waits until it is in full swing; says how many builds run. */
    private long begin(LocalAws aws, Controller controller, int logLines) throws Throwable {
        createProjects(aws, logLines);
        controller.start(name, Scripts.parallel(count, body));
        controller.awaitSteps(name, step, count);
        return awaitMostRunning(aws);
    }

    /** Runs it, and says how much of the heap is in use meanwhile. */
    long heapBytes(LocalAws aws, Controller controller, int logLines) throws Throwable {
        begin(aws, controller, logLines);
        long heap = controller.read().heapBytes();
        controller.awaitSuccess(name);
        controller.delete(name);
        return heap;
    }

    /**
     * Runs it, with a row in the report.
     *
     * @param idleThreads of the controller when it has just been started
     * @param heapOfOne in use when only one such step runs, because a run has a heap whatever the number of its steps
     * @param logLines of each build
     */
    Cost run(LocalAws aws, Controller controller, int idleThreads, long heapOfOne, int logLines, Report report)
            throws Throwable {
        report.progress(count + " × " + title);
        aws.calls().reset();
        Reading before = controller.read();
        Instant begin = Instant.now();
        long running = begin(aws, controller, logLines);
        Reading during = controller.read();
        RunEnd end = controller.awaitSuccess(name);
        Duration whole = Duration.between(begin, Instant.now());
        Reading after = controller.read();
        controller.delete(name);

        Delays delays = delays(aws, end);
        Map<String, Long> calls = aws.calls().byOperation();
        boolean remote = !builds(aws).isEmpty();
        double cpu = (after.cpuNanos() - before.cpuNanos() - before.ownCpuNanos() - during.ownCpuNanos()) / 1e9;
        report.row(
                title,
                String.valueOf(count),
                remote ? decimals(2, (double) aws.calls().total() / count) : "–",
                remote
                        ? calls.getOrDefault("CodeBuild.StartBuild", 0L) + " / "
                                + calls.getOrDefault("CodeBuild.BatchGetBuilds", 0L) + " / "
                                + calls.getOrDefault("Logs.GetLogEvents", 0L)
                        : "–",
                String.valueOf(Math.max(during.peakThreads(), after.peakThreads()) - idleThreads),
                String.valueOf(Math.max(during.engineThreads(), after.engineThreads())),
                decimals(1, (during.heapBytes() - heapOfOne) / 1024.0 / (count - 1)) + " KB",
                remote ? String.valueOf(running) : "–",
                decimals(1, cpu) + " s",
                delays.median(),
                delays.p99(),
                whole.toSeconds() + " s");
        return new Cost(cpu, whole);
    }

    /** Runs builds, and measures nothing that would itself take time of the controller. */
    Watched watch(LocalAws aws, Controller controller) throws Throwable {
        createProjects(aws, 0);
        aws.calls().reset();
        Instant begin = Instant.now();
        controller.start(name, Scripts.parallel(count, body));
        RunEnd end = controller.awaitSuccess(name);
        Duration whole = Duration.between(begin, Instant.now());
        Map<String, Long> calls = aws.calls().byOperation();
        controller.delete(name);
        List<Build> builds = builds(aws);
        Instant first =
                builds.stream().map(Build::startTime).min(Instant::compareTo).orElseThrow();
        Instant last =
                builds.stream().map(Build::trueEnd).max(Instant::compareTo).orElseThrow();
        return new Watched(calls, delays(aws, end), Duration.between(first, last), whole);
    }

    private List<Build> builds(LocalAws aws) {
        return aws.codeBuild().builds().stream()
                .filter(build -> build.projectName().startsWith(name + "-"))
                .toList();
    }

    /** Waits until all builds run, or, where they are started at a pace, until the first one will soon end; says how many run. */
    private long awaitMostRunning(LocalAws aws) throws InterruptedException {
        if (builds(aws).isEmpty() && step.equals("sleep")) {
            TimeUnit.SECONDS.sleep(3);
            return count;
        }
        while (true) {
            List<Build> builds = builds(aws);
            long running = builds.stream().filter(build -> !build.complete()).count();
            boolean soonOver = !builds.isEmpty()
                    && Instant.now().isAfter(builds.get(0).startTime().plusSeconds(seconds - 3));
            if (running == count || soonOver) {
                // All that was done to start them is over as well, and the first look has been taken.
                TimeUnit.SECONDS.sleep(3);
                return running;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Delays delays(LocalAws aws, RunEnd end) {
        Delays delays = new Delays(delays(end.noted(), builds(aws)));
        if (delays.count() != count) {
            throw new IllegalStateException(
                    delays.count() + " of " + count + " steps have noted their end:\n" + end.log());
        }
        return delays;
    }

    private static Collection<Long> delays(Map<String, Long> noted, List<Build> builds) {
        if (builds.isEmpty()) {
            return noted.values();
        }
        return builds.stream()
                .filter(build -> noted.containsKey(build.id()))
                .map(build -> noted.get(build.id()) - build.trueEnd().toEpochMilli())
                .toList();
    }

    private static String decimals(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}

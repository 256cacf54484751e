package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The controller goes down safely and comes up again while builds run. */
final class SafeRestart {

    private static final String NAME = "restart";
    private static final int BUILDS = 10;
    /** Down in less than this is not blocked by the builds, which run for longer. */
    private static final int SECONDS = 20;

    private final LocalAws aws;
    private final Controller controller;

    SafeRestart(LocalAws aws, Controller controller) {
        this.aws = aws;
        this.controller = controller;
    }

    void run(Report report) throws Throwable {
        report.heading("Safe restart with " + BUILDS + " running builds of " + SECONDS + " s");
        aws.codeBuild().project(ProjectSpec.simulated(NAME).variable("SIMULATED_SECONDS", SECONDS));
        controller.start(NAME, Scripts.parallel(BUILDS, Scripts.build(NAME, "stream")));
        while (builds() < BUILDS) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Instant begin = Instant.now();
        boolean down = controller.goDownSafely(SECONDS);
        Duration took = Duration.between(begin, Instant.now());
        report.progress("Starting the controller again");
        controller.upAgain();
        RunEnd end = controller.await(NAME);
        report.header("Jenkins down after", "the run's result", "builds in AWS");
        report.row(
                down ? String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0) : "not in " + SECONDS + " s",
                end.result(),
                String.valueOf(builds()));
    }

    private long builds() {
        return aws.codeBuild().builds().stream()
                .filter(build -> build.projectName().equals(NAME))
                .count();
    }
}

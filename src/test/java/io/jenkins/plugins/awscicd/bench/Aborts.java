package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run is aborted while builds run for it. */
final class Aborts {

    private static final String NAME = "abort";
    private static final int BUILDS = 10;

    private final LocalAws aws;
    private final Controller controller;

    Aborts(LocalAws aws, Controller controller) {
        this.aws = aws;
        this.controller = controller;
    }

    void run(Report report) throws Throwable {
        report.heading("Abort of a run with " + BUILDS + " running builds");
        report.header("stopped in AWS", "step's end after AWS's STOPPED, median", "longest");
        for (int i = 1; i <= BUILDS; i++) {
            aws.codeBuild().project(ProjectSpec.simulated(NAME + i).variable("SIMULATED_SECONDS", 600));
        }
        controller.start(NAME, Scripts.parallel(BUILDS, Scripts.abortedBuild(NAME)));
        while (builds().size() < BUILDS) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.SECONDS.sleep(10); // until they are well into their BUILD phase and looked at less often
        controller.abort(NAME);
        Map<String, Long> noted = controller.await(NAME).noted();
        controller.delete(NAME);

        Delays delays = new Delays(builds().stream()
                .filter(build -> build.trueEnd() != null && noted.containsKey(build.projectName()))
                .map(build -> noted.get(build.projectName()) - build.trueEnd().toEpochMilli())
                .toList());
        long stopped = builds().stream()
                .filter(build -> build.status() == Status.STOPPED)
                .count();
        report.row(stopped + " of " + BUILDS, delays.median(), delays.longest());
    }

    private List<Build> builds() {
        return aws.codeBuild().builds().stream()
                .filter(build -> build.projectName().startsWith(NAME))
                .toList();
    }
}

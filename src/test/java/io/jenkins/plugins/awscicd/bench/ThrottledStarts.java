package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Many builds are to start at once, and AWS accepts only some of the calls. */
final class ThrottledStarts {

    private static final String NAME = "starts";
    private static final int BUILDS = 50;
    private static final int PER_SECOND = 5;

    private final LocalAws aws;
    private final Controller controller;

    ThrottledStarts(LocalAws aws, Controller controller) {
        this.aws = aws;
        this.controller = controller;
    }

    void run(Report report) throws Throwable {
        report.heading(BUILDS + " starts with StartBuild throttled at " + PER_SECOND + "/s");
        report.header("calls", "refused", "last accepted after the first");
        aws.codeBuild().project(ProjectSpec.simulated(NAME).variable("SIMULATED_SECONDS", 1));
        aws.calls().reset();
        aws.faults().on("CodeBuild.StartBuild").throttle().ratePerSecond(PER_SECOND);
        controller.start(NAME, Scripts.parallel(BUILDS, Scripts.build(NAME, "none")));
        controller.awaitSuccess(NAME);
        aws.faults().clear();
        controller.delete(NAME);

        List<Call> calls = aws.calls().of("CodeBuild.StartBuild");
        List<Instant> accepted =
                calls.stream().filter(Call::ok).map(Call::time).sorted().toList();
        Duration spread = Duration.between(accepted.get(0), accepted.get(accepted.size() - 1));
        report.row(
                String.valueOf(calls.size()),
                String.valueOf(calls.size() - accepted.size()),
                String.format(Locale.ROOT, "%.1f s", spread.toMillis() / 1000.0));
    }
}

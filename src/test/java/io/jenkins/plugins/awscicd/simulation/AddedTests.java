package io.jenkins.plugins.awscicd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds with test reports, in some worlds. */
final class AddedTests extends Added {

    private static final int FIRST_RUN = 701;
    private static final List<String> CALLS = List.of(
            "CodeBuild.*",
            "CodeBuild.BatchGetReports",
            "CodeBuild.DescribeTestCases",
            "CodeBuild.BatchGetBuilds",
            "S3.*");

    AddedTests(long seed, int length, List<Happening> all) {
        super(seed, 4, length, all);
    }

    @Override
    void add() {
        if (random.nextInt(6) != 0) {
            return;
        }
        int together = random.nextInt(length);
        int count = 1 + random.nextInt(3);
        List<Happening> steps = new ArrayList<>();
        for (int run = FIRST_RUN; run < FIRST_RUN + count; run++) {
            steps.add(step(run, 60 + together + random.nextInt(random.nextBoolean() ? 60 : 600)));
        }
        for (Happening step : steps) {
            disturb(step);
        }
    }

    private Happening step(int run, int at) {
        Map<String, String> details = Worlds.details(
                "run",
                run,
                "on",
                random.nextInt(4) == 0 ? "b" : "a",
                "project",
                "p1",
                "seconds",
                1 + random.nextInt(120),
                "tests",
                List.of("record", "unstable", "fail").get(random.nextInt(3)),
                "reports",
                random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3),
                "cases",
                1 + random.nextInt(random.nextInt(3) == 0 ? 350 : 40),
                "late",
                random.nextInt(random.nextInt(4) == 0 ? 900 : 60));
        if (random.nextInt(3) == 0) {
            details.put("failing", Integer.toString(1 + random.nextInt(12)));
        }
        if (random.nextInt(4) == 0) {
            details.put("raw", "true");
        }
        int kind = random.nextInt(5);
        if (kind == 0) {
            details.put("status", "FAILED");
        } else if (kind == 1) {
            details.put("retry", Integer.toString(1 + random.nextInt(2)));
            details.put("status", "FAILED,SUCCEEDED");
        }
        return add(at, "build", details);
    }

    /** When the build is over, for most: its tests are read then. */
    private void disturb(Happening step) {
        int over = (int) step.at().toSeconds() + step.number("seconds");
        int after = over - 10 + random.nextInt(30 + step.number("late"));
        if (random.nextInt(4) == 0) {
            add(after, "abort", "run", step.number("run"));
        }
        if (random.nextInt(2) == 0) {
            storm(over - 10 + random.nextInt(30), CALLS, 100);
        }
        if (random.nextInt(3) == 0) {
            kill(step.text("on"), after, List.of("CodeBuild.BatchGetReports", "CodeBuild.DescribeTestCases"));
        }
        if (random.nextInt(10) == 0) {
            String call = CALLS.get(random.nextInt(CALLS.size()));
            add(over - 20, "weather", "call", call, "kind", "denied", "for", 5 + random.nextInt(100));
        }
    }
}

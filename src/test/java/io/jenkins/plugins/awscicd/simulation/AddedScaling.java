package io.jenkins.plugins.awscicd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Instances that come and go under deployments, and such as cannot be launched for a time, in some worlds. */
final class AddedScaling extends Added {

    private static final int FIRST_RUN = 551;
    private static final List<String> CALLS = List.of(
            "CodeDeploy.CreateDeployment",
            "CodeDeploy.BatchGetDeployments",
            "ElasticBeanstalk.DescribeEnvironments",
            "ElasticBeanstalk.DescribeEvents",
            "ElasticBeanstalk.CreateEnvironment",
            "ElasticBeanstalk.UpdateEnvironment");

    AddedScaling(long seed, int length, List<Happening> all) {
        super(seed, 6, length, all);
    }

    @Override
    void add() {
        if (random.nextInt(6) != 0) {
            return;
        }
        if (random.nextBoolean()) {
            String dialect = random.nextBoolean() ? "LAUNCH_ISSUES" : "LAUNCH_TERMINATED";
            add(0, "dialect", "service", "ElasticBeanstalk", "name", dialect);
        }
        add(0, "environment", "name", "tight", "command", 1 + random.nextInt(60), "policy", policy(), "instances", 2);
        int together = random.nextInt(length);
        int count = 1 + random.nextInt(4);
        List<Happening> steps = new ArrayList<>();
        for (int run = FIRST_RUN; run < FIRST_RUN + count; run++) {
            steps.add(step(run, 60 + together + random.nextInt(random.nextBoolean() ? 60 : 900)));
        }
        for (Happening step : steps) {
            disturb(step);
        }
        int scalings = random.nextInt(6);
        for (int i = 0; i < scalings; i++) {
            String group = Worlds.GROUPS.get(random.nextInt(2));
            add(60 + together + random.nextInt(900), "scale", "group", group, "instances", 1 + random.nextInt(4));
        }
    }

    private String policy() {
        return List.of("Immutable", "RollingWithAdditionalBatch", "TrafficSplitting")
                .get(random.nextInt(3));
    }

    private Happening step(int run, int at) {
        Map<String, String> details = Worlds.details("run", run, "on", random.nextInt(4) == 0 ? "b" : "a");
        int kind = random.nextInt(3);
        if (kind == 0) {
            details.put("group", Worlds.GROUPS.get(random.nextInt(2)));
            if (random.nextInt(3) == 0) {
                details.put("whenBusy", random.nextBoolean() ? "newestWins" : "fail");
            }
            return add(at, "deploy", details);
        }
        if (kind == 1) {
            details.put("environment", "tight");
            if (random.nextInt(3) == 0) {
                details.put("onFailure", "rollBack");
            }
        } else { // a clone of what is live
            details.put("strategy", "blueGreen");
            details.put("cname", "live");
            details.put("oldEnvironment", random.nextBoolean() ? "terminate" : "keep");
        }
        return add(at, "update", details);
    }

    private void disturb(Happening step) {
        int at = (int) step.at().toSeconds();
        if (random.nextInt(2) == 0) {
            add(at + random.nextInt(60), "full", "for", 10 + random.nextInt(300));
        }
        if (random.nextInt(4) == 0) {
            add(at + random.nextInt(300), "abort", "run", step.number("run"));
        }
        if (random.nextInt(3) == 0) {
            storm(at - 5 + random.nextInt(200), CALLS, 100);
        }
        if (random.nextInt(5) == 0) {
            kill(step.text("on"), at + random.nextInt(200), CALLS);
        }
    }
}

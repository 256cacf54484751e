package io.jenkins.plugins.awscicd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stack sets, in some worlds. */
final class AddedStackSets extends Added {

    private static final int FIRST_RUN = 601;
    private static final List<String> CALLS = List.of(
            "CloudFormation.*",
            "CloudFormation.CreateStackSet",
            "CloudFormation.UpdateStackSet",
            "CloudFormation.CreateStackInstances",
            "CloudFormation.DeleteStackInstances",
            "CloudFormation.DeleteStackSet",
            "CloudFormation.DescribeStackSet",
            "CloudFormation.DescribeStackSetOperation",
            "CloudFormation.ListStackInstances",
            "CloudFormation.ListStackSetOperationResults",
            "CloudFormation.StopStackSetOperation");

    /** Those that change something. */
    private static final List<String> CHANGES = CALLS.subList(1, 6);

    AddedStackSets(long seed, int length, List<Happening> all) {
        super(seed, 5, length, all);
    }

    @Override
    void add() {
        if (random.nextInt(6) != 0) {
            return;
        }
        add(0, "sets", "resource", 1 + random.nextInt(30));
        int together = random.nextInt(length);
        int count = 1 + random.nextInt(4);
        List<Happening> steps = new ArrayList<>();
        for (int run = FIRST_RUN; run < FIRST_RUN + count; run++) {
            steps.add(step(run, 60 + together + random.nextInt(random.nextBoolean() ? 60 : 900)));
        }
        for (Happening step : steps) {
            disturb(step);
        }
        int strangers = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
        for (int i = 0; i < strangers; i++) {
            String does = List.of("updateSet", "stopSet", "growSet").get(random.nextInt(3));
            add(60 + together + random.nextInt(900), "stranger", "does", does, "set", "all");
        }
    }

    private Happening step(int run, int at) {
        Map<String, String> details = Worlds.details(
                "run",
                run,
                "on",
                random.nextInt(4) == 0 ? "b" : "a",
                "set",
                "all",
                "accounts",
                1 + random.nextInt(2),
                "regions",
                1 + random.nextInt(2));
        if (random.nextInt(5) == 0) {
            details.put("delete", "true");
            if (random.nextBoolean()) {
                details.put("all", "true");
            }
        }
        if (random.nextInt(3) == 0) {
            details.put("tolerated", Integer.toString(random.nextInt(3)));
        }
        if (random.nextInt(5) == 0) {
            details.put("whenBusy", "fail");
        }
        if (random.nextInt(4) == 0) {
            details.put("fails", Integer.toString(random.nextInt(4)));
        }
        if (random.nextInt(4) == 0) {
            details.put("as", "AKIABOB0000000000000");
        }
        return add(at, "deploySet", details);
    }

    private void disturb(Happening step) {
        int at = (int) step.at().toSeconds();
        if (random.nextInt(3) == 0) {
            add(at + random.nextInt(200), "abort", "run", step.number("run"));
        }
        if (random.nextInt(2) == 0) {
            storm(at - 5 + random.nextInt(120), CALLS, 100);
        }
        if (random.nextInt(4) == 0) {
            kill(step.text("on"), at + random.nextInt(120), CHANGES);
        }
        if (random.nextInt(12) == 0) {
            String call = CALLS.get(random.nextInt(CALLS.size()));
            add(at + random.nextInt(100), "weather", "call", call, "kind", "denied", "for", 5 + random.nextInt(100));
        }
    }
}

package io.jenkins.plugins.awscicd.simulation;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What goes wrong in the world of a seed: trouble with AWS, controllers that die, and other people. */
final class Disturbances {

    /** Takes in what happens, in seconds since the world began. */
    @FunctionalInterface
    interface Adder {
        void add(int at, String what, Map<String, String> details);
    }

    private static final List<String> KINDS = List.of("throttle", "error", "cut", "expired");
    private static final List<String> CALLS = List.of(
            "*",
            "CodeBuild.*",
            "CodeBuild.StartBuild",
            "CodeBuild.BatchGetBuilds",
            "CodeBuild.StopBuild",
            "CloudWatchLogs.*",
            "CodeDeploy.*",
            "CodeDeploy.CreateDeployment",
            "CodeDeploy.StopDeployment",
            "CodeDeploy.BatchGetDeployments",
            "ElasticBeanstalk.*",
            "ElasticBeanstalk.UpdateEnvironment",
            "ElasticBeanstalk.DescribeEnvironments",
            "ElasticBeanstalk.DescribeEvents",
            "ElasticBeanstalk.AbortEnvironmentUpdate",
            "ElasticBeanstalk.SwapEnvironmentCNAMEs",
            "CloudFormation.*",
            "CloudFormation.CreateChangeSet",
            "CloudFormation.ExecuteChangeSet",
            "CloudFormation.DescribeChangeSet",
            "CloudFormation.DescribeStacks",
            "CloudFormation.DescribeStackEvents",
            "CloudFormation.DeleteChangeSet",
            "CloudFormation.DeleteStack",
            "CloudFormation.CancelUpdateStack",
            "STS.*");

    /** What is done twice if it is not known that it was done. */
    private static final List<String> CHANGES = List.of(
            "CodeBuild.StartBuild",
            "CodeDeploy.CreateDeployment",
            "ElasticBeanstalk.UpdateEnvironment",
            "ElasticBeanstalk.SwapEnvironmentCNAMEs",
            "CloudFormation.CreateChangeSet",
            "CloudFormation.ExecuteChangeSet",
            "CloudFormation.DeleteStack");

    private final RandomGenerator random;
    private final int length;
    private final Adder all;
    private int runs;

    /** @param length of the world in seconds */
    Disturbances(RandomGenerator random, int length, Adder all) {
        this.random = random;
        this.length = length;
        this.all = all;
    }

    /** @param runs how many there are */
    void disturb(int runs) {
        this.runs = runs;
        int storms = random.nextInt(5);
        for (int i = 0; i < storms; i++) {
            storm();
        }
        if (random.nextInt(12) == 0) {
            denied();
        }
        int kills = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < kills; i++) {
            kill();
        }
        int strangers = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < strangers; i++) {
            stranger();
        }
    }

    private void stranger() {
        int at = 60 + random.nextInt(length + 300);
        int of = 1 + random.nextInt(runs);
        switch (random.nextInt(9)) {
            case 6 -> add(at, "stranger", "does", "updateStack", "stack", "s1");
            case 7 -> add(at, "stranger", "does", "cancelUpdate", "stack", "s1");
            case 8 -> add(at, "stranger", "does", "deleteStack", "stack", "s1");
            case 0 ->
                add(at, "stranger", "does", "deploy", "group", Worlds.GROUPS.get(random.nextInt(Worlds.GROUPS.size())));
            case 1 -> add(at, "stranger", "does", "stopDeployment", "of", of);
            case 2 -> add(at, "stranger", "does", "stopBuild", "of", of);
            case 3 -> add(at, "stranger", "does", "update", "environment", environment());
            case 4 -> add(at, "stranger", "does", "abortUpdate", "environment", environment());
            default -> add(at, "stranger", "does", "swap");
        }
    }

    private String environment() {
        return List.of("solo", "web-a", "web-b").get(random.nextInt(3));
    }

    private void storm() {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        Map<String, String> details = Worlds.details(
                "call",
                CALLS.get(random.nextInt(CALLS.size())),
                "kind",
                kind,
                "probability",
                List.of("0.1", "0.5", "1").get(random.nextInt(3)),
                "for",
                5 + random.nextInt(200));
        if ((kind.equals("error") || kind.equals("cut")) && random.nextBoolean()) {
            details.put("after", "true");
        }
        all.add(60 + random.nextInt(length), "weather", details);
    }

    /** A right is taken away, and given back. */
    private void denied() {
        String call = CALLS.get(1 + random.nextInt(CALLS.size() - 1));
        add(60 + random.nextInt(length), "weather", "call", call, "kind", "denied", "for", 5 + random.nextInt(600));
    }

    private void kill() {
        Map<String, String> details = Worlds.details(
                "on", random.nextInt(4) == 0 ? "b" : "a", "back", random.nextInt(random.nextInt(3) == 0 ? 900 : 180));
        if (random.nextBoolean()) {
            details.put("inCall", Integer.toString(1 + random.nextInt(5)));
            if (random.nextBoolean()) {
                details.put("inCall", "1");
                details.put("call", CHANGES.get(random.nextInt(CHANGES.size())));
            }
        }
        if (random.nextInt(3) == 0) {
            details.put("lastWriteLost", "true");
        }
        all.add(60 + random.nextInt(length + 600), "kill", details);
    }

    private void add(int at, String what, Object... words) {
        all.add(at, what, Worlds.details(words));
    }
}

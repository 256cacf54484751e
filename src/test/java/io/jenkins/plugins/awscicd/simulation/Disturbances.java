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

    private static final List<String> BUILD = List.of(
            "CodeBuild.StartBuild", "CodeBuild.BatchGetBuilds", "CodeBuild.StopBuild", "CloudWatchLogs.GetLogEvents");

    private static final List<String> BATCH = List.of(
            "CodeBuild.StartBuildBatch",
            "CodeBuild.BatchGetBuildBatches",
            "CodeBuild.RetryBuildBatch",
            "CodeBuild.StopBuildBatch",
            "CodeBuild.ListBuildBatchesForProject",
            "CodeBuild.BatchGetBuilds");
    private static final List<String> DEPLOY = List.of(
            "CodeDeploy.CreateDeployment",
            "CodeDeploy.ListDeployments",
            "CodeDeploy.BatchGetDeployments",
            "CodeDeploy.BatchGetDeploymentTargets",
            "CodeDeploy.StopDeployment");
    private static final List<String> UPDATE = List.of(
            "ElasticBeanstalk.UpdateEnvironment",
            "ElasticBeanstalk.DescribeEnvironments",
            "ElasticBeanstalk.DescribeEvents",
            "ElasticBeanstalk.AbortEnvironmentUpdate");
    private static final List<String> SWAP = List.of(
            "ElasticBeanstalk.UpdateEnvironment",
            "ElasticBeanstalk.DescribeEnvironments",
            "ElasticBeanstalk.DescribeEvents",
            "ElasticBeanstalk.SwapEnvironmentCNAMEs",
            "ElasticBeanstalk.CreateConfigurationTemplate",
            "ElasticBeanstalk.DeleteConfigurationTemplate",
            "ElasticBeanstalk.CreateEnvironment",
            "ElasticBeanstalk.TerminateEnvironment");
    private static final List<String> EXECUTE = List.of(
            "CodePipeline.StartPipelineExecution",
            "CodePipeline.GetPipelineExecution",
            "CodePipeline.ListPipelineExecutions",
            "CodePipeline.ListActionExecutions",
            "CodePipeline.StopPipelineExecution");
    private static final List<String> CHANGE = List.of(
            "CloudFormation.CreateChangeSet",
            "CloudFormation.DescribeChangeSet",
            "CloudFormation.ExecuteChangeSet",
            "CloudFormation.DescribeStacks",
            "CloudFormation.DescribeStackEvents",
            "CloudFormation.DeleteChangeSet",
            "CloudFormation.CancelUpdateStack",
            "CloudFormation.DeleteStack");

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
    private List<Happening> steps = List.of();

    /** @param length of the world in seconds */
    Disturbances(RandomGenerator random, int length, Adder all) {
        this.random = random;
        this.length = length;
        this.all = all;
    }

    /** @param steps that there are */
    void disturb(List<Happening> steps) {
        this.steps = steps;
        int storms = random.nextInt(4);
        for (int i = 0; i < storms; i++) {
            int at = 60 + random.nextInt(length);
            storm(at, CALLS.get(random.nextInt(CALLS.size())));
        }
        int aimed = random.nextInt(4);
        for (int i = 0; i < aimed; i++) {
            aimed();
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
        int of = 1 + random.nextInt(steps.size());
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

    /** While a step is at it, and with one of the calls that it makes: most of what comes at any time comes between the steps. */
    private void aimed() {
        Happening step = steps.get(random.nextInt(steps.size()));
        List<String> calls =
                switch (step.what()) {
                    case "build" -> BUILD;
                    case "batch" -> BATCH;
                    case "deploy" -> DEPLOY;
                    case "update" -> step.has("cname") ? SWAP : UPDATE;
                    case "execute" -> EXECUTE;
                    default -> CHANGE;
                };
        int at = (int) step.at().toSeconds() - 10 + random.nextInt(random.nextBoolean() ? 20 : 200);
        storm(at, calls.get(random.nextInt(calls.size())));
    }

    private void storm(int at, String call) {
        String kind = isRead(call) && random.nextInt(3) == 0 ? "stale" : KINDS.get(random.nextInt(KINDS.size()));
        Map<String, String> details = Worlds.details(
                "call",
                call,
                "kind",
                kind,
                "probability",
                List.of("0.1", "0.5", "1").get(random.nextInt(3)),
                "for",
                5 + random.nextInt(200));
        if ((kind.equals("error") || kind.equals("cut")) && random.nextBoolean()) {
            details.put("after", "true");
        }
        if (kind.equals("stale")) {
            details.put("by", Integer.toString(2 + random.nextInt(12)));
        }
        all.add(at, "weather", details);
    }

    /** S3 and STS read what is written, as do logs by their tokens. */
    private static boolean isRead(String call) {
        return call.matches("(Code|Elastic|CloudF).*\\.(Describe|List|BatchGet).*");
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
        int at = 60 + random.nextInt(length + 600);
        if (random.nextBoolean()) { // while a step is at it
            Happening step = steps.get(random.nextInt(steps.size()));
            details.put("on", step.text("on"));
            at = (int) step.at().toSeconds() - 5 + random.nextInt(random.nextBoolean() ? 30 : 200);
        }
        all.add(at, "kill", details);
    }

    private void add(int at, String what, Object... words) {
        all.add(at, what, Worlds.details(words));
    }
}

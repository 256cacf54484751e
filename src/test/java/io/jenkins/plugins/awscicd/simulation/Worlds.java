package io.jenkins.plugins.awscicd.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Makes the world of a seed: small ones mostly, as what is wrong with two runs is easier to find, and to see, among few. */
final class Worlds {

    private static final List<String> GROUPS = List.of("g1", "g2");
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
            "STS.*");

    /** What is done twice if it is not known that it was done. */
    private static final List<String> CHANGES = List.of(
            "CodeBuild.StartBuild",
            "CodeDeploy.CreateDeployment",
            "ElasticBeanstalk.UpdateEnvironment",
            "ElasticBeanstalk.SwapEnvironmentCNAMEs");

    private static final List<String> DIALECTS = List.of(
            "CodeBuild STOPPED_AT_ONCE",
            "CodeBuild ENDED_NOT_STOPPED",
            "CodeDeploy ROLLBACK_NAMED_LATE",
            "CodeDeploy ROLLBACK_ANNOUNCED",
            "CodeDeploy NO_COMPLETE_TIME",
            "ElasticBeanstalk HEALTH_GREY",
            "ElasticBeanstalk HEALTH_ALARMED",
            "ElasticBeanstalk LABEL_AT_ONCE",
            "ElasticBeanstalk NO_LAST_WORD",
            "ElasticBeanstalk REVERTED_LATE");

    private final long seed;
    private final RandomGenerator random;
    private final List<Happening> all = new ArrayList<>();
    private final int length;
    private int runs;

    Worlds(long seed) {
        this.seed = seed;
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        length = random.nextInt(3) == 0 ? 7200 : 1200;
    }

    World world() {
        places();
        int steps = random.nextInt(12) == 0 ? 20 + random.nextInt(60) : 2 + random.nextInt(8);
        for (int i = 0; i < steps; i++) {
            step();
        }
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
        if (random.nextInt(4) == 0) {
            add(random.nextInt(length), "closed", "for", 60 + random.nextInt(1200));
        }
        return new World(seed, all);
    }

    private void places() {
        if (random.nextInt(3) == 0) {
            String[] dialect = DIALECTS.get(random.nextInt(DIALECTS.size())).split(" ");
            add(0, "dialect", "service", dialect[0], "name", dialect[1]);
        }
        if (random.nextInt(5) == 0) {
            add(0, "controller", "on", "a", "ahead", random.nextInt(1200) - 600);
        }
        add(0, "project", "name", "p1", "limit", random.nextInt(3) == 0 ? 2 : 100);
        for (String group : GROUPS) {
            Map<String, String> details =
                    details("name", group, "instances", 1 + random.nextInt(3), "events", 1 + random.nextInt(20));
            if (random.nextBoolean()) {
                details.put("autoRollback", "true");
            }
            all.add(happening(0, "group", details));
        }
        String policy = List.of("AllAtOnce", "Rolling", "Immutable").get(random.nextInt(3));
        add(0, "environment", "name", "solo", "command", 1 + random.nextInt(60), "policy", policy, "instances", 2);
        add(0, "environment", "name", "web-a", "cname", "live", "command", 1 + random.nextInt(60));
        add(0, "environment", "name", "web-b", "cname", "idle", "command", 1 + random.nextInt(60));
    }

    private void step() {
        int run = ++runs;
        int at = 60 + random.nextInt(length);
        Map<String, String> details = details("run", run, "on", random.nextInt(4) == 0 ? "b" : "a");
        if (random.nextInt(4) == 0) {
            details.put("as", "AKIABOB0000000000000");
        }
        String what;
        switch (random.nextInt(5)) {
            case 0 -> {
                what = "build";
                details.put("project", "p1");
                details.put("seconds", Integer.toString(1 + random.nextInt(300)));
                details.put("lines", Integer.toString(random.nextInt(3) == 0 ? random.nextInt(300) : 0));
                if (random.nextInt(4) == 0) {
                    details.put("status", random.nextBoolean() ? "FAILED" : "FAULT");
                }
            }
            case 1, 2 -> {
                what = "deploy";
                details.put("group", GROUPS.get(random.nextInt(GROUPS.size())));
                whenBusy(details);
                if (random.nextInt(5) == 0) {
                    details.put("fails", "AfterInstall");
                }
            }
            case 3 -> {
                what = "update";
                details.put("environment", "solo");
                whenBusy(details);
                if (random.nextInt(5) == 0) {
                    details.put("fails", "true");
                }
                if (random.nextInt(3) == 0) {
                    details.put("healthMinutes", "3");
                }
            }
            default -> {
                what = "update";
                details.put("strategy", "blueGreen");
                details.put("environment", "web-a");
                details.put("twin", "web-b");
                details.put("cname", "live");
                if (random.nextInt(3) == 0) {
                    details.put("bakeMinutes", "3");
                }
            }
        }
        if (random.nextInt(4) == 0) {
            add(at + random.nextInt(400), "abort", "run", run);
            if (random.nextInt(5) == 0) {
                details.put("onAbort", "leave");
            }
        } else if (random.nextInt(8) == 0) {
            details.put("timeout", Integer.toString(60 + random.nextInt(600)));
        }
        all.add(happening(at, what, details));
    }

    private void whenBusy(Map<String, String> details) {
        int which = random.nextInt(6);
        if (which < 2) {
            details.put("whenBusy", which == 0 ? "newestWins" : "fail");
        }
    }

    private void stranger() {
        int at = 60 + random.nextInt(length + 300);
        int of = 1 + random.nextInt(runs);
        switch (random.nextInt(6)) {
            case 0 -> add(at, "stranger", "does", "deploy", "group", GROUPS.get(random.nextInt(GROUPS.size())));
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
        Map<String, String> details = details(
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
        all.add(happening(60 + random.nextInt(length), "weather", details));
    }

    /** A right is taken away, and given back. */
    private void denied() {
        String call = CALLS.get(1 + random.nextInt(CALLS.size() - 1));
        add(60 + random.nextInt(length), "weather", "call", call, "kind", "denied", "for", 5 + random.nextInt(600));
    }

    private void kill() {
        Map<String, String> details = details(
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
        all.add(happening(60 + random.nextInt(length + 600), "kill", details));
    }

    private void add(int at, String what, Object... words) {
        all.add(happening(at, what, details(words)));
    }

    private Happening happening(int at, String what, Map<String, String> details) {
        int millis = at == 0 ? 0 : random.nextInt(1000);
        return new Happening(Duration.ofMillis(at * 1000L + millis), what, details);
    }

    private static Map<String, String> details(Object... words) {
        Map<String, String> details = new TreeMap<>();
        for (int i = 0; i < words.length; i += 2) {
            details.put(String.valueOf(words[i]), String.valueOf(words[i + 1]));
        }
        return details;
    }
}

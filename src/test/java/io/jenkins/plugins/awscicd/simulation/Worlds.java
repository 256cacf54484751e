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

    static final List<String> GROUPS = List.of("g1", "g2");
    private static final List<String> DIALECTS = List.of(
            "CodeBuild RETRY_NAMED_LATE",
            "CodeBuild STOPPED_AT_ONCE",
            "CodeBuild ENDED_NOT_STOPPED",
            "CodeBuild BATCH_STOPS_WITH_ITS_BUILDS",
            "CodeBuild BATCH_WITHOUT_DOWNLOAD",
            "CodeDeploy ROLLBACK_NAMED_LATE",
            "CodeDeploy ROLLBACK_ANNOUNCED",
            "CodeDeploy NO_COMPLETE_TIME",
            "ElasticBeanstalk HEALTH_GREY",
            "ElasticBeanstalk HEALTH_ALARMED",
            "ElasticBeanstalk LABEL_AT_ONCE",
            "ElasticBeanstalk NO_LAST_WORD",
            "ElasticBeanstalk REVERTED_LATE",
            "ElasticBeanstalk LAUNCH_COMPLETED",
            "ElasticBeanstalk BLANK_TIER_VERSION",
            "ElasticBeanstalk TERMINATION_FAILS",
            "CloudFormation DESCRIBED_LATE",
            "CloudFormation EVENTS_LATE",
            "CloudFormation CHANGE_SET_BUSY",
            "CloudFormation NO_OPERATIONS",
            "CloudFormation REASON_WITH_BLANK",
            "CloudFormation EMPTY_NO_UPDATES",
            "CloudFormation OTHERS_OBSOLETE",
            "CloudFormation TOKEN_ONCE",
            "CloudFormation EVENTS_OF_ALL_OPERATIONS",
            "CloudFormation CANCELLED_BY_NAME",
            "CloudFormation TOKEN_OUTLIVES_SET");

    /** How the attempts at a batch's second build end. */
    private static final List<String> SECOND =
            List.of("SUCCEEDED", "FAILED", "FAILED,SUCCEEDED", "FAULT,FAILED,SUCCEEDED");

    private final long seed;
    private final RandomGenerator random;
    private final List<Happening> all = new ArrayList<>();
    private final int length;
    private final List<Happening> steps = new ArrayList<>();
    private int runs;
    /** The run that has planned a change of the stack; 0 if none has. */
    private int planned;
    /** The only kind of step there is, as all come to one place at once; -1 for all kinds. */
    private int rush = -1;

    Worlds(long seed) {
        this.seed = seed;
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        length = random.nextInt(3) == 0 ? 7200 : 1200;
    }

    World world() {
        places();
        rush = random.nextInt(8) == 0 ? random.nextInt(7) : -1;
        int count = random.nextInt(12) == 0 ? 20 + random.nextInt(60) : 2 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            step();
        }
        new Disturbances(random, length, this::add).disturb(List.copyOf(steps));
        if (random.nextInt(4) == 0) {
            add(random.nextInt(length), "closed", "for", 60 + random.nextInt(1200));
        }
        new Additions(seed, length, all).add();
        return new World(seed, all);
    }

    private void places() {
        if (random.nextInt(3) == 0) {
            String[] dialect = DIALECTS.get(random.nextInt(DIALECTS.size())).split(" ");
            add(0, "dialect", "service", dialect[0], "name", dialect[1]);
        }
        for (String controller : List.of("a", "b")) {
            if (random.nextInt(4) == 0) {
                add(0, "controller", "on", controller, "ahead", random.nextInt(1200) - 600);
            }
        }
        if (random.nextInt(4) == 0) {
            add(0, "lateLogs", "by", 1 + random.nextInt(4), "emptyPages", random.nextInt(3));
        }
        add(0, "project", "name", "p1", "limit", random.nextInt(3) == 0 ? 2 : 100);
        for (String group : GROUPS) {
            Map<String, String> details =
                    details("name", group, "instances", 1 + random.nextInt(3), "events", 1 + random.nextInt(20));
            if (random.nextBoolean()) {
                details.put("autoRollback", "true");
            }
            add(0, "group", details);
        }
        String policy = List.of("AllAtOnce", "Rolling", "Immutable").get(random.nextInt(3));
        add(0, "environment", "name", "solo", "command", 1 + random.nextInt(60), "policy", policy, "instances", 2);
        add(0, "environment", "name", "web-a", "cname", "live", "command", 1 + random.nextInt(60));
        add(0, "environment", "name", "web-b", "cname", "idle", "command", 1 + random.nextInt(60));
        add(0, "stack", "name", "s1", "resource", 1 + random.nextInt(60));
    }

    /** By chance of its own: the rest of the world is what it was before builds were tried again. */
    private void retried(int run, Map<String, String> build) {
        Random chance = new Random(seed * 31 + run);
        if (chance.nextInt(3) == 0) {
            build.put("retry", Integer.toString(1 + chance.nextInt(2)));
            build.put(
                    "status",
                    List.of("FAILED,SUCCEEDED", "FAULT,TIMED_OUT,SUCCEEDED", "FAILED")
                            .get(chance.nextInt(3)));
            build.put("lines", "0"); // each try has them, and the law counts those of one
        }
    }

    private void step() {
        int run = ++runs;
        int at = 60 + random.nextInt(rush < 0 ? length : 240);
        Map<String, String> details = details("run", run, "on", random.nextInt(4) == 0 ? "b" : "a");
        identity(details);
        String what;
        switch (rush < 0 ? random.nextInt(7) : rush) {
            case 5, 6 -> {
                what = "change";
                change(details);
            }
            case 0 -> {
                what = "build";
                details.put("project", "p1");
                int longest = random.nextInt(4) == 0 ? 1800 : 300;
                details.put("seconds", Integer.toString(1 + random.nextInt(longest)));
                details.put("lines", Integer.toString(random.nextInt(3) == 0 ? random.nextInt(300) : 0));
                if (random.nextInt(3) == 0) {
                    what = "batch";
                    details.put("retries", Integer.toString(random.nextInt(3)));
                    details.put("second", SECOND.get(random.nextInt(SECOND.size())));
                } else if (random.nextInt(4) == 0) {
                    details.put("status", random.nextBoolean() ? "FAILED" : "FAULT");
                }
                retried(run, details);
            }
            case 1, 2 -> {
                what = "deploy";
                details.put("group", rush < 0 ? GROUPS.get(random.nextInt(GROUPS.size())) : "g1");
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
                if (random.nextInt(4) == 0) {
                    details.put("onFailure", "rollBack");
                }
            }
            default -> {
                what = "update";
                details.put("strategy", "blueGreen");
                details.put("cname", "live");
                if (random.nextInt(4) == 0) { // a clone of what is live
                    if (random.nextBoolean()) {
                        details.put("oldEnvironment", "terminate");
                    }
                } else {
                    details.put("environment", "web-a");
                    details.put("twin", "web-b");
                }
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
        Happening step = happening(at, what, details);
        all.add(step);
        steps.add(step);
    }

    /** The same account has several, and roles besides. */
    private void identity(Map<String, String> details) {
        int who = random.nextInt(8);
        if (who < 2) {
            details.put("as", "AKIABOB0000000000000");
        } else if (who == 2) {
            details.put("role", "arn:aws:iam::123456789012:role/deploy");
        }
    }

    private void change(Map<String, String> details) {
        details.put("stack", "s1");
        int kind = random.nextInt(8);
        switch (kind) {
            case 0 -> details.put("delete", "true");
            case 1 -> details.put("plan", "true");
            case 2 -> {
                if (planned > 0) {
                    details.put("planned", Integer.toString(planned));
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    details.put("value", "same");
                }
                if (random.nextInt(4) == 0) {
                    details.put("wider", "true");
                }
                if (random.nextInt(4) == 0) {
                    details.put("fails", random.nextBoolean() ? "CREATE" : "UPDATE");
                    if (random.nextInt(4) == 0) {
                        details.put("stays", "true");
                    }
                }
                if (random.nextInt(3) == 0) {
                    details.put("onFailure", random.nextBoolean() ? "keep" : "delete");
                }
                if (random.nextBoolean()) {
                    details.put("recreateFailed", "true");
                }
            }
        }
        if (kind == 1) {
            planned = runs;
        }
        if (random.nextInt(6) == 0) {
            details.put("whenBusy", "fail");
        }
    }

    private void whenBusy(Map<String, String> details) {
        int which = random.nextInt(6);
        if (which < 2) {
            details.put("whenBusy", which == 0 ? "newestWins" : "fail");
        }
    }

    private void add(int at, String what, Object... words) {
        add(at, what, details(words));
    }

    private void add(int at, String what, Map<String, String> details) {
        all.add(happening(at, what, details));
    }

    private Happening happening(int at, String what, Map<String, String> details) {
        int millis = at == 0 ? 0 : random.nextInt(1000);
        return new Happening(Duration.ofMillis(at * 1000L + millis), what, details);
    }

    static Map<String, String> details(Object... words) {
        Map<String, String> details = new TreeMap<>();
        for (int i = 0; i < words.length; i += 2) {
            details.put(String.valueOf(words[i]), String.valueOf(words[i + 1]));
        }
        return details;
    }
}

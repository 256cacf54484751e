package io.jenkins.plugins.awscicd.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What some worlds have besides: a second account, little room for builds, pipelines. It has chances of its own, so that a seed's world
 * is otherwise the same with it and without it.
 */
final class Additions {

    private static final String ROLE = "arn:aws:iam::" + Places.OTHER + ":role/deploy";
    private static final int FIRST_RUN = 901;
    private static final int FIRST_BUILD = 951;

    private final long seed;
    private final RandomGenerator random;
    private final int length;
    private final List<Happening> all;

    /**
     * @param length of the world in seconds
     * @param all that is in it, and what is added
     */
    Additions(long seed, int length, List<Happening> all) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 2);
        this.length = length;
        this.all = all;
    }

    void add() {
        if (random.nextInt(4) == 0) {
            add(0, "capacity", "builds", 1 + random.nextInt(2));
            if (random.nextInt(4) == 0) {
                add(0, "dialect", "service", "CodeBuild", "name", "BATCH_BUILDS_REFUSED");
            }
            builds();
        }
        if (random.nextInt(4) == 0) {
            otherAccount();
        }
        if (random.nextInt(4) == 0) {
            pipelines();
        }
        new AddedUploads(seed, length, all).add();
        new AddedTests(seed, length, all).add();
        new AddedStackSets(seed, length, all).add();
        new AddedScaling(seed, length, all).add();
    }

    /** The same names in another account, to which some steps come. */
    private void otherAccount() {
        for (Happening one : List.copyOf(all)) {
            if (one.what().equals("project") || one.what().equals("group")) {
                all.add(with(one, "account", Places.OTHER));
            }
        }
        all.replaceAll(one -> {
            boolean there = one.what().equals("build") || one.what().equals("deploy");
            return there && random.nextInt(3) == 0 ? with(one, "role", ROLE) : one;
        });
    }

    private static Happening with(Happening one, String name, String value) {
        Map<String, String> details = new TreeMap<>(one.details());
        details.put(name, value);
        return new Happening(one.at(), one.what(), details);
    }

    /** More of them at once than may wait. */
    private void builds() {
        int together = random.nextInt(length);
        int count = 7 + random.nextInt(5);
        for (int run = FIRST_BUILD; run < FIRST_BUILD + count; run++) {
            int at = 60 + together + random.nextInt(40);
            add(at, "build", "run", run, "on", "a", "project", "p1", "seconds", 1 + random.nextInt(120));
        }
    }

    private void pipelines() {
        String mode = List.of("SUPERSEDED", "QUEUED", "PARALLEL").get(random.nextInt(3));
        add(0, "pipeline", "name", "pipe", "mode", mode, "takes", 1 + random.nextInt(120));
        int count = 1 + random.nextInt(4);
        int together = random.nextInt(length);
        List<Happening> steps = new ArrayList<>();
        for (int run = FIRST_RUN; run < FIRST_RUN + count; run++) {
            int at = 60 + together + random.nextInt(random.nextBoolean() ? 60 : 600);
            Map<String, String> details =
                    Worlds.details("run", run, "on", random.nextInt(4) == 0 ? "b" : "a", "pipeline", "pipe");
            if (random.nextInt(4) == 0) {
                details.put("fails", "true");
            }
            if (random.nextInt(3) == 0) {
                details.put("abandon", "true");
            }
            if (random.nextInt(3) == 0) {
                add(at + random.nextInt(240), "abort", "run", run);
            }
            add(at, "execute", details);
            steps.add(all.get(all.size() - 1));
        }
        if (random.nextInt(3) == 0) {
            String start = "CodePipeline.StartPipelineExecution";
            int back = 1 + random.nextInt(120);
            add(50 + together, "kill", "on", "a", "call", start, "inCall", 1, "back", back);
        }
        new Disturbances(random, length, this::add).disturb(steps);
    }

    private void add(int at, String what, Object... words) {
        add(at, what, Worlds.details(words));
    }

    private void add(int at, String what, Map<String, String> details) {
        int millis = at == 0 ? 0 : random.nextInt(1000);
        all.add(new Happening(Duration.ofMillis(at * 1000L + millis), what, details));
    }
}

package io.jenkins.plugins.awscicd.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Something that some worlds have besides, with chances of its own: the rest of a seed's world is the same with it and without it. */
abstract class Added {

    private static final List<String> KINDS = List.of("throttle", "error", "cut", "expired");

    final RandomGenerator random;
    /** Of the world, in seconds. */
    final int length;

    private final List<Happening> all;

    /**
     * @param number of what is added, another one for each
     * @param all that is in the world, and what is added
     */
    Added(long seed, int number, int length, List<Happening> all) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + number);
        this.length = length;
        this.all = all;
    }

    /** Adds it, if the world is one that has it. */
    abstract void add();

    final Happening add(int at, String what, Object... words) {
        return add(at, what, Worlds.details(words));
    }

    final Happening add(int at, String what, Map<String, String> details) {
        int from = Math.max(0, at);
        int millis = from == 0 ? 0 : random.nextInt(1000);
        Happening one = new Happening(Duration.ofMillis(from * 1000L + millis), what, details);
        all.add(one);
        return one;
    }

    /** For a time, one of the calls fails, before AWS has carried it out or after. */
    final void storm(int at, List<String> calls, int longest) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        Map<String, String> storm = Worlds.details(
                "call",
                calls.get(random.nextInt(calls.size())),
                "kind",
                kind,
                "probability",
                random.nextBoolean() ? "1" : "0.5",
                "for",
                5 + random.nextInt(longest));
        if (random.nextBoolean() && (kind.equals("error") || kind.equals("cut"))) {
            storm.put("after", "true");
        }
        add(at, "weather", storm);
    }

    /** A controller dies, then or in one of the calls. */
    final void kill(String controller, int at, List<String> calls) {
        Map<String, String> kill = Worlds.details("on", controller, "back", random.nextInt(300));
        if (random.nextBoolean()) {
            kill.put("call", calls.get(random.nextInt(calls.size())));
            kill.put("inCall", Integer.toString(1 + random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            kill.put("lastWriteLost", "true");
        }
        add(at, "kill", kill);
    }
}

package io.jenkins.plugins.awscicd.bench;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured, as bin/bench says in system properties.
 *
 * @param builds how many builds at once, one load after the other
 * @param rounds how often builds and bare sleeps are run by turns
 * @param logBuilds how many builds at once with their logs streamed; 0 for none
 * @param naive whether the loads are also polled naively
 * @param eventBuilds how many builds at once with and without events
 * @param eventSeconds how long these take, about
 * @param only the sections to run
 */
record BenchOptions(
        List<Integer> builds,
        int rounds,
        int logBuilds,
        boolean naive,
        int eventBuilds,
        int eventSeconds,
        Set<String> only) {

    static final String LOAD = "load";
    static final String STARTS = "starts";
    static final String LOGS = "logs";
    static final String ABORT = "abort";
    static final String RESTART = "restart";

    /** The last one: when nobody listens any more, events still count as proved until an end comes without one. */
    static final String EVENTS = "events";

    private static final List<String> ALL = List.of(LOAD, STARTS, LOGS, ABORT, RESTART, EVENTS);

    static BenchOptions ofSystemProperties() {
        return new BenchOptions(
                list("builds", "100,300,1000").stream().map(Integer::valueOf).toList(),
                Integer.parseInt(property("rounds", "2")),
                Integer.parseInt(property("log-builds", "100")),
                property("naive", "yes").equals("yes"),
                Integer.parseInt(property("event-builds", "300")),
                Integer.parseInt(property("event-seconds", "60")),
                new LinkedHashSet<>(list("only", String.join(",", ALL))));
    }

    boolean wants(String section) {
        return only.contains(section);
    }

    /** The name of the file with the figures: a part of them does not replace all of them. */
    String file() {
        return only.containsAll(ALL) ? "watch.md" : "watch-" + String.join("-", only) + ".md";
    }

    private static List<String> list(String name, String otherwise) {
        return Arrays.asList(property(name, otherwise).split(","));
    }

    private static String property(String name, String otherwise) {
        return System.getProperty("bench." + name, otherwise);
    }
}

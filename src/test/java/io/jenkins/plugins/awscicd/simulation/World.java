package io.jenkins.plugins.awscicd.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is, who does what and when, and what goes wrong meanwhile: all that decides a {@linkplain Play play}. As text it is one
 * line for the seed of coincidences, and one for each happening; so it can be kept, replayed, and cut down.
 *
 * @param seed of what is left to chance while it is played: identifiers, which calls a fault hits, jitter
 */
record World(long seed, List<Happening> happenings) {

    World {
        happenings =
                happenings.stream().sorted(Comparator.comparing(Happening::at)).toList();
    }

    /** The world of a seed. */
    static World of(long seed) {
        return new Worlds(seed).world();
    }

    static World read(Path file) throws IOException {
        long seed = 0;
        List<Happening> happenings = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("seed ")) {
                seed = Long.parseLong(line.substring(5).trim());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                happenings.add(Happening.parse(line));
            }
        }
        return new World(seed, happenings);
    }

    World with(List<Happening> others) {
        return new World(seed, others);
    }

    /** How many steps are run. */
    long runs() {
        return happenings.stream()
                .filter(one -> one.has("run") && !one.what().equals("abort"))
                .count();
    }

    /** Whether AWS ever denies somebody a right. */
    boolean isDenied() {
        return happenings.stream().anyMatch(one -> one.text("kind", "").equals("denied"));
    }

    /** Whether a controller that dies loses what it has written last. */
    boolean losesWrites() {
        return happenings.stream().anyMatch(one -> one.has("lastWriteLost"));
    }

    /** How many builds of an account run at once. */
    int concurrentBuilds() {
        return happenings.stream()
                .filter(one -> one.what().equals("capacity"))
                .findFirst()
                .map(one -> one.number("builds"))
                .orElse(60);
    }

    /** For how long a call is not answered as it should be, all in all. */
    Duration stormy(String call) {
        return happenings.stream()
                .filter(one -> one.what().equals("weather"))
                .filter(one -> call.matches(one.text("call").replace("*", ".*")))
                .map(one -> one.seconds("for"))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether AWS takes every call. */
    boolean isCalm() {
        return happenings.stream().noneMatch(one -> one.what().equals("weather"));
    }

    /** Whether it does so in between. */
    boolean isCalm(Duration from, Duration until) {
        return happenings.stream()
                .filter(one -> one.what().equals("weather"))
                .noneMatch(one -> one.at().compareTo(until) < 0
                        && one.at().plus(one.seconds("for")).compareTo(from) > 0);
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of("seed " + seed), happenings.stream().map(Happening::toString))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}

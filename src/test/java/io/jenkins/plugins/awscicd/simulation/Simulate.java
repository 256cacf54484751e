package io.jenkins.plugins.awscicd.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code bin/simulate}: plays world after world, on all cores, until a law is broken or it has been enough. */
public final class Simulate {

    private static final String USAGE = """
            bin/simulate [--coverage] [--seeds N] [--seed S] [--minutes M] [--breaks N] [--world FILE]
              --coverage    says at the end how much of the engine was reached, and where most was not
              --seeds N     how many worlds to play; without it, until --minutes are over or it is stopped
              --seed S      the first seed; 1. With --seeds 1 the history is printed
              --minutes M   ends after so many minutes
              --breaks N    goes on until so many worlds have broken a law; 1. With more than 1, no history is printed
              --world FILE  plays this world, and prints its history
            Ends with 0 if all laws held, else with 1. Of each world that breaks a law, the seed, the laws, the smallest world
            that still breaks the first of them, and what happens there are printed.""";

    private final PrintStream out;
    private final AtomicLong worlds = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong simulatedSeconds = new AtomicLong();
    private final Map<String, Integer> faults = new TreeMap<>();
    private final AtomicLong broken = new AtomicLong();
    private final long breaks;
    private final long begun = System.nanoTime();

    private Simulate(PrintStream out, long breaks) {
        this.out = out;
        this.breaks = breaks;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Connections that a world cuts are no news.
        Logger.getLogger("software.amazon.awssdk").setLevel(Level.OFF);
        Logger.getLogger("io.jenkins.plugins.awscicd").setLevel(Level.OFF);
        long first = 1;
        long count = Long.MAX_VALUE;
        long minutes = Long.MAX_VALUE / 60;
        long breaks = 1;
        String file = null;
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (i + 1 == arguments.length || !name.matches("--(seeds?|minutes|breaks|world)")) {
                System.err.println(name.equals("--help") ? USAGE : name + ": not known, or without a value\n" + USAGE);
                System.exit(name.equals("--help") ? 0 : 2);
            }
            String value = arguments[++i];
            switch (name) {
                case "--seed" -> first = Long.parseLong(value);
                case "--seeds" -> count = Long.parseLong(value);
                case "--minutes" -> minutes = Long.parseLong(value);
                case "--breaks" -> breaks = Long.parseLong(value);
                default -> file = value;
            }
        }
        Simulate simulate = new Simulate(System.out, breaks);
        boolean good = file != null || count == 1
                ? simulate.show(file == null ? World.of(first) : World.read(Path.of(file)))
                : simulate.many(first, count, Duration.ofMinutes(minutes));
        System.exit(good ? 0 : 1);
    }

    private boolean show(World world) {
        Outcome outcome = Play.of(world, true);
        outcome.history().forEach(out::println);
        outcome.broken().forEach(one -> out.println("BROKEN " + one));
        out.println(outcome.isGood() ? "All laws held." : outcome.broken().size() + " times a law was broken.");
        return outcome.isGood();
    }

    private boolean many(long first, long count, Duration most) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(cores);
        AtomicLong next = new AtomicLong();
        long end = most.toSeconds() > 1_000_000_000 ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
        for (int i = 0; i < cores; i++) {
            pool.execute(() -> {
                long number = next.getAndIncrement();
                while (number < count && broken.get() < breaks && System.nanoTime() < end) {
                    one(first + number);
                    number = next.getAndIncrement();
                }
            });
        }
        pool.shutdown();
        while (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
            out.println(progress());
        }
        out.println(progress());
        return broken.get() == 0;
    }

    private void one(long seed) {
        Outcome outcome;
        try {
            outcome = Play.of(World.of(seed), false);
        } catch (RuntimeException | Error e) {
            broken.incrementAndGet();
            synchronized (out) {
                out.println("Seed " + seed + " could not be played");
                e.printStackTrace(out);
            }
            return;
        }
        worlds.incrementAndGet();
        runs.addAndGet(outcome.runs());
        calls.addAndGet(outcome.calls());
        simulatedSeconds.addAndGet(outcome.length().toSeconds());
        synchronized (faults) {
            outcome.faults().forEach((kind, times) -> faults.merge(kind, times, Integer::sum));
        }
        if (!outcome.isGood() && broken.incrementAndGet() <= breaks) {
            report(outcome);
        }
    }

    private void report(Outcome outcome) {
        World small = new Shrinker(outcome.laws().get(0)).shrink(outcome.world());
        Outcome again = Play.of(small, true);
        synchronized (out) {
            out.println("Seed " + outcome.world().seed() + " breaks " + outcome.broken());
            out.println("The smallest world that breaks it (keep it as a file for --world):\n" + small);
            if (breaks == 1) {
                again.history().forEach(out::println);
            }
            again.broken().forEach(one -> out.println("BROKEN " + one));
        }
    }

    private String progress() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        synchronized (faults) {
            return "%,d worlds, %,d runs (%.0f a second), %,d simulated hours, %,d calls, faults %s"
                    .formatted(
                            worlds.get(),
                            runs.get(),
                            runs.get() / seconds,
                            simulatedSeconds.get() / 3600,
                            calls.get(),
                            faults);
        }
    }
}

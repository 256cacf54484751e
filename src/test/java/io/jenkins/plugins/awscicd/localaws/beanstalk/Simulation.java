package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the instances of a simulated environment behave: deploying takes each a second and succeeds, and all is well with it, unless
 * something else is said here. It may be changed at any time.
 */
public final class Simulation {

    /** What an instance says of a failure unless something else is said. */
    public static final String OUTPUT = "Engine execution has encountered an error.";

    /**
     * A deployment that goes wrong somewhere.
     *
     * @param instance {@code null} for any
     * @param batch 0 for any
     */
    private record Failure(String instance, int batch, String output) {
        boolean hits(InstanceWork.Command command) {
            return (instance == null || instance.equals(command.instance().id()))
                    && (batch == 0 || batch == command.batch());
        }
    }

    private final Map<String, List<Failure>> byLabel = new HashMap<>();
    private final Map<String, Health> healthByLabel = new HashMap<>();
    private final List<Failure> next = new ArrayList<>();
    private List<Failure> current = List.of();
    private String log = "";
    private Duration command = Duration.ofSeconds(1);
    private Health health = Health.of(HealthStatus.OK);

    Simulation() {}

    /** How long deploying takes at an instance. */
    public synchronized Simulation command(Duration duration) {
        command = duration;
        return this;
    }

    /** Has every deployment of a version fail, at every instance. */
    public synchronized Simulation failing(String versionLabel, String output) {
        byLabel.computeIfAbsent(versionLabel, label -> new ArrayList<>()).add(new Failure(null, 0, output));
        return this;
    }

    /** Has the next deployment fail, at every instance. */
    public synchronized Simulation failingNext(String output) {
        next.add(new Failure(null, 0, output));
        return this;
    }

    /** Has the next deployment fail at one instance. */
    public synchronized Simulation failingNextAt(String instance, String output) {
        next.add(new Failure(instance, 0, output));
        return this;
    }

    /** Has the next deployment fail in one batch, from 1. */
    public synchronized Simulation failingNextIn(int batch, String output) {
        next.add(new Failure(null, batch, output));
        return this;
    }

    /** How the environment is when nothing is done to it. */
    public synchronized Simulation health(HealthStatus status, String... causes) {
        health = Health.of(status, causes);
        return this;
    }

    /** How instances are that run a version: bad health keeps it from being rolled out any further, where the policy looks. */
    public synchronized Simulation healthOf(String versionLabel, HealthStatus status, String... causes) {
        healthByLabel.put(versionLabel, Health.of(status, causes));
        return this;
    }

    /** What the application has written, as it is in the instances' {@code web.stdout.log}. */
    public synchronized Simulation log(String text) {
        log = text;
        return this;
    }

    /** Nothing fails any more, and all is well. */
    public synchronized Simulation heal() {
        byLabel.clear();
        healthByLabel.clear();
        next.clear();
        current = List.of();
        health = Health.of(HealthStatus.OK);
        return this;
    }

    synchronized void beginDeployment(String versionLabel) {
        List<Failure> all = new ArrayList<>(next);
        all.addAll(byLabel.getOrDefault(versionLabel, List.of()));
        next.clear();
        current = all;
    }

    synchronized String log() {
        return log;
    }

    synchronized Duration duration() {
        return command;
    }

    synchronized CommandResult outcome(InstanceWork.Command asked) {
        return current.stream()
                .filter(failure -> failure.hits(asked))
                .findFirst()
                .map(failure -> CommandResult.failed(failure.output()))
                .orElse(CommandResult.SUCCESS);
    }

    synchronized Health healthWith(String versionLabel) {
        return healthByLabel.getOrDefault(versionLabel, health);
    }
}

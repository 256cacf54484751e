package io.jenkins.plugins.awscicd.localaws.codedeploy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How lifecycle events of a simulated group behave: each succeeds, and takes the time of the {@link DeploymentTiming}, unless
 * something else is said here. It may be changed at any time; a deployment behaves as it was when the deployment began.
 */
public final class Simulation {

    /** At any target. */
    private static final String ANY = "*";

    /** What holds for one deployment. */
    record Plan(Duration otherwise, Map<String, Duration> durations, Map<String, Diagnostics> failures) {

        Duration duration(String event) {
            return durations.getOrDefault(event, otherwise);
        }

        Diagnostics outcome(String target, String event) {
            Diagnostics own = failures.get(key(target, event));
            return own != null ? own : failures.getOrDefault(key(ANY, event), Diagnostics.SUCCESS);
        }
    }

    private final Map<String, Duration> durations = new HashMap<>();
    private final Map<String, Diagnostics> failures = new HashMap<>();
    private final Map<String, Diagnostics> next = new HashMap<>();
    private Duration otherwise;

    Simulation() {}

    /** How long every event takes for which nothing else is said. */
    public synchronized Simulation events(Duration duration) {
        otherwise = duration;
        return this;
    }

    /** How long an event takes, such as Install. */
    public synchronized Simulation event(String event, Duration duration) {
        durations.put(event, duration);
        return this;
    }

    /** Has an event fail at one target, in every deployment to come. */
    public synchronized Simulation fail(String target, String event, Diagnostics why) {
        failures.put(key(target, event), why);
        return this;
    }

    /** Has an event fail at every target, in every deployment to come. */
    public Simulation fail(String event, Diagnostics why) {
        return fail(ANY, event, why);
    }

    /** Has an event fail at one target in the next deployment; an automatic rollback of that one is another. */
    public synchronized Simulation failOnce(String target, String event, Diagnostics why) {
        next.put(key(target, event), why);
        return this;
    }

    /** Has an event fail at every target in the next deployment. */
    public Simulation failOnce(String event, Diagnostics why) {
        return failOnce(ANY, event, why);
    }

    /** Nothing fails any more. */
    public synchronized Simulation heal() {
        failures.clear();
        next.clear();
        return this;
    }

    /** @param event how long an event takes if nothing is said */
    synchronized Plan plan(Duration event) {
        Map<String, Diagnostics> all = new HashMap<>(failures);
        all.putAll(next);
        next.clear();
        return new Plan(otherwise == null ? event : otherwise, Map.copyOf(durations), all);
    }

    private static String key(String target, String event) {
        return target + " " + event;
    }
}

package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How a pipeline's simulated actions and rules go; by name, as all names of one pipeline's actions are different here. */
public final class Simulation {

    private final Map<String, Duration> lengths = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private final Map<String, Map<String, String>> variables = new HashMap<>();
    private final Map<String, Boolean> rules = new HashMap<>();

    Simulation() {}

    public Simulation takes(String action, Duration length) {
        lengths.put(action, length);
        return this;
    }

    /** Has the next runs of an action fail, so many. */
    public Simulation fails(String action, int times, String message) {
        failures.put(action, times);
        messages.put(action, message);
        return this;
    }

    public Simulation puts(String action, String variable, String value) {
        variables.computeIfAbsent(action, any -> new HashMap<>()).put(variable, value);
        return this;
    }

    /** Has a rule of a condition fail from now on, or not. */
    public Simulation rule(String rule, boolean fails) {
        rules.put(rule, fails);
        return this;
    }

    Duration length(String action, Duration otherwise) {
        return lengths.getOrDefault(action, otherwise);
    }

    /** The message with which this run fails; {@code null} if it does not. */
    String failure(String action) {
        int left = failures.getOrDefault(action, 0);
        if (left == 0) {
            return null;
        }
        failures.put(action, left - 1);
        return messages.get(action);
    }

    Map<String, String> variables(String action) {
        return variables.getOrDefault(action, Map.of());
    }

    public boolean fails(String rule) {
        return rules.getOrDefault(rule, false);
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How the resources of a stack behave: each takes as long as the timing says, and succeeds, unless something else is said here. It
 * may be changed at any time. A nested stack has one of its own, under the name {@code parent/LogicalId}.
 */
public final class Simulation {

    /** Something that goes wrong. */
    private record Failure(Action action, String logicalId, String reason, boolean once, boolean made) {}

    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private final Map<String, Consumer<ObjectNode>> drifts = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> signalled = new HashSet<>();
    private final Map<String, Event.Validation> invalid = new TreeMap<>();
    private Duration duration;

    Simulation() {}

    /** How long each resource takes. */
    public synchronized Simulation takes(Duration value) {
        duration = value;
        return this;
    }

    /** How long one resource takes. */
    public synchronized Simulation takes(String logicalId, Duration value) {
        durations.put(logicalId, value);
        return this;
    }

    /** Has something fail from now on. What fails to be created has no physical id. */
    public synchronized Simulation failing(Action action, String logicalId, String reason) {
        failures.add(new Failure(action, logicalId, reason, false, false));
        return this;
    }

    /** Has something fail the next time. */
    public synchronized Simulation failingNext(Action action, String logicalId, String reason) {
        failures.add(new Failure(action, logicalId, reason, true, false));
        return this;
    }

    /** Has the creation of a resource fail that has a physical id by then. */
    public synchronized Simulation failingWhenMade(String logicalId, String reason) {
        failures.add(new Failure(Action.CREATE, logicalId, reason, false, true));
        return this;
    }

    /** Somebody changes the physical resource without CloudFormation: as its properties are found to be by drift detection. */
    public synchronized Simulation drifting(String logicalId, Consumer<ObjectNode> change) {
        drifts.put(logicalId, change);
        return this;
    }

    /** Somebody deletes the physical resource without CloudFormation. */
    public synchronized Simulation gone(String logicalId) {
        gone.add(logicalId);
        return this;
    }

    /** Has a resource wait for the signals of its CreationPolicy, which nobody sends by himself. */
    public synchronized Simulation waitsForSignals(String logicalId) {
        signalled.add(logicalId);
        return this;
    }

    /**
     * Has the early validation of change sets find something.
     *
     * @param name such as NAME_CONFLICT_VALIDATION
     * @param reason such as {@code Resource of type 'AWS::S3::Bucket' with identifier 'shop' already exists.}
     */
    public synchronized Simulation invalid(String logicalId, String name, String reason) {
        invalid.put(logicalId, new Event.Validation(name, "FAIL", reason, "/Resources/" + logicalId + "/Properties"));
        return this;
    }

    /** The same of something that is only warned of, and fails nothing. */
    public synchronized Simulation doubtful(String logicalId, String name, String reason) {
        invalid.put(logicalId, new Event.Validation(name, "WARN", reason, "/Resources/" + logicalId));
        return this;
    }

    /** The same of the change set as a whole: the event names no resource, which AWS leaves open. */
    public synchronized Simulation doubtful(String name, String reason) {
        invalid.put("", new Event.Validation(name, "WARN", reason, null));
        return this;
    }

    /** Nothing fails any more, or has drifted. */
    public synchronized Simulation heal() {
        failures.clear();
        drifts.clear();
        gone.clear();
        invalid.clear();
        return this;
    }

    synchronized Duration duration(String logicalId, Duration otherwise) {
        return durations.getOrDefault(logicalId, duration == null ? otherwise : duration);
    }

    /** @param made whether the resource has a physical id already */
    synchronized Optional<String> failure(Action action, String logicalId, boolean made) {
        for (Iterator<Failure> all = failures.iterator(); all.hasNext(); ) {
            Failure failure = all.next();
            if (failure.action() == action
                    && failure.made() == made
                    && failure.logicalId().equals(logicalId)) {
                if (failure.once()) {
                    all.remove();
                }
                return Optional.of(failure.reason());
            }
        }
        return Optional.empty();
    }

    /** What early validation finds, by logical ids. */
    public synchronized Map<String, Event.Validation> invalid() {
        return new TreeMap<>(invalid);
    }

    public synchronized boolean isGone(String logicalId) {
        return gone.contains(logicalId);
    }

    synchronized boolean isWaitingForSignals(String logicalId) {
        return signalled.contains(logicalId);
    }

    public synchronized ObjectNode actual(String logicalId, ObjectNode properties) {
        ObjectNode actual = properties.deepCopy();
        Consumer<ObjectNode> drift = drifts.get(logicalId);
        if (drift != null) {
            drift.accept(actual);
        }
        return actual;
    }
}

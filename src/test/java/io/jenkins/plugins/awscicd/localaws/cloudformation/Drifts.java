package io.jenkins.plugins.awscicd.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Difference;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackResource;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drift of stacks: how physical resources differ from what their stacks know of them. */
public final class Drifts {

    /**
     * A detection.
     *
     * @param drifted how many resources have, once it is complete
     * @param status of the stack, once it is complete; {@code null} before
     */
    public record Detection(String id, Stack stack, Instant started, String status, long drifted) {}

    /**
     * What was found of a resource.
     *
     * @param status IN_SYNC, MODIFIED or DELETED
     * @param actual as JSON; {@code null} if it is deleted
     */
    public record Found(
            StackResource resource,
            String status,
            String expected,
            String actual,
            List<PropertyDifference> differences,
            Instant at) {}

    /**
     * A property that differs.
     *
     * @param type ADD, REMOVE or NOT_EQUAL
     */
    public record PropertyDifference(String path, String expected, String actual, String type) {}

    private final Stacks stacks;
    private final Map<String, Detection> detections = new HashMap<>();
    private final Map<String, List<Found>> found = new HashMap<>();

    public Drifts(Stacks stacks) {
        this.stacks = stacks;
    }

    /** @param only logical ids to look at; all if it is empty */
    public Detection begin(Stack stack, Collection<String> only) {
        Detection begun =
                new Detection(stacks.chance().uuid(), stack, stacks.timeline().now(), null, 0);
        detections.put(begun.id(), begun);
        stacks.timeline().after(stacks.timing().planning(), () -> complete(begun, List.copyOf(only)));
        return begun;
    }

    /** Whether one of a stack is not complete yet. */
    public boolean isInProgress(Stack stack) {
        return detections.values().stream().anyMatch(one -> one.stack() == stack && one.status() == null);
    }

    public Optional<Detection> find(String id) {
        return Optional.ofNullable(detections.get(id));
    }

    /** What was found last. */
    public List<Found> of(Stack stack) {
        return found.getOrDefault(stack.id(), List.of());
    }

    private void complete(Detection begun, List<String> only) {
        Stack stack = begun.stack();
        List<Found> all = new ArrayList<>(of(stack));
        for (StackResource resource : stack.resources().values()) {
            if (resource.physicalId() != null
                    && !resource.type().equals("AWS::CloudFormation::Stack")
                    && (only.isEmpty() || only.contains(resource.logicalId()))) {
                all.removeIf(one -> one.resource() == resource);
                all.add(look(stack, resource));
            }
        }
        found.put(stack.id(), all);
        long drifted =
                all.stream().filter(one -> !one.status().equals("IN_SYNC")).count();
        String status = drifted > 0 ? "DRIFTED" : "IN_SYNC";
        stack.drift(status, stacks.timeline().now());
        detections.put(begun.id(), new Detection(begun.id(), stack, begun.started(), status, drifted));
    }

    /** Looks at one resource at once. */
    public Found look(Stack stack, StackResource resource) {
        Instant now = stacks.timeline().now();
        ObjectNode expected = resource.physical().shown();
        List<PropertyDifference> differences = new ArrayList<>();
        if (stack.simulation().isGone(resource.logicalId())) {
            resource.drift("DELETED", now);
            return new Found(resource, "DELETED", expected.toString(), null, differences, now);
        }
        ObjectNode actual = stack.simulation().actual(resource.logicalId(), expected);
        differ("", expected, actual, differences);
        String status = differences.isEmpty() ? "IN_SYNC" : "MODIFIED";
        resource.drift(status, now);
        return new Found(resource, status, expected.toString(), actual.toString(), differences, now);
    }

    private static void differ(
            String path, ObjectNode expected, ObjectNode actual, List<PropertyDifference> differences) {
        for (String name : Difference.differing(expected, actual)) {
            JsonNode before = expected.get(name);
            JsonNode after = actual.get(name);
            if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
                differ(path + "/" + name, one, other, differences);
            } else {
                differences.add(new PropertyDifference(
                        path + "/" + name,
                        text(before),
                        text(after),
                        before == null ? "ADD" : after == null ? "REMOVE" : "NOT_EQUAL"));
            }
        }
    }

    private static String text(JsonNode value) {
        return value == null ? "null" : value.isTextual() ? value.asText() : value.toString();
    }
}

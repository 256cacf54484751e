package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a stack was before it was updated, and what was done to it since: all that a rollback has to know. */
final class Undo {

    private final StackSettings settings;
    private final List<Output> outputs;
    private final Map<String, Physical> before = new LinkedHashMap<>();
    private final Map<String, Physical> replaced = new LinkedHashMap<>();
    private final Set<String> added = new LinkedHashSet<>();
    private final List<Leftover> leftovers = new ArrayList<>();

    /** A physical resource that nobody wants any more. */
    record Leftover(String logicalId, Physical physical) {}

    Undo(Stack stack) {
        settings = stack.settings();
        outputs = stack.outputs();
    }

    void restore(Stack stack) {
        stack.settings(settings);
        stack.outputs(outputs);
    }

    StackSettings settings() {
        return settings;
    }

    /** A resource is about to be changed in place. */
    void changing(String logicalId, Physical physical) {
        if (!added.contains(logicalId) && !replaced.containsKey(logicalId)) {
            before.putIfAbsent(logicalId, physical);
        }
    }

    /** A resource is about to be replaced. */
    void replacing(String logicalId, Physical physical) {
        if (added.contains(logicalId) || replaced.containsKey(logicalId)) {
            leftovers.add(new Leftover(logicalId, physical));
        } else {
            Physical first = before.remove(logicalId);
            replaced.put(logicalId, first == null ? physical : first);
        }
    }

    void adding(String logicalId) {
        added.add(logicalId);
    }

    /** What was changed in place, as it was before. */
    Map<String, Physical> before() {
        return before;
    }

    /** What was replaced, as it was before. */
    Map<String, Physical> replaced() {
        return replaced;
    }

    Set<String> added() {
        return added;
    }

    /** Former replacements that were replaced again. */
    List<Leftover> leftovers() {
        return leftovers;
    }
}

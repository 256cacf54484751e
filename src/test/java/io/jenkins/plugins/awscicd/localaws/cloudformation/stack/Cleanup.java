package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Deletes physical resources, those first that others needed not. */
final class Cleanup {

    private final Stack stack;
    private final Provisioning provisioning;
    private final Map<String, Undo.Leftover> nodes = new LinkedHashMap<>();

    Cleanup(Stack stack, Provisioning provisioning, List<Undo.Leftover> leftovers) {
        this.stack = stack;
        this.provisioning = provisioning;
        for (Undo.Leftover leftover : leftovers) {
            String key = leftover.logicalId();
            while (nodes.containsKey(key)) {
                key += "'";
            }
            nodes.put(key, leftover);
        }
    }

    /** @param whenAll hears when nothing is left to do, with the reasons of what could not be deleted */
    void begin(Consumer<Map<String, String>> whenAll) {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        nodes.forEach((key, leftover) -> needs.put(
                key,
                leftover.physical() == null
                        ? Set.of()
                        : new LinkedHashSet<>(leftover.physical().spec().needs())));
        new Graph(Graph.reversed(needs), true, this::delete, () -> {}, whenAll).begin();
    }

    private void delete(String key, Graph.End end) {
        Undo.Leftover leftover = nodes.get(key);
        boolean own = stack.resource(leftover.logicalId())
                .filter(resource -> resource.physical() == leftover.physical())
                .isPresent();
        StackResource resource = own
                ? stack.resource(leftover.logicalId()).get()
                : new StackResource(
                        leftover.logicalId(), leftover.physical().spec().type());
        provisioning.delete(resource, leftover.physical(), failure -> {
            if (own && failure == null) {
                stack.remove(leftover.logicalId());
            }
            end.ended(failure);
        });
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An update is taken back: what was changed is changed again, what was replaced is put back, and what was added is deleted. */
final class Rollback {

    private final Stack stack;
    private final Stacks stacks;
    private final Undo undo;
    private final Operation operation;
    private final Set<String> skipped;
    private final Graph.End end;
    private final Provisioning provisioning;

    /**
     * @param skipped resources that are to be left as they are, because they could not be taken back before
     * @param end hears how it ended
     */
    Rollback(Stack stack, Stacks stacks, Undo undo, Operation operation, Collection<String> skipped, Graph.End end) {
        this.stack = stack;
        this.stacks = stacks;
        this.undo = undo;
        this.operation = operation;
        this.skipped = Set.copyOf(skipped);
        this.end = end;
        provisioning = new Provisioning(stack, operation, stacks);
    }

    void begin(String reason) {
        stack.become(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, reason, operation);
        stacks.timeline().after(stacks.timing().starting(), this::takeBack);
    }

    private void takeBack() {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        undo.replaced()
                .forEach((logicalId, physical) ->
                        needs.put(logicalId, new LinkedHashSet<>(physical.spec().needs())));
        undo.before()
                .forEach((logicalId, physical) ->
                        needs.put(logicalId, new LinkedHashSet<>(physical.spec().needs())));
        new Graph(needs, true, this::takeBack, () -> {}, this::takenBack).begin();
    }

    private void takeBack(String logicalId, Graph.End ended) {
        StackResource resource = stack.resource(logicalId).orElseThrow();
        Physical before = undo.before().get(logicalId);
        if (skipped.contains(logicalId)) {
            stack.become(resource, resource.physical(), "UPDATE_COMPLETE", null, operation);
            undo.before().remove(logicalId);
            ended.ended(null);
            return;
        }
        if (before == null) {
            Physical old = undo.replaced().get(logicalId);
            if (resource.physical() != old) {
                undo.leftovers().add(new Undo.Leftover(logicalId, resource.physical()));
            }
            stack.become(resource, old, "UPDATE_IN_PROGRESS", null, operation);
            resource.physical(old);
            stack.become(resource, old, "UPDATE_COMPLETE", null, operation);
            undo.replaced().remove(logicalId);
            ended.ended(null);
            return;
        }
        Evaluated values = new Evaluated(before.properties(), before.shown());
        provisioning.update(resource, before.spec(), values, Action.UNDO, made -> {}, failure -> {
            if (failure == null) {
                resource.physical(before);
                undo.before().remove(logicalId);
            }
            ended.ended(failure);
        });
    }

    private void takenBack(Map<String, String> failures) {
        if (!failures.isEmpty()) {
            String reason = stacks.reason("update", failures.keySet());
            stack.become(StackStatus.UPDATE_ROLLBACK_FAILED, reason, operation);
            end.ended(reason);
            return;
        }
        undo.restore(stack);
        stack.become(StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, null, operation);
        List<Undo.Leftover> leftovers = new ArrayList<>(undo.leftovers());
        undo.added()
                .forEach(logicalId -> stack.resource(logicalId)
                        .ifPresent(resource -> leftovers.add(new Undo.Leftover(logicalId, resource.physical()))));
        stacks.timeline()
                .after(
                        stacks.timing().ending(),
                        () -> new Cleanup(stack, provisioning, leftovers)
                                .begin(failed -> stacks.timeline()
                                        .after(stacks.timing().ending(), () -> {
                                            stack.deployment(null);
                                            stack.become(StackStatus.UPDATE_ROLLBACK_COMPLETE, null, operation);
                                            end.ended(null);
                                        })));
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All resources of a stack are deleted: because the stack is, or because its creation is rolled back. */
final class Deletion {

    private final Stack stack;
    private final Stacks stacks;
    private final Operation operation;
    private final boolean rollback;
    private final Set<String> retained;
    private final boolean retainsExceptOnCreate;
    private final Graph.End end;
    private final Provisioning provisioning;

    /**
     * @param rollback whether the stack remains
     * @param retained resources that are to be kept, which could not be deleted before
     * @param end hears how it ended
     */
    Deletion(
            Stack stack,
            Stacks stacks,
            Operation operation,
            boolean rollback,
            Collection<String> retained,
            boolean retainsExceptOnCreate,
            Graph.End end) {
        this.stack = stack;
        this.stacks = stacks;
        this.operation = operation;
        this.rollback = rollback;
        this.retained = Set.copyOf(retained);
        this.retainsExceptOnCreate = retainsExceptOnCreate;
        this.end = end;
        provisioning = new Provisioning(stack, operation, stacks);
    }

    void begin(String reason) {
        stack.become(rollback ? StackStatus.ROLLBACK_IN_PROGRESS : StackStatus.DELETE_IN_PROGRESS, reason, operation);
        stacks.timeline()
                .after(
                        stacks.timing().starting(),
                        () -> new Graph(
                                        Graph.reversed(stack.needs()),
                                        true,
                                        this::delete,
                                        () -> {},
                                        failures -> stacks.timeline()
                                                .after(stacks.timing().ending(), () -> ended(failures)))
                                .begin());
    }

    private void delete(String logicalId, Graph.End ended) {
        StackResource resource = stack.resource(logicalId).orElseThrow();
        Physical physical = resource.physical();
        if (List.of("DELETE_COMPLETE", "DELETE_SKIPPED").contains(String.valueOf(resource.status()))) {
            ended.ended(null);
        } else if (physical != null && physical.id() != null && kept(physical, logicalId)) {
            provisioning.skip(resource, physical);
            ended.ended(null);
        } else {
            provisioning.delete(resource, physical, ended);
        }
    }

    private boolean kept(Physical physical, String logicalId) {
        boolean byPolicy = rollback
                ? physical.spec().retainedOnCreate() && !retainsExceptOnCreate
                : physical.spec().retained();
        return byPolicy || retained.contains(logicalId);
    }

    private void ended(Map<String, String> failures) {
        if (failures.isEmpty()) {
            stack.outputs(List.of());
            stack.become(rollback ? StackStatus.ROLLBACK_COMPLETE : StackStatus.DELETE_COMPLETE, null, operation);
            end.ended(null);
        } else {
            String reason = stacks.reason("delete", failures.keySet());
            stack.become(rollback ? StackStatus.ROLLBACK_FAILED : StackStatus.DELETE_FAILED, reason, operation);
            end.ended(reason);
        }
    }
}

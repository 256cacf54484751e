package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What follows once the resources of a stack are as they are to be, or one of them has failed. */
final class DeploymentEnd {

    private final Stack stack;
    private final Stacks stacks;
    private final Deployment deployment;
    private final Graph.End nested;
    private final List<Graph.End> onRolledBack = new ArrayList<>();
    private Alarm monitor;
    private boolean abandoned;
    private boolean rollingBack;
    private String rollbackFailed;

    /** @param nested hears how the resources came out; {@code null} for a root stack */
    DeploymentEnd(Stack stack, Stacks stacks, Deployment deployment, Graph.End nested) {
        this.stack = stack;
        this.stacks = stacks;
        this.deployment = deployment;
        this.nested = nested;
    }

    boolean monitoring() {
        return monitor != null;
    }

    /** Ends well unless an alarm goes off meanwhile. */
    void monitor(StackSettings.RollbackTriggers triggers) {
        if (nested != null || triggers.arns().isEmpty() || triggers.monitoring().isZero()) {
            stacks.timeline().after(stacks.timing().ending(), this::succeeded);
            return;
        }
        monitor = stacks.timeline().after(triggers.monitoring(), () -> {
            monitor = null;
            succeeded();
        });
    }

    void abandon() {
        abandoned = true;
        if (monitor != null) {
            monitor.cancel();
        }
    }

    private void succeeded() {
        if (abandoned) {
            return;
        }
        stacks.published(stack);
        if (deployment.creates() || deployment.imports()) {
            StackStatus done = deployment.creates() ? StackStatus.CREATE_COMPLETE : StackStatus.IMPORT_COMPLETE;
            stack.deployment(null);
            stack.become(done, null, deployment.operation());
            if (nested != null) {
                nested.ended(null);
            }
        } else if (nested == null) {
            commit(failure -> {});
        } else {
            if (!stacks.speaks(Dialect.NESTED_WAITS_IN_PROGRESS)) {
                stack.become(StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, null, deployment.operation());
            }
            nested.ended(null);
        }
    }

    /** The update stands: what is not wanted any more is deleted. */
    void commit(Graph.End end) {
        if (stack.status() != StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS) {
            stack.become(StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, null, deployment.operation());
        }
        List<Undo.Leftover> leftovers = new ArrayList<>();
        try {
            for (Undo.Leftover leftover : deployment.leftovers()) {
                if (kept(leftover)) {
                    deployment.provisioning().skip(standIn(leftover), leftover.physical());
                    if (!deployment.undo().replaced().containsValue(leftover.physical())) {
                        stack.remove(leftover.logicalId());
                    }
                } else {
                    leftovers.add(leftover);
                }
            }
        } catch (TemplateError e) {
            throw new IllegalStateException(e); // the conditions were found to hold or not before
        }
        stacks.timeline()
                .after(
                        stacks.timing().ending(),
                        () -> new Cleanup(stack, deployment.provisioning(), leftovers)
                                .begin(failures -> stacks.nested().commit(stack, () -> committed(failures, end))));
    }

    private static StackResource standIn(Undo.Leftover leftover) {
        return new StackResource(
                leftover.logicalId(), leftover.physical().spec().type());
    }

    private boolean kept(Undo.Leftover leftover) {
        Physical physical = leftover.physical();
        if (physical == null || physical.id() == null) {
            return false;
        }
        return deployment.undo().replaced().containsValue(physical)
                ? physical.spec().retainedWhenReplaced()
                : physical.spec().retained();
    }

    private void committed(Map<String, String> failures, Graph.End end) {
        stacks.timeline().after(stacks.timing().ending(), () -> {
            stack.deployment(null);
            String reason = failures.isEmpty() ? null : "One or more resources could not be deleted.";
            stack.become(StackStatus.UPDATE_COMPLETE, reason, deployment.operation());
            end.ended(null);
        });
    }

    void failed(String reason) {
        if (monitor != null) {
            monitor.cancel();
            monitor = null;
        }
        if (deployment.creates()) {
            creationFailed(reason);
        } else if (deployment.options().onFailure().equals("DO_NOTHING")) {
            stack.become(StackStatus.UPDATE_FAILED, reason, deployment.operation());
            report(reason);
        } else {
            rollBack(reason);
            report("Embedded stack " + stack.id()
                    + " was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: " + reason);
        }
    }

    private void report(String reason) {
        if (nested != null) {
            nested.ended(reason);
        }
    }

    private void creationFailed(String reason) {
        String mode = nested == null ? deployment.options().onFailure() : "DO_NOTHING";
        if (mode.equals("DO_NOTHING")) {
            stack.become(StackStatus.CREATE_FAILED, reason, deployment.operation());
            report("Embedded stack " + stack.id() + " was not successfully created: " + reason);
            return;
        }
        boolean delete = mode.equals("DELETE");
        Operation operation = stack.begin(
                delete ? "DELETE_STACK" : "ROLLBACK", deployment.options().token());
        boolean retains = deployment.options().retainExceptOnCreate();
        stack.deployment(null);
        new Deletion(stack, stacks, operation, !delete, List.of(), retains, failure -> {})
                .begin(reason + (delete ? " Delete requested by user." : " Rollback requested by user."));
    }

    /** Takes back what was done, unless that has begun. */
    void rollBack(String reason) {
        if (!rollingBack) {
            rollingBack = true;
            rollBack("ROLLBACK", deployment.options().token(), List.of(), reason);
        }
    }

    /** Takes back what is left to be taken back. */
    Operation rollBack(String type, String token, List<String> skipped, String reason) {
        rollingBack = true;
        rollbackFailed = null;
        Operation operation = stack.begin(type, token);
        new Rollback(stack, stacks, deployment.undo(), operation, skipped, this::rolledBack).begin(reason);
        return operation;
    }

    private void rolledBack(String failure) {
        rollbackFailed = failure == null ? "" : failure;
        stacks.published(stack);
        List<Graph.End> waiting = List.copyOf(onRolledBack);
        onRolledBack.clear();
        waiting.forEach(end -> end.ended(failure == null ? null : embedded(failure)));
    }

    private String embedded(String failure) {
        return "Embedded stack " + stack.id()
                + " was not successfully updated. Currently in UPDATE_ROLLBACK_FAILED with reason: " + failure;
    }

    /** Takes a nested stack's update back, and hears when that is done. */
    void undo(Graph.End end) {
        if (rollbackFailed != null && !rollbackFailed.isEmpty()) {
            onRolledBack.add(end);
            rollBack("CONTINUE_ROLLBACK", null, stack.skippedByRoot(), null);
        } else if (rollbackFailed != null) {
            end.ended(null);
        } else {
            onRolledBack.add(end);
            rollBack(null);
        }
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Expressions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stack is made or updated to be as its settings say. */
final class Deployment {

    private static final String NO_REPLACEMENT =
            "Replacement type updates not supported on stack with disable-rollback.";

    /** Which of these it is. */
    enum Kind {
        CREATE("CREATE_STACK", StackStatus.CREATE_IN_PROGRESS),
        UPDATE("UPDATE_STACK", StackStatus.UPDATE_IN_PROGRESS),
        IMPORT("UPDATE_STACK", StackStatus.IMPORT_IN_PROGRESS);

        private final String operation;
        private final StackStatus status;

        Kind(String operation, StackStatus status) {
            this.operation = operation;
            this.status = status;
        }
    }

    private final Stack stack;
    private final Stacks stacks;
    private final Kind kind;
    private final StackSettings target;
    private final DeploymentOptions options;
    private final Operation operation;
    private final Provisioning provisioning;
    private final Undo undo;
    private final DeploymentEnd ending;
    private Expressions real;
    private Expressions shown;
    private Graph graph;
    private String broken;
    private boolean settled;

    /** @param ended hears how the resources of a nested stack came out; {@code null} for a root stack */
    Deployment(
            Stack stack, Stacks stacks, Kind kind, StackSettings target, DeploymentOptions options, Graph.End ended) {
        this.stack = stack;
        this.stacks = stacks;
        this.kind = kind;
        this.target = target;
        this.options = options;
        Undo left = stack.deployment() == null ? null : stack.deployment().undo;
        undo = left == null || kind == Kind.CREATE ? new Undo(stack) : left;
        operation = stack.begin(kind.operation, options.token());
        provisioning = new Provisioning(stack, operation, stacks);
        ending = new DeploymentEnd(stack, stacks, this, ended);
        stack.deployment(this);
    }

    Stack stack() {
        return stack;
    }

    boolean creates() {
        return kind == Kind.CREATE;
    }

    boolean imports() {
        return kind == Kind.IMPORT;
    }

    DeploymentOptions options() {
        return options;
    }

    Operation operation() {
        return operation;
    }

    Provisioning provisioning() {
        return provisioning;
    }

    Undo undo() {
        return undo;
    }

    DeploymentEnd ending() {
        return ending;
    }

    void begin() {
        stack.settings(target);
        stack.disableRollback(!options.onFailure().equals("ROLLBACK"));
        if (kind != Kind.CREATE) {
            stack.updatedNow();
        }
        stack.become(kind.status, stack.parent() == null ? "User Initiated" : null, operation);
        Integer minutes = stack.timeoutInMinutes();
        if (kind == Kind.CREATE && minutes != null) {
            stacks.timeline()
                    .after(
                            Duration.ofMinutes(minutes),
                            () -> interrupt("Stack creation time exceeded the specified timeout."));
        }
        stacks.timeline().after(stacks.timing().starting(), this::provision);
    }

    private void provision() {
        if (settled) {
            return;
        }
        real = new Expressions(target.template(), StackScope.of(stack, target, stacks, false));
        shown = new Expressions(target.template(), StackScope.of(stack, target, stacks, true));
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        try {
            stacks.checkImports(stack, target);
            for (ResourceSpec spec : target.template().resources().values()) {
                if (real.wanted(spec.condition())) {
                    needs.put(spec.logicalId(), spec.needs());
                }
            }
        } catch (TemplateError e) {
            settled = true;
            ending.failed(e.getMessage());
            return;
        }
        boolean goesOn = options.onFailure().equals("DO_NOTHING");
        graph = new Graph(needs, goesOn, this::provision, provisioning::cancel, this::provisioned);
        if (broken != null) {
            graph.stop();
        }
        graph.begin();
    }

    private void provision(String logicalId, Graph.End end) {
        ResourceSpec spec = target.template().resource(logicalId).orElseThrow();
        StackResource resource = stack.resource(spec);
        Evaluated values;
        try {
            values = Evaluated.of(spec, real, shown).dynamic(stacks::stored);
        } catch (TemplateError e) {
            String failed = resource.physicalId() == null ? "CREATE_FAILED" : "UPDATE_FAILED";
            stack.become(resource, resource.physical(), failed, e.getMessage(), operation);
            end.ended(e.getMessage());
            return;
        }
        Physical now = resource.physical();
        if (now == null || now.id() == null) {
            make(resource, spec, values, end);
            return;
        }
        Difference difference = Difference.of(now, spec, values, target, undo.settings(), stacks);
        String action = difference.replaces() ? "Update:Replace" : "Update:Modify";
        Optional<String> denied = difference.none()
                ? Optional.empty()
                : StackPolicy.of(stack).flatMap(policy -> policy.denies(action, resource));
        if (difference.none()) {
            end.ended(null);
        } else if (denied.isPresent()) {
            undo.changing(logicalId, now);
            stack.become(resource, now, "UPDATE_FAILED", denied.get(), operation);
            end.ended(denied.get());
        } else if (difference.replaces() && options.onFailure().equals("DO_NOTHING")) {
            undo.changing(logicalId, now);
            stack.become(resource, now, "UPDATE_FAILED", NO_REPLACEMENT, operation);
            end.ended(NO_REPLACEMENT);
        } else if (difference.replaces()) {
            provisioning.create(
                    resource,
                    spec,
                    values,
                    difference.reason(),
                    made -> {
                        if (resource.physical() == now) {
                            undo.replacing(logicalId, now);
                        }
                        resource.physical(made);
                    },
                    end);
        } else {
            undo.changing(logicalId, now);
            provisioning.update(resource, spec, values, Action.UPDATE, resource::physical, end);
        }
    }

    private void make(StackResource resource, ResourceSpec spec, Evaluated values, Graph.End end) {
        undo.adding(spec.logicalId());
        String existing = options.imports().get(spec.logicalId());
        if (existing == null) {
            resource.physical(new Physical(null, values.real(), values.shown(), Map.of(), spec));
            provisioning.create(resource, spec, values, null, resource::physical, end);
        } else {
            provisioning.adopt(resource, new Physical(existing, values.real(), values.shown(), Map.of(), spec), end);
        }
    }

    private void provisioned(Map<String, String> failures) {
        if (settled) {
            return;
        }
        settled = true;
        if (broken != null) {
            ending.failed(broken);
        } else if (!failures.isEmpty()) {
            ending.failed(reason(failures.keySet()));
        } else {
            List<Output> outputs;
            try {
                outputs = Outputs.of(stack, target.template(), real);
                stacks.exports().check(stack, outputs);
            } catch (TemplateError e) {
                ending.failed(e.getMessage());
                return;
            }
            stack.outputs(outputs);
            ending.monitor(target.triggers());
        }
    }

    /** In the words for what was being done to them. */
    private String reason(Set<String> failed) {
        List<String> made = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (String logicalId : failed) {
            boolean creating = stack.resource(logicalId)
                    .map(resource -> String.valueOf(resource.status()).startsWith("CREATE"))
                    .orElse(false);
            (creating ? made : changed).add(logicalId);
        }
        String reason = made.isEmpty() ? "" : stacks.reason("create", made);
        return changed.isEmpty() ? reason : (reason + " " + stacks.reason("update", changed)).strip();
    }

    /** Ends what is being done without any word: the stack is deleted. */
    void abandon() {
        settled = true;
        provisioning.abandon();
        ending.abandon();
    }

    /** Ends what is being done, and has it fail for a reason. Whether that was still possible. */
    boolean interrupt(String reason) {
        if (settled && !ending.monitoring()) {
            return false;
        }
        broken = reason;
        if (settled) {
            ending.failed(reason);
        } else if (graph != null) {
            provisioning.cancel();
            graph.stop();
        }
        return true;
    }

    /** The resources that the stack has and its template does not want any more, and those that were replaced. */
    List<Undo.Leftover> leftovers() throws TemplateError {
        List<Undo.Leftover> leftovers = new ArrayList<>(undo.leftovers());
        for (Map.Entry<String, Physical> old : undo.replaced().entrySet()) {
            leftovers.add(new Undo.Leftover(old.getKey(), old.getValue()));
        }
        for (StackResource resource : stack.resources().values()) {
            ResourceSpec spec = target.template().resource(resource.logicalId()).orElse(null);
            if (spec == null || !real.wanted(spec.condition())) {
                leftovers.add(new Undo.Leftover(resource.logicalId(), resource.physical()));
            }
        }
        return leftovers;
    }
}

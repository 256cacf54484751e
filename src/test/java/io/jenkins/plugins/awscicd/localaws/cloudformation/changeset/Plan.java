package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Output;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Outputs;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Physical;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackResource;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackScope;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Expressions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Scope;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What would be done to a stack's resources if it were made or updated: computed without making anything. */
final class Plan {

    private static final String NESTED = "AWS::CloudFormation::Stack";

    private final Stack stack;
    private final StackSettings target;
    private final Stacks stacks;
    private final Map<String, String> imports;
    private final Set<String> unchanged;
    private final Expressions real;
    private final Expressions shown;
    private final Map<String, ResourceChange> changes = new HashMap<>();

    /**
     * @param imports physical ids of existing resources by logical id
     * @param unchanged nested stacks that are known to stay as they are
     */
    Plan(Stack stack, StackSettings target, Stacks stacks, Map<String, String> imports, Set<String> unchanged) {
        this.stack = stack;
        this.target = target;
        this.stacks = stacks;
        this.imports = imports;
        this.unchanged = unchanged;
        real = new Expressions(target.template(), StackScope.planned(stack, target, stacks, false, this::known));
        shown = new Expressions(target.template(), StackScope.planned(stack, target, stacks, true, this::known));
    }

    /** In the order of the template, and then what is removed. */
    List<ResourceChange> changes() throws TemplateError {
        List<ResourceChange> all = new ArrayList<>();
        Set<String> wanted = new LinkedHashSet<>();
        for (ResourceSpec spec : target.template().resources().values()) {
            if (real.wanted(spec.condition())) {
                wanted.add(spec.logicalId());
                change(spec).ifPresent(all::add);
            }
        }
        for (StackResource resource : stack.resources().values()) {
            if (!wanted.contains(resource.logicalId()) && resource.physicalId() != null) {
                all.add(removal(resource));
            }
        }
        return all;
    }

    /** Whether the outputs change, or what is said of the stack as a whole. */
    boolean changesOutputs() throws TemplateError {
        List<Output> outputs = Outputs.of(stack, target.template(), real);
        return !outputs.equals(stack.outputs());
    }

    /** The properties of a resource as it would be. */
    ObjectNode properties(ResourceSpec spec) throws TemplateError {
        return real.properties(spec);
    }

    private Optional<ResourceChange> change(ResourceSpec spec) throws TemplateError {
        ResourceChange known = changes.get(spec.logicalId());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ResourceChange> change = compute(spec);
        change.ifPresent(one -> changes.put(spec.logicalId(), one));
        return change;
    }

    private Optional<ResourceChange> compute(ResourceSpec spec) throws TemplateError {
        Evaluated values = Evaluated.of(spec, real, shown);
        Physical now = stack.resource(spec.logicalId())
                .map(StackResource::physical)
                .filter(physical -> physical.id() != null)
                .orElse(null);
        if (now == null) {
            String imported = imports.get(spec.logicalId());
            return Optional.of(new ResourceChange(
                    imported == null ? "Add" : "Import",
                    null,
                    spec.logicalId(),
                    imported,
                    spec.type(),
                    null,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    context(values.shown(), spec)));
        }
        List<ChangeDetail> details = new PlannedDetails(stack, target, stacks, this::mayChange).of(now, spec, values);
        if (details.isEmpty()) {
            return Optional.empty();
        }
        String replacement = replacement(details);
        String policy = replacement.equals("False")
                ? null
                : now.spec().retainedWhenReplaced() ? "ReplaceAndRetain" : "ReplaceAndDelete";
        return Optional.of(new ResourceChange(
                "Modify",
                policy,
                spec.logicalId(),
                now.id(),
                spec.type(),
                replacement,
                details.stream().map(ChangeDetail::attribute).distinct().toList(),
                details,
                null,
                context(now.shown(), now.spec()),
                context(values.shown(), spec)));
    }

    /** Nobody knows of nested stacks that were not looked into. */
    private boolean mayChange(String logicalId) {
        boolean nested = target.template()
                .resource(logicalId)
                .filter(spec -> spec.type().equals(NESTED))
                .isPresent();
        return nested ? !unchanged.contains(logicalId) : changes.containsKey(logicalId);
    }

    private static String replacement(List<ChangeDetail> details) {
        boolean certain = details.stream()
                .anyMatch(detail -> detail.recreation().equals("Always")
                        && detail.evaluation().equals("Static"));
        boolean perhaps =
                details.stream().anyMatch(detail -> !detail.recreation().equals("Never"));
        return certain ? "True" : perhaps ? "Conditional" : "False";
    }

    private static ResourceChange removal(StackResource resource) {
        Physical physical = resource.physical();
        return new ResourceChange(
                "Remove",
                physical.spec().retained() ? "Retain" : "Delete",
                resource.logicalId(),
                physical.id(),
                resource.type(),
                null,
                List.of(),
                List.of(),
                null,
                context(physical.shown(), physical.spec()),
                null);
    }

    private static String context(ObjectNode properties, ResourceSpec spec) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.set("Properties", properties);
        for (String attribute : List.of("Metadata", "DeletionPolicy", "UpdateReplacePolicy")) {
            JsonNode value = spec.node().get(attribute);
            if (value != null) {
                context.set(attribute, value);
            }
        }
        return context.toString();
    }

    /** The physical resource that a name will still stand for; nothing of nested stacks is known before. */
    private Optional<Physical> known(String logicalId) {
        Optional<ResourceSpec> spec = target.template().resource(logicalId);
        if (spec.isEmpty() || spec.get().type().equals(NESTED) && !unchanged.contains(logicalId)) {
            return Optional.empty();
        }
        try {
            Optional<ResourceChange> change = change(spec.get());
            boolean stays = change.isEmpty() || "False".equals(change.get().replacement());
            Optional<Physical> physical =
                    stays ? stack.resource(logicalId).map(StackResource::physical) : Optional.empty();
            return change.isEmpty() ? physical : physical.map(this::moving);
        } catch (TemplateError e) {
            return Optional.empty(); // said where the resource itself is computed
        }
    }

    /** Without what nobody knows of it before it is changed. */
    private Physical moving(Physical now) {
        Map<String, String> attributes = new HashMap<>(now.attributes());
        stacks.types().of(now.spec().type()).moving().forEach(it -> attributes.put(it, Scope.UNKNOWN));
        return new Physical(now.id(), now.properties(), now.shown(), attributes, now.spec());
    }
}

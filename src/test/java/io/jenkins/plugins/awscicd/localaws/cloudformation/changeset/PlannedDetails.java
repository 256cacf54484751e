package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Difference;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Physical;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterValue;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.References;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Why a resource is to be changed: by what is written in the template, by parameters, by other resources. */
final class PlannedDetails {

    private static final List<String> ATTRIBUTES =
            List.of("Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy", "UpdateReplacePolicy");

    private final StackSettings former;
    private final StackSettings target;
    private final Stacks stacks;
    private final Predicate<String> changed;

    /** @param changed whether a resource is to be changed, or may be */
    PlannedDetails(Stack stack, StackSettings target, Stacks stacks, Predicate<String> changed) {
        former = stack.settings();
        this.target = target;
        this.stacks = stacks;
        this.changed = changed;
    }

    /** Nothing if it is to stay as it is. */
    List<ChangeDetail> of(Physical now, ResourceSpec spec, Evaluated values) {
        List<ChangeDetail> details = new ArrayList<>();
        ResourceType type = stacks.types().of(spec.type());
        for (String property : Difference.differing(now.properties(), values.real())) {
            String recreation = type.replacing().contains(property)
                    ? "Always"
                    : type.perhapsReplacing().contains(property) ? "Conditionally" : "Never";
            property(now, spec, values, property, recreation, details);
        }
        if (!now.spec().type().equals(spec.type())) {
            details.add(other("Properties", "Always", "Static", "DirectModification"));
        }
        for (String attribute : ATTRIBUTES) {
            if (!Objects.equals(now.spec().node().get(attribute), spec.node().get(attribute))) {
                details.add(other(attribute, "Never", "Static", "DirectModification"));
            }
        }
        if (!former.tags().equals(target.tags()) && Difference.taggable(spec.type())) {
            details.add(other("Tags", "Never", "Static", "DirectModification"));
        }
        if (spec.type().equals("AWS::CloudFormation::Stack") && changed.test(spec.logicalId())) {
            details.add(other("Properties", "Never", "Dynamic", "Automatic"));
        }
        return details;
    }

    private static ChangeDetail other(String attribute, String recreation, String evaluation, String source) {
        return new ChangeDetail(attribute, null, recreation, evaluation, source, null, null, null);
    }

    private void property(
            Physical now,
            ResourceSpec spec,
            Evaluated values,
            String property,
            String recreation,
            List<ChangeDetail> details) {
        String before = text(now.shown().get(property));
        String after = text(values.shown().get(property));
        JsonNode written = spec.properties().path(property);
        boolean caused = false;
        boolean byParameter = false;
        for (References.Reference reference : Set.copyOf(References.in(written))) {
            String source = source(reference);
            if (source == null) {
                continue;
            }
            caused = true;
            boolean parameter = source.equals("ParameterReference");
            byParameter |= parameter;
            String cause =
                    reference.attribute() == null ? reference.name() : reference.name() + "." + reference.attribute();
            details.add(new ChangeDetail(
                    "Properties",
                    property,
                    recreation,
                    parameter ? "Static" : "Dynamic",
                    source,
                    cause,
                    before,
                    after));
        }
        boolean rewritten = !written.equals(now.spec().properties().path(property));
        if (!caused || rewritten || byParameter) {
            // A parameter's change is told twice ("Updating a stack with change sets" has the example).
            String evaluation = rewritten || !caused ? "Static" : "Dynamic";
            details.add(new ChangeDetail(
                    "Properties", property, recreation, evaluation, "DirectModification", null, before, after));
        }
    }

    /** {@code null} if this reference changes nothing. */
    private String source(References.Reference reference) {
        ParameterValue parameter = target.parameters().get(reference.name());
        if (parameter != null) {
            ParameterValue before = former.parameters().get(reference.name());
            return before == null || !before.node().equals(parameter.node()) ? "ParameterReference" : null;
        }
        if (!changed.test(reference.name())) {
            return null;
        }
        return reference.attribute() == null ? "ResourceReference" : "ResourceAttribute";
    }

    private static String text(JsonNode value) {
        return value == null ? null : value.isTextual() ? value.asText() : value.toString();
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * How what a resource is differs from what it is to be.
 *
 * @param properties names of those that differ
 * @param other what else differs: Metadata, Tags, policies
 * @param replaces whether it needs another physical resource
 */
public record Difference(Set<String> properties, Set<String> other, boolean replaces, boolean always) {

    private static final Set<String> ATTRIBUTES =
            Set.of("Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy", "UpdateReplacePolicy");

    static Difference of(
            Physical now,
            ResourceSpec spec,
            Evaluated values,
            StackSettings target,
            StackSettings former,
            Stacks stacks) {
        Set<String> properties = differing(now.properties(), values.real());
        Set<String> other = new LinkedHashSet<>();
        for (String attribute : ATTRIBUTES) {
            if (!Objects.equals(now.spec().node().get(attribute), spec.node().get(attribute))) {
                other.add(attribute);
            }
        }
        if (former != null && !former.tags().equals(target.tags()) && taggable(spec.type())) {
            other.add("Tags");
        }
        ResourceType type = stacks.types().of(spec.type());
        boolean otherType = !now.spec().type().equals(spec.type());
        boolean replaces = otherType || properties.stream().anyMatch(type.replacing()::contains);
        return new Difference(properties, other, replaces, spec.type().equals(Provisioning.NESTED));
    }

    /** Whether stack tags are handed on to resources of a type. */
    public static boolean taggable(String type) {
        return !type.startsWith("AWS::CloudFormation::WaitCondition")
                && !type.startsWith("Custom::")
                && !type.equals("AWS::CloudFormation::CustomResource")
                && !type.equals("AWS::IAM::InstanceProfile")
                && !type.equals("AWS::IAM::Policy");
    }

    /** The names of top-level properties that differ. */
    public static Set<String> differing(ObjectNode before, ObjectNode after) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> {
            JsonNode one = before.get(name);
            return one != null && one.equals(after.get(name));
        });
        return names;
    }

    /** Nested stacks are always looked into. */
    boolean none() {
        return properties.isEmpty() && other.isEmpty() && !replaces && !always;
    }

    String reason() {
        return "Requested update requires the creation of a new physical resource; hence creating one.";
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What CloudFormation checks of a template before it looks at any value. */
final class TemplateCheck {

    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Transform",
            "Hooks",
            "Rules",
            "Resources",
            "Outputs");
    private static final Set<String> RESOURCE_MEMBERS = Set.of(
            "Type",
            "Properties",
            "DependsOn",
            "Condition",
            "Metadata",
            "CreationPolicy",
            "UpdatePolicy",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "Description",
            "Version");
    private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");
    private static final Pattern TYPE = Pattern.compile(
            "Custom::[A-Za-z0-9_@-]+(::[A-Za-z0-9_@-]+)*|[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::MODULE)?");

    private final Template template;

    TemplateCheck(Template template) {
        this.template = template;
    }

    static void structure(ObjectNode root) throws TemplateError {
        Set<String> unknown = new TreeSet<>();
        root.fieldNames().forEachRemaining(name -> {
            if (!SECTIONS.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty() && !root.has("Transform")) {
            throw new TemplateError("Invalid template property or properties " + unknown);
        }
        JsonNode version = root.path("AWSTemplateFormatVersion");
        if (!version.isMissingNode() && !version.asText().equals("2010-09-09")) {
            throw new TemplateError("Template format error: unsupported value for AWSTemplateFormatVersion.");
        }
        nulls(root, "");
        JsonNode resources = root.path("Resources");
        if (!resources.isObject() || resources.isEmpty()) {
            throw new TemplateError("Template format error: At least one Resources member must be defined.");
        }
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            resource(resource.getKey(), resource.getValue(), root.has("Transform"));
        }
    }

    private static void nulls(JsonNode node, String path) throws TemplateError {
        if (node.isNull()) {
            throw new TemplateError("[" + path + "] 'null' values are not allowed in templates");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            nulls(member.getValue(), path + "/" + member.getKey());
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                nulls(node.get(i), path + "/" + i);
            }
        }
    }

    /** @param macros whether a macro may make something else of it */
    private static void resource(String name, JsonNode node, boolean macros) throws TemplateError {
        if (!LOGICAL_ID.matcher(name).matches()) {
            throw new TemplateError("Template format error: Resource name " + name + " is non alphanumeric.");
        }
        if (!node.isObject()) {
            throw new TemplateError("Template format error: Every Resources object must be a map.");
        }
        if (!node.path("Type").isTextual()) {
            throw new TemplateError("Template format error: [/Resources/" + name
                    + "] Every Resources object must contain a Type member.");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!macros && !RESOURCE_MEMBERS.contains(member.getKey())) {
                throw new TemplateError("Invalid template resource property '" + member.getKey() + "'");
            }
        }
    }

    void references() throws TemplateError {
        Set<String> types = new TreeSet<>();
        for (ResourceSpec resource : template.resources().values()) {
            if (!TYPE.matcher(resource.type()).matches()) {
                types.add(resource.type());
            }
        }
        if (!types.isEmpty()) {
            throw new TemplateError("Template format error: Unrecognized resource types: " + types);
        }
        Set<String> unresolved = new LinkedHashSet<>();
        for (ResourceSpec resource : template.resources().values()) {
            unresolved.addAll(unresolved(resource.properties()));
            for (String name : resource.dependsOn()) {
                if (!template.resources().containsKey(name)) {
                    unresolved.add(name);
                }
            }
            condition(resource.condition());
        }
        if (!unresolved.isEmpty()) {
            throw new TemplateError("Template format error: Unresolved resource dependencies " + unresolved
                    + " in the Resources block of the template");
        }
        for (JsonNode output : template.section("Outputs")) {
            unresolved.addAll(unresolved(output));
            condition(output.path("Condition").textValue());
        }
        if (!unresolved.isEmpty()) {
            throw new TemplateError("Template format error: Unresolved resource dependencies " + unresolved
                    + " in the Outputs block of the template");
        }
        cycles();
    }

    private void condition(String name) throws TemplateError {
        if (name != null && !template.section("Conditions").has(name)) {
            throw new TemplateError("Template format error: Unresolved condition dependency " + name
                    + " in the Resources block of the template");
        }
    }

    private Set<String> unresolved(JsonNode node) throws TemplateError {
        Set<String> unresolved = new LinkedHashSet<>();
        for (References.Reference reference : References.in(node)) {
            String name = reference.name();
            boolean known = name.startsWith("AWS::")
                    || template.resources().containsKey(name)
                    || (reference.attribute() == null && template.parameters().containsKey(name));
            if (!known && reference.byFunction().equals("Fn::GetAtt")) {
                throw new TemplateError("Template error: instance of Fn::GetAtt references undefined resource " + name);
            }
            if (!known) {
                unresolved.add(name);
            }
        }
        return unresolved;
    }

    private void cycles() throws TemplateError {
        Map<String, Set<String>> left = new LinkedHashMap<>();
        template.resources().forEach((name, resource) -> {
            Set<String> needs = new LinkedHashSet<>(resource.needs());
            needs.retainAll(template.resources().keySet());
            left.put(name, needs);
        });
        boolean further = true;
        while (further) {
            List<String> free = new ArrayList<>(left.keySet());
            free.removeIf(name -> !left.get(name).isEmpty());
            further = left.keySet().removeAll(free);
            left.values().forEach(needs -> needs.removeAll(free));
        }
        if (!left.isEmpty()) {
            throw new TemplateError(
                    "Circular dependency between resources: [" + String.join(", ", left.keySet()) + "]");
        }
    }
}

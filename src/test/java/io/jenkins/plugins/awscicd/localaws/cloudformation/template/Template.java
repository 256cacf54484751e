package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A template that was read and found to be well-formed. */
public final class Template {

    private final String body;
    private final ObjectNode root;
    private final Map<String, ResourceSpec> resources = new LinkedHashMap<>();
    private final Map<String, ParameterSpec> parameters = new LinkedHashMap<>();

    private Template(String body, ObjectNode root) {
        this.body = body;
        this.root = root;
        section("Resources")
                .properties()
                .forEach(resource -> resources.put(
                        resource.getKey(), new ResourceSpec(resource.getKey(), (ObjectNode) resource.getValue())));
        section("Parameters")
                .properties()
                .forEach(parameter -> parameters.put(
                        parameter.getKey(), new ParameterSpec(parameter.getKey(), parameter.getValue())));
    }

    /** Reads JSON or YAML, and checks what can be checked without values for the parameters. */
    public static Template parse(String body) throws TemplateError {
        ObjectNode root = TemplateText.parse(body);
        TemplateCheck.structure(root);
        Template template = new Template(body, root);
        new TemplateCheck(template).references();
        return template;
    }

    /** As it was given. */
    public String body() {
        return body;
    }

    public String description() {
        return root.path("Description").textValue();
    }

    /** A section such as {@code Mappings}; without members if there is none. */
    public ObjectNode section(String name) {
        return root.path(name) instanceof ObjectNode section ? section : JsonNodeFactory.instance.objectNode();
    }

    /** All that are declared, also those whose condition may not hold. */
    public Map<String, ResourceSpec> resources() {
        return resources;
    }

    public Optional<ResourceSpec> resource(String logicalId) {
        return Optional.ofNullable(resources.get(logicalId));
    }

    public Map<String, ParameterSpec> parameters() {
        return parameters;
    }

    public String version() {
        return root.path("AWSTemplateFormatVersion").textValue();
    }

    /** The Metadata section as JSON; {@code null} if there is none. */
    public String metadata() {
        return root.has("Metadata") ? root.get("Metadata").toString() : null;
    }

    /** The names of its macros. */
    public List<String> transforms() {
        List<String> names = new ArrayList<>();
        JsonNode transform = root.path("Transform");
        if (transform.isTextual()) {
            names.add(transform.asText());
        } else if (transform.isArray()) {
            transform.forEach(one ->
                    names.add(one.isTextual() ? one.asText() : one.path("Name").asText()));
        } else if (transform.isObject()) {
            names.add(transform.path("Name").asText());
        }
        return names;
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The values of what is written in a template, with its functions carried out ("Intrinsic function reference"). */
public final class Expressions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Scope scope;
    private final Conditions conditions;
    private final Functions functions;

    public Expressions(Template template, Scope scope) {
        this.scope = scope;
        conditions = new Conditions(template, this);
        functions = new Functions(template, scope, this);
    }

    /** Whether there is to be such a resource, or output. */
    public boolean wanted(String condition) throws TemplateError {
        return condition == null || conditions.holds(condition);
    }

    /** The value; a missing node for {@code AWS::NoValue}. */
    public JsonNode evaluate(JsonNode node) throws TemplateError {
        if (node.isArray()) {
            return array(node);
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            String name = only.getKey();
            if (name.equals("Ref") && only.getValue().isTextual()) {
                String referred = only.getValue().asText();
                return referred.equals("AWS::NoValue") ? MissingNode.getInstance() : scope.ref(referred);
            }
            if (name.equals("Condition") && only.getValue().isTextual()) {
                return JSON.textNode(
                        String.valueOf(conditions.holds(only.getValue().asText())));
            }
            if (name.startsWith("Fn::")) {
                return conditions.knows(name)
                        ? conditions.carryOut(name, only.getValue())
                        : functions.carryOut(name, only.getValue());
            }
        }
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonNode value = evaluate(member.getValue());
            if (!value.isMissingNode()) {
                object.set(member.getKey(), value);
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode node) throws TemplateError {
        ArrayNode array = JSON.arrayNode();
        for (JsonNode item : node) {
            JsonNode value = evaluate(item);
            if (!value.isMissingNode()) {
                array.add(value);
            }
        }
        return array;
    }

    /** The value, which has to be a text. */
    public String text(JsonNode node, String function) throws TemplateError {
        JsonNode value = evaluate(node);
        if (!value.isTextual()) {
            throw new TemplateError("Template error: every " + function + " object must have a String value.");
        }
        return value.asText();
    }

    /** The properties of a resource. */
    public ObjectNode properties(ResourceSpec resource) throws TemplateError {
        JsonNode properties = resource.properties();
        JsonNode value = properties.isObject() ? evaluate(properties) : JSON.objectNode();
        return value.isObject() ? (ObjectNode) value : JSON.objectNode();
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/** The text of a template, JSON or YAML, as one tree, in which each scalar is a text: CloudFormation knows no other. */
final class TemplateText {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private TemplateText() {}

    static ObjectNode parse(String body) throws TemplateError {
        boolean json = body.stripLeading().startsWith("{");
        JsonNode tree = json ? json(body) : YamlTree.parse(body);
        if (!tree.isObject()) {
            throw new TemplateError("Template format error: unsupported structure.");
        }
        return (ObjectNode) tree;
    }

    private static JsonNode json(String body) throws TemplateError {
        try {
            return texts(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new TemplateError("Template format error: JSON not well-formed."
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
    }

    private static JsonNode texts(JsonNode node) {
        return map(node, scalar -> scalar.isNull() ? scalar : JsonNodeFactory.instance.textNode(scalar.asText()));
    }

    /** The same tree with other scalars. */
    static JsonNode map(JsonNode node, Function<JsonNode, JsonNode> scalars) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(member -> object.set(member.getKey(), map(member.getValue(), scalars)));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(map(item, scalars)));
            return array;
        }
        return scalars.apply(node);
    }
}

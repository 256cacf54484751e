package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A type of which there is something in another service here. */
abstract class Real implements ResourceType {

    private static final Set<String> TEXTS = Set.of("value", "name", "key", "location", "image", "buildspec");

    private final List<String> replacing;

    Real(String... replacing) {
        this.replacing = List.of(replacing);
    }

    @Override
    public final List<String> replacing() {
        return replacing;
    }

    /** Something that a service may refuse. */
    @FunctionalInterface
    interface Work {
        void run();
    }

    /** Does something with a service, in whose words the resource fails. */
    static void call(String service, Work work) throws ResourceFailure {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            throw refused(service, e.getMessage());
        }
    }

    static ResourceFailure refused(String service, String message) {
        String code = message != null && message.contains("already exists") ? "AlreadyExists" : "InvalidRequest";
        return new ResourceFailure("Resource handler returned message: \"" + message + " (Service: " + service
                + ", Status Code: 400)\" (HandlerErrorCode: " + code + ")");
    }

    /** Properties as members of the service's own request: with names that begin in lower case, and numbers. */
    static ObjectNode members(JsonNode properties) {
        return (ObjectNode) members(properties, "");
    }

    private static JsonNode members(JsonNode node, String name) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String key = Character.toLowerCase(member.getKey().charAt(0))
                        + member.getKey().substring(1);
                key = key.equals("buildSpec") ? "buildspec" : key;
                object.set(key, members(member.getValue(), key));
            }
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(members(item, name)));
            return array;
        }
        String text = node.asText();
        if (TEXTS.contains(name)) {
            return node;
        }
        if (text.matches("-?\\d{1,9}")) {
            return JsonNodeFactory.instance.numberNode(Integer.parseInt(text));
        }
        return text.equals("true") || text.equals("false")
                ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text))
                : node;
    }
}

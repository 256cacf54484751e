package io.jenkins.plugins.awscicd.localaws.codepipeline.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The custom action types of one account in one region. A deleted one is only marked, as AWS has it. */
public final class ActionTypes {

    private static final int MOST_PROPERTIES = 10;
    private static final int MOST_TYPES = 50;

    private record Type(ObjectNode definition, boolean deleted) {}

    private final Map<String, Type> types = new LinkedHashMap<>();

    /** What tells a type, of its definition or of the {@code actionTypeId} of a declaration. */
    static String key(JsonNode id) {
        return id.path("category").asText() + "/" + id.path("provider").asText() + "/"
                + id.path("version").asText();
    }

    /** @param definition the members of CreateCustomActionType */
    public void create(ObjectNode definition) throws AwsError {
        for (String member : List.of("category", "provider", "version")) {
            if (definition.path(member).asText().isEmpty()) {
                throw validation(
                        "Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
            }
        }
        JsonNode properties = definition.path("configurationProperties");
        if (properties.size() > MOST_PROPERTIES) {
            throw validation("Value at 'configurationProperties' failed to satisfy constraint: Member must have length"
                    + " less than or equal to " + MOST_PROPERTIES);
        }
        int queryable = 0;
        for (JsonNode property : properties) {
            if (property.path("queryable").asBoolean()) {
                queryable++;
                if (!property.path("required").asBoolean()
                        || property.path("secret").asBoolean()) {
                    throw validation("A queryable property must be required and must not be secret");
                }
            }
        }
        if (queryable > 1) {
            throw validation("An action type can have one queryable property");
        }
        String key = key(definition);
        Type known = types.get(key);
        if (known != null && (!known.deleted() || !known.definition().equals(definition))) {
            throw validation("The action type " + key + " exists already, or has existed");
        }
        if (known == null && types.size() >= MOST_TYPES) {
            throw AwsError.badRequest("LimitExceededException", "There are too many custom action types");
        }
        types.put(key, new Type(definition.deepCopy(), false));
    }

    public void delete(JsonNode id) {
        types.computeIfPresent(key(id), (key, type) -> new Type(type.definition(), true));
    }

    public List<ObjectNode> list() {
        return types.values().stream()
                .filter(type -> !type.deleted())
                .map(Type::definition)
                .toList();
    }

    Optional<ObjectNode> find(JsonNode id) {
        return Optional.ofNullable(types.get(key(id)))
                .filter(type -> !type.deleted())
                .map(Type::definition);
    }

    private static AwsError validation(String message) {
        return AwsError.badRequest("ValidationException", "1 validation error detected: " + message);
    }
}

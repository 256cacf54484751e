package io.jenkins.plugins.awscicd.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The members of a JSON request. Absent members and nulls are the same. */
public record Input(ObjectNode node) {

    public boolean has(String member) {
        return node.hasNonNull(member);
    }

    /** The member's node, or {@code null}. */
    public JsonNode get(String member) {
        return has(member) ? node.get(member) : null;
    }

    /** The text, or {@code null}. */
    public String text(String member) throws AwsError {
        JsonNode value = get(member);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        throw serialization(value, "STRING_VALUE");
    }

    public String text(String member, String otherwise) throws AwsError {
        String value = text(member);
        return value == null ? otherwise : value;
    }

    public int integer(String member, int otherwise) throws AwsError {
        return Math.toIntExact(whole(member, otherwise));
    }

    public long whole(String member, long otherwise) throws AwsError {
        JsonNode value = get(member);
        if (value == null || value.isIntegralNumber()) {
            return value == null ? otherwise : value.longValue();
        }
        throw serialization(value, "NUMBER_VALUE");
    }

    public boolean flag(String member, boolean otherwise) throws AwsError {
        JsonNode value = get(member);
        if (value == null || value.isBoolean()) {
            return value == null ? otherwise : value.booleanValue();
        }
        throw serialization(value, "TRUE_VALUE");
    }

    /** The texts of a list; empty when the list is absent. */
    public List<String> texts(String member) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : node.path(member)) {
            values.add(value.asText());
        }
        return values;
    }

    private static AwsError serialization(JsonNode value, String wanted) {
        String found = value.getNodeType() + "_VALUE";
        return AwsError.badRequest("SerializationException", found + " can not be converted to a " + wanted);
    }
}

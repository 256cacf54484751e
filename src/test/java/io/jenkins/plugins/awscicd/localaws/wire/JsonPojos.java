package io.jenkins.plugins.awscicd.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The SDK's objects as the JSON that it would send, and back ("AWS JSON 1.1 protocol" of the Smithy specification). */
final class JsonPojos {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonPojos() {}

    static ObjectNode node(SdkPojo pojo) {
        ObjectNode node = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                node.set(field.locationName(), json(value));
            }
        }
        return node;
    }

    private static JsonNode json(Object value) {
        if (value instanceof String text) {
            return JSON.textNode(text);
        } else if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        } else if (value instanceof Integer whole) {
            return JSON.numberNode(whole);
        } else if (value instanceof Long whole) {
            return JSON.numberNode(whole);
        } else if (value instanceof Number number) {
            return JSON.numberNode(number.doubleValue());
        } else if (value instanceof Instant instant) {
            return JSON.numberNode(Timestamps.epochSeconds(instant));
        } else if (value instanceof SdkBytes bytes) {
            return JSON.binaryNode(bytes.asByteArray());
        } else if (value instanceof SdkPojo pojo) {
            return node(pojo);
        } else if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(item -> array.add(item == null ? JSON.nullNode() : json(item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, item) -> object.set(key.toString(), json(item)));
            return object;
        }
        throw new IllegalArgumentException("No JSON of a " + value.getClass());
    }

    /** Sets what is in the node; what it has beside that is passed over. */
    static void fill(SdkPojo builder, JsonNode node) {
        Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
        node.properties().forEach(member -> {
            SdkField<?> field = fields.get(member.getKey());
            if (field != null && !member.getValue().isNull()) {
                field.set(builder, value(field, member.getValue()));
            }
        });
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        MarshallingType<?> type = field.marshallingType();
        if (node.isNull()) {
            return null;
        } else if (type == MarshallingType.STRING) {
            return node.asText();
        } else if (type == MarshallingType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            fill(builder, node);
            return ((Buildable) builder).build();
        } else if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            List<Object> list = new ArrayList<>(node.size());
            node.forEach(item -> list.add(value(member, item)));
            return list;
        } else if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(item -> map.put(item.getKey(), value(member, item.getValue())));
            return map;
        } else if (type == MarshallingType.INSTANT) {
            BigDecimal seconds = node.decimalValue();
            return Instant.ofEpochMilli(seconds.scaleByPowerOfTen(3).longValue());
        } else if (type == MarshallingType.BOOLEAN) {
            return node.booleanValue();
        } else if (type == MarshallingType.INTEGER) {
            return node.intValue();
        } else if (type == MarshallingType.LONG) {
            return node.longValue();
        } else if (type == MarshallingType.DOUBLE) {
            return node.doubleValue();
        }
        throw new IllegalArgumentException("A " + type + " cannot be read from JSON");
    }
}

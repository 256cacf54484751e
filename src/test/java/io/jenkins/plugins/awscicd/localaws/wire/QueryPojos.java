package io.jenkins.plugins.awscicd.localaws.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.DateUtils;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The SDK's requests as the parameters that it would send, and its responses from the XML that it would get ("AWS query protocol" of the
 * Smithy specification).
 */
final class QueryPojos {

    private QueryPojos() {}

    static Map<String, String> parameters(SdkPojo request) {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "", request);
        return all;
    }

    private static void put(Map<String, String> all, String prefix, SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                put(all, prefix + field.locationName(), field, value);
            }
        }
    }

    private static void put(Map<String, String> all, String path, SdkField<?> field, Object value) {
        if (value instanceof SdkPojo pojo) {
            put(all, path + ".", pojo);
        } else if (value instanceof List<?> list) {
            ListTrait trait = field.getRequiredTrait(ListTrait.class);
            String items = trait.isFlattened() ? path : path + "." + name(trait.memberLocationName(), "member");
            if (list.isEmpty()) {
                all.put(path, "");
            }
            for (int i = 0; i < list.size(); i++) {
                put(all, items + "." + (i + 1), trait.memberFieldInfo(), list.get(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            MapTrait trait = field.getRequiredTrait(MapTrait.class);
            int number = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String item = (trait.isFlattened() ? path : path + ".entry") + "." + ++number + ".";
                all.put(
                        item + name(trait.keyLocationName(), "key"),
                        entry.getKey().toString());
                put(all, item + name(trait.valueLocationName(), "value"), trait.valueFieldInfo(), entry.getValue());
            }
        } else {
            all.put(path, value instanceof Instant at ? DateUtils.formatIso8601Date(at) : value.toString());
        }
    }

    private static String name(String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    /** Sets what is in the element; what it has beside that is passed over. */
    static void fill(SdkPojo builder, XmlTree element) {
        for (SdkField<?> field : builder.sdkFields()) {
            List<XmlTree> found = element.named(field.unmarshallLocationName());
            if (!found.isEmpty()) {
                field.set(builder, value(field, found));
            }
        }
    }

    private static Object value(SdkField<?> field, List<XmlTree> found) {
        MarshallingType<?> type = field.marshallingType();
        XmlTree first = found.get(0);
        if (type == MarshallingType.STRING) {
            return first.text();
        } else if (type == MarshallingType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            fill(builder, first);
            return ((Buildable) builder).build();
        } else if (type == MarshallingType.LIST) {
            ListTrait trait = field.getRequiredTrait(ListTrait.class);
            List<Object> list = new ArrayList<>();
            for (XmlTree item : trait.isFlattened() ? found : first.named(name(trait.memberLocationName(), "member"))) {
                list.add(value(trait.memberFieldInfo(), List.of(item)));
            }
            return list;
        } else if (type == MarshallingType.MAP) {
            MapTrait trait = field.getRequiredTrait(MapTrait.class);
            Map<String, Object> map = new LinkedHashMap<>();
            for (XmlTree entry : trait.isFlattened() ? found : first.named("entry")) {
                map.put(
                        entry.named(name(trait.keyLocationName(), "key")).get(0).text(),
                        value(trait.valueFieldInfo(), entry.named(name(trait.valueLocationName(), "value"))));
            }
            return map;
        } else if (type == MarshallingType.INSTANT) {
            return DateUtils.parseIso8601Date(first.text());
        } else if (type == MarshallingType.BOOLEAN) {
            return Boolean.valueOf(first.text());
        } else if (type == MarshallingType.INTEGER) {
            return Integer.valueOf(first.text());
        } else if (type == MarshallingType.LONG) {
            return Long.valueOf(first.text());
        } else if (type == MarshallingType.DOUBLE) {
            return Double.valueOf(first.text());
        }
        throw new IllegalArgumentException("A " + type + " cannot be read from XML");
    }
}

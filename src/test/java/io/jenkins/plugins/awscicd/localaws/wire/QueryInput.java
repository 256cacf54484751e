package io.jenkins.plugins.awscicd.localaws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of an AWS Query request, or those of one item in it. */
public record QueryInput(Map<String, String> parameters) {

    /** The text, or {@code null}. */
    public String text(String name) {
        return parameters.get(name);
    }

    public String text(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** The text, which must be there. */
    public String required(String name) throws AwsError {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value null at '" + member
                            + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    /**
     * The items of a list or map, in order: of {@code Tags.member.1.Key} and so on, if {@code Tags.member} is asked for. An item that is
     * a plain text has it as the parameter with the empty name.
     */
    public List<QueryInput> items(String prefix) {
        List<QueryInput> items = new ArrayList<>();
        for (QueryInput item = item(prefix + ".1");
                !item.parameters().isEmpty();
                item = item(prefix + "." + (items.size() + 1))) {
            items.add(item);
        }
        return items;
    }

    /** The plain texts of a list such as {@code EnvironmentIds}; empty if it is not there. */
    public List<String> texts(String list) {
        return items(list + ".member").stream().map(item -> item.text("", "")).toList();
    }

    private QueryInput item(String prefix) {
        Map<String, String> inner = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (name.equals(prefix)) {
                inner.put("", value);
            } else if (name.startsWith(prefix + ".")) {
                inner.put(name.substring(prefix.length() + 1), value);
            }
        });
        return new QueryInput(inner);
    }

    /** A map of texts, such as {@code Attributes.entry.1.key} and {@code .value}. */
    public Map<String, String> map(String prefix) {
        Map<String, String> map = new LinkedHashMap<>();
        for (QueryInput entry : items(prefix + ".entry")) {
            map.put(entry.text("key", ""), entry.text("value", ""));
        }
        return map;
    }
}

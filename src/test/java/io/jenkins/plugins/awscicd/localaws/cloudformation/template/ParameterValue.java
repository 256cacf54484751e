package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * The value of a parameter.
 *
 * @param value as it was given
 * @param resolved what Parameter Store has under this name; {@code null} if the value is no such name
 */
public record ParameterValue(ParameterSpec spec, String value, String resolved) {

    private static final String HIDDEN = "****";

    /** As it is shown. */
    public String shown() {
        return spec.noEcho() ? HIDDEN : value;
    }

    /** What Parameter Store has, as it is shown; {@code null} if that is not asked. */
    public String shownResolved() {
        return resolved != null && spec.noEcho() ? HIDDEN : resolved;
    }

    /** What Ref gives. */
    public JsonNode node() {
        String text = resolved == null ? value : resolved;
        if (!spec.list()) {
            return JsonNodeFactory.instance.textNode(text);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        if (!text.isEmpty()) {
            for (String item : text.split(",")) {
                items.add(item.strip());
            }
        }
        return items;
    }

    /** The same, as it is shown. */
    public JsonNode shownNode() {
        return spec.noEcho() ? JsonNodeFactory.instance.textNode(HIDDEN) : node();
    }
}

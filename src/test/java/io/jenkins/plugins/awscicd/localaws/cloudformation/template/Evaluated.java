package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of a resource with all functions carried out.
 *
 * @param shown the same without what must not be seen
 */
public record Evaluated(ObjectNode real, ObjectNode shown) {

    private static final Pattern STORED = Pattern.compile("\\{\\{resolve:ssm:([^:}]+)(:\\d+)?}}");

    public static Evaluated of(ResourceSpec spec, Expressions real, Expressions shown) throws TemplateError {
        return new Evaluated(real.properties(spec), shown.properties(spec));
    }

    /**
     * With the references to Parameter Store resolved, which only those who make resources do.
     *
     * @param store what Parameter Store has under a name
     */
    public Evaluated dynamic(Function<String, Optional<String>> store) throws TemplateError {
        return new Evaluated((ObjectNode) dynamic(real, store), shown);
    }

    private static JsonNode dynamic(JsonNode node, Function<String, Optional<String>> store) throws TemplateError {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                object.set(member.getKey(), dynamic(member.getValue(), store));
            }
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : node) {
                array.add(dynamic(item, store));
            }
            return array;
        }
        Matcher matcher = STORED.matcher(node.asText());
        StringBuilder text = new StringBuilder();
        boolean found = false;
        while (matcher.find()) {
            found = true;
            String name = matcher.group(1);
            String value = store.apply(name)
                    .orElseThrow(() -> new TemplateError(
                            "Unable to fetch parameters [" + name + "] from parameter store for this account."));
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return found
                ? JsonNodeFactory.instance.textNode(matcher.appendTail(text).toString())
                : node;
    }
}

package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a part of a template refers to. */
public final class References {

    static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!{}][^{}]*)}");

    /**
     * One of them.
     *
     * @param name of a resource, a parameter or a pseudo parameter
     * @param attribute of a resource; {@code null} for Ref
     * @param byFunction the function that refers to it: Ref, Fn::GetAtt or Fn::Sub
     */
    public record Reference(String name, String attribute, String byFunction) {}

    private References() {}

    public static List<Reference> in(JsonNode node) {
        List<Reference> found = new ArrayList<>();
        collect(node, found);
        return found;
    }

    private static void collect(JsonNode node, List<Reference> found) {
        if (node.isArray()) {
            node.forEach(item -> collect(item, found));
        }
        if (!node.isObject()) {
            return;
        }
        if (node.size() == 1) {
            if (node.path("Ref").isTextual()) {
                found.add(new Reference(node.path("Ref").asText(), null, "Ref"));
                return;
            }
            if (node.has("Fn::GetAtt")) {
                attribute(node.get("Fn::GetAtt"), found);
                return;
            }
            if (node.has("Fn::Sub")) {
                substitution(node.get("Fn::Sub"), found);
                return;
            }
        }
        node.forEach(member -> collect(member, found));
    }

    private static void attribute(JsonNode argument, List<Reference> found) {
        if (argument.isTextual()) {
            add(argument.asText(), "Fn::GetAtt", found);
        } else if (argument.path(0).isTextual()) {
            found.add(new Reference(argument.path(0).asText(), argument.path(1).asText(""), "Fn::GetAtt"));
            collect(argument.path(1), found);
        }
    }

    private static void substitution(JsonNode argument, List<Reference> found) {
        JsonNode variables = argument.path(1);
        Matcher matcher = PLACEHOLDER.matcher((argument.isTextual() ? argument : argument.path(0)).asText());
        while (matcher.find()) {
            String name = matcher.group(1).strip();
            if (!variables.has(name)) {
                add(name, "Fn::Sub", found);
            }
        }
        collect(variables, found);
    }

    private static void add(String text, String function, List<Reference> found) {
        int dot = text.indexOf('.');
        found.add(
                dot < 0
                        ? new Reference(text, null, function)
                        : new Reference(text.substring(0, dot), text.substring(dot + 1), function));
    }
}

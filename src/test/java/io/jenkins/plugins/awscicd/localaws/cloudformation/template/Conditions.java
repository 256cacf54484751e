package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The conditions of a template, and the functions that make them and depend on them. */
final class Conditions {

    private static final Set<String> FUNCTIONS = Set.of("Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not", "Fn::If");

    private final Template template;
    private final Expressions expressions;
    private final Map<String, Boolean> known = new HashMap<>();

    Conditions(Template template, Expressions expressions) {
        this.template = template;
        this.expressions = expressions;
    }

    boolean holds(String name) throws TemplateError {
        Boolean before = known.get(name);
        if (before != null) {
            return before;
        }
        JsonNode condition = template.section("Conditions").get(name);
        if (condition == null) {
            throw new TemplateError("Template format error: Unresolved condition dependency " + name
                    + " in the Conditions block of the template");
        }
        boolean holds = isTrue(condition);
        known.put(name, holds);
        return holds;
    }

    boolean knows(String function) {
        return FUNCTIONS.contains(function);
    }

    JsonNode carryOut(String function, JsonNode arguments) throws TemplateError {
        return switch (function) {
            case "Fn::If" -> choose(arguments);
            case "Fn::Not" -> bool(!isTrue(arguments.path(0)));
            case "Fn::And" -> bool(count(arguments) == arguments.size());
            case "Fn::Or" -> bool(count(arguments) > 0);
            default -> {
                if (arguments.size() != 2) {
                    throw new TemplateError(
                            "Template error: every Fn::Equals object requires a list of 2 string parameters.");
                }
                yield bool(expressions.evaluate(arguments.get(0)).equals(expressions.evaluate(arguments.get(1))));
            }
        };
    }

    private JsonNode choose(JsonNode arguments) throws TemplateError {
        if (arguments.size() != 3) {
            throw new TemplateError("Template error: Fn::If requires a list argument with three elements");
        }
        return expressions.evaluate(arguments.get(holds(arguments.get(0).asText()) ? 1 : 2));
    }

    private int count(JsonNode arguments) throws TemplateError {
        int count = 0;
        for (JsonNode argument : arguments) {
            count += isTrue(argument) ? 1 : 0;
        }
        return count;
    }

    private boolean isTrue(JsonNode condition) throws TemplateError {
        return Boolean.parseBoolean(expressions.evaluate(condition).asText());
    }

    private static JsonNode bool(boolean value) {
        return JsonNodeFactory.instance.textNode(String.valueOf(value));
    }
}

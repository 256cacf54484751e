package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions of templates that give values, each by its own rules. */
final class Functions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Template template;
    private final Scope scope;
    private final Expressions expressions;

    Functions(Template template, Scope scope, Expressions expressions) {
        this.template = template;
        this.scope = scope;
        this.expressions = expressions;
    }

    JsonNode carryOut(String name, JsonNode argument) throws TemplateError {
        return switch (name) {
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Sub" -> JSON.textNode(substitute(argument));
            case "Fn::Join" -> JSON.textNode(join(argument));
            case "Fn::Select" -> select(argument);
            case "Fn::Split" -> split(argument);
            case "Fn::FindInMap" -> find(argument);
            case "Fn::ImportValue" -> JSON.textNode(scope.imported(expressions.text(argument, name)));
            case "Fn::Base64" ->
                JSON.textNode(Base64.getEncoder()
                        .encodeToString(expressions.text(argument, name).getBytes(StandardCharsets.UTF_8)));
            case "Fn::GetAZs" -> zones(argument);
            case "Fn::Cidr" -> Cidr.split(expressions.evaluate(argument));
            case "Fn::Length" ->
                JSON.textNode(Integer.toString(expressions.evaluate(argument).size()));
            case "Fn::ToJsonString" ->
                JSON.textNode(expressions.evaluate(argument).toString());
            default ->
                throw new TemplateError("Template error: unresolved condition or function " + name
                        + ": it is not known, or may not be used here");
        };
    }

    private JsonNode attribute(JsonNode argument) throws TemplateError {
        String text = argument.asText();
        boolean pair = argument.isArray() && argument.size() == 2;
        if (!pair && !text.contains(".")) {
            throw new TemplateError("Template error: every Fn::GetAtt object requires two non-empty parameters, the"
                    + " resource name and the resource attribute");
        }
        return pair
                ? scope.attribute(argument.get(0).asText(), expressions.text(argument.get(1), "Fn::GetAtt"))
                : scope.attribute(text.substring(0, text.indexOf('.')), text.substring(text.indexOf('.') + 1));
    }

    private String substitute(JsonNode argument) throws TemplateError {
        JsonNode variables = argument.path(1);
        JsonNode text = argument.isArray() ? argument.path(0) : argument;
        if (!text.isTextual() || (argument.isArray() && (argument.size() != 2 || !variables.isObject()))) {
            throw new TemplateError("Template error: One or more Fn::Sub intrinsic functions don't specify expected"
                    + " arguments. Specify a string as first argument, and an optional second argument to specify a"
                    + " mapping of values to replace in the string");
        }
        Matcher matcher = References.PLACEHOLDER.matcher(text.asText());
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1).strip();
            JsonNode value = variables.has(name) ? expressions.evaluate(variables.get(name)) : named(name);
            if (!value.isTextual()) {
                throw new TemplateError(
                        "Template error: variable " + name + " in Fn::Sub expression does not resolve to a string");
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(value.asText()));
        }
        return matcher.appendTail(result).toString().replace("${!", "${");
    }

    private JsonNode named(String name) throws TemplateError {
        int dot = name.indexOf('.');
        return dot < 0 ? scope.ref(name) : scope.attribute(name.substring(0, dot), name.substring(dot + 1));
    }

    private String join(JsonNode argument) throws TemplateError {
        JsonNode values = argument.size() == 2 ? expressions.evaluate(argument.get(1)) : argument;
        if (argument.size() != 2 || !values.isArray()) {
            throw new TemplateError("Template error: every Fn::Join object requires two parameters, (1) a string"
                    + " delimiter and (2) a list of strings to be joined or a function that returns a list of strings"
                    + " (such as Fn::GetAZs) to be joined.");
        }
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            joined.append(i == 0 ? "" : argument.get(0).asText())
                    .append(values.get(i).asText());
        }
        return joined.toString();
    }

    private JsonNode select(JsonNode argument) throws TemplateError {
        JsonNode values = expressions.evaluate(argument.path(1));
        int index = expressions.evaluate(argument.path(0)).asInt(-1);
        if (values.isTextual() && values.asText().contains(Scope.UNKNOWN)) {
            return JSON.textNode(Scope.UNKNOWN);
        }
        if (!values.isArray() || index < 0) {
            throw new TemplateError("Template error: Fn::Select requires a list argument with two elements: an integer"
                    + " index and a list");
        }
        if (index >= values.size()) {
            throw new TemplateError("Template error: Fn::Select cannot select nonexistent value at index " + index);
        }
        return values.get(index);
    }

    private ArrayNode split(JsonNode argument) throws TemplateError {
        if (argument.size() != 2) {
            throw new TemplateError("Template error: every Fn::Split object requires two parameters, (1) a string"
                    + " delimiter and (2) a string to be split or a function that returns a string to be split.");
        }
        String text = expressions.text(argument.get(1), "Fn::Split");
        ArrayNode parts = JSON.arrayNode();
        List.of(text.split(Pattern.quote(argument.get(0).asText()), -1)).forEach(parts::add);
        return parts;
    }

    private JsonNode find(JsonNode argument) throws TemplateError {
        String map = expressions.text(argument.path(0), "Fn::FindInMap");
        String top = expressions.text(argument.path(1), "Fn::FindInMap");
        String second = expressions.text(argument.path(2), "Fn::FindInMap");
        JsonNode found = template.section("Mappings").path(map).path(top).path(second);
        if (found.isMissingNode() && argument.path(3).has("DefaultValue")) {
            return expressions.evaluate(argument.path(3).get("DefaultValue"));
        }
        if (found.isMissingNode()) {
            throw new TemplateError("Template error: Unable to get mapping for " + map + "::" + top + "::" + second);
        }
        return found;
    }

    private ArrayNode zones(JsonNode argument) throws TemplateError {
        String asked = expressions.evaluate(argument).asText();
        String region = asked.isEmpty() ? scope.ref("AWS::Region").asText() : asked;
        return JSON.arrayNode().add(region + "a").add(region + "b").add(region + "c");
    }
}

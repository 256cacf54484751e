package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A parameter as a template declares it.
 *
 * @param node its declaration
 */
public record ParameterSpec(String name, JsonNode node) {

    private static final String STORED = "AWS::SSM::Parameter::Value<";

    public String type() {
        return node.path("Type").asText("String");
    }

    /** {@code null} if there is none. */
    public String defaultValue() {
        return node.path("Default").textValue();
    }

    public boolean noEcho() {
        return node.path("NoEcho").asBoolean();
    }

    public String description() {
        return node.path("Description").textValue();
    }

    public List<String> allowedValues() {
        List<String> values = new ArrayList<>();
        node.path("AllowedValues").forEach(value -> values.add(value.asText()));
        return values;
    }

    /** Whether its value is the name of a parameter of Parameter Store. */
    boolean stored() {
        return type().startsWith(STORED);
    }

    boolean list() {
        String inner = stored() ? type().substring(STORED.length()) : type();
        return inner.startsWith("List<") || inner.startsWith("CommaDelimitedList");
    }

    void check(String value) throws TemplateError {
        List<String> allowed = allowedValues();
        for (String one : list() ? List.of(value.split(",")) : List.of(value)) {
            if (!allowed.isEmpty() && !allowed.contains(one.strip()) && !allowed.contains(value)) {
                throw failed("must be one of AllowedValues");
            }
        }
        length(value);
        if (type().equals("Number") || type().equals("List<Number>")) {
            for (String one : value.split(",")) {
                number(one.strip());
            }
        }
        String pattern = node.path("AllowedPattern").asText("");
        if (!pattern.isEmpty() && !Pattern.matches(pattern, value)) {
            throw failed("must match pattern " + pattern);
        }
    }

    private void length(String value) throws TemplateError {
        if (value.length() < node.path("MinLength").asInt(0)) {
            throw failed("must contain at least " + node.path("MinLength").asInt() + " characters");
        }
        if (value.length() > node.path("MaxLength").asInt(Integer.MAX_VALUE)) {
            throw failed("must contain at most " + node.path("MaxLength").asInt() + " characters");
        }
    }

    private void number(String value) throws TemplateError {
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw failed("must be a number");
        }
        if (node.has("MinValue")
                && number.compareTo(new BigDecimal(node.get("MinValue").asText())) < 0) {
            throw failed(
                    "must be a number not less than " + node.get("MinValue").asText());
        }
        if (node.has("MaxValue")
                && number.compareTo(new BigDecimal(node.get("MaxValue").asText())) > 0) {
            throw failed(
                    "must be a number not greater than " + node.get("MaxValue").asText());
        }
    }

    private TemplateError failed(String constraint) {
        String description = node.path("ConstraintDescription").textValue();
        return new TemplateError("Parameter '" + name + "' "
                + (description == null ? constraint : "failed to satisfy constraint: " + description));
    }
}

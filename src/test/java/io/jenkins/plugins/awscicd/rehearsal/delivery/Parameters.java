package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters of a delivery, or of a question: nobody fills them in, so they have their defaults. */
public final class Parameters {

    private final Delivery delivery;

    private static final Map<String, String> BY_CLASS = Map.of(
            "StringParameterDefinition", "string",
            "TextParameterDefinition", "text",
            "BooleanParameterDefinition", "booleanParam",
            "ChoiceParameterDefinition", "choice",
            "PasswordParameterDefinition", "password");

    public Parameters(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Gives the delivery a parameter; an environment variable of its name on the terminal goes before its default. */
    public void define(Described parameter) {
        String name = name(parameter);
        String given = delivery.env().ofTerminal(name);
        Object value = given == null ? defaultOf(parameter) : ofText(parameter, given);
        delivery.parameter(name, value);
        boolean secret = parameter.symbol().equals("password");
        delivery.console().line("Parameter " + name + " = " + (secret ? "****" : value));
    }

    /** A parameter as a call describes it, or a map with its class; null if it is neither. */
    public static Described described(Object parameter) {
        if (parameter instanceof Map<?, ?> map && map.get("$class") != null) {
            String type = String.valueOf(map.get("$class")).replaceFirst(".*\\.", "");
            Map<String, Object> arguments = new LinkedHashMap<>();
            map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
            return new Described(BY_CLASS.getOrDefault(type, type), arguments);
        }
        return parameter instanceof Described it ? it : null;
    }

    /** The parameter's name. */
    public static String name(Described parameter) {
        Object name = parameter.arguments().get("name");
        if (name == null) {
            throw new StepFailure(parameter.symbol() + ": give the parameter a name");
        }
        return name.toString();
    }

    /** What a person's text means for a parameter. */
    public static Object ofText(Described parameter, String text) {
        return parameter.symbol().equals("booleanParam") ? (Object) Boolean.parseBoolean(text) : text;
    }

    /** The parameter's default; of a choice, the first. */
    public static Object defaultOf(Described parameter) {
        Map<String, Object> arguments = parameter.arguments();
        return switch (parameter.symbol()) {
            case "booleanParam" -> Boolean.parseBoolean(String.valueOf(arguments.get("defaultValue")));
            case "choice" -> {
                Object choices = arguments.get("choices");
                List<?> all = choices instanceof List<?> list
                        ? list
                        : String.valueOf(choices).lines().toList();
                yield all.isEmpty() ? "" : String.valueOf(all.get(0));
            }
            default -> String.valueOf(arguments.getOrDefault("defaultValue", ""));
        };
    }
}

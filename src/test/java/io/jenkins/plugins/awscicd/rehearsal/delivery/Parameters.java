package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.util.List;
import java.util.Map;

/** Parameters of a delivery, or of a question: nobody fills them in, so they have their defaults. */
public final class Parameters {

    private final Delivery delivery;

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

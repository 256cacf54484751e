package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;

/**
 * Values of a template's parameters by name: a text, a list of texts, or {@code previous} for the value that the stack has. Values may be
 * secret, and are in nothing that is said about them.
 */
public final class ParameterValues {

    /** In the place of a value: the one that the stack has. */
    private static final Object PREVIOUS = new Object();

    private final Map<String, Object> values = new LinkedHashMap<>();

    private ParameterValues() {}

    /** None. */
    @NonNull
    public static ParameterValues none() {
        return new ParameterValues();
    }

    /** Reads a map, or a list as the AWS CLI takes it; fails with {@link IllegalArgumentException} saying what is wanted. */
    @NonNull
    static ParameterValues of(@NonNull Object given) {
        ParameterValues read = new ParameterValues();
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) -> read.values.put(String.valueOf(name), value(String.valueOf(name), value)));
        } else if (given instanceof Collection<?> items) {
            items.forEach(read::item);
        } else {
            throw new IllegalArgumentException(
                    "must be a map, such as [InstanceType: 't3.small', Subnets: ['a', 'b']]");
        }
        return read;
    }

    private static Object value(String name, @CheckForNull Object given) {
        if (given instanceof Map<?, ?> map) {
            if (map.size() == 1 && "true".equals(String.valueOf(map.get("previous")))) {
                return PREVIOUS;
            }
            throw new IllegalArgumentException(
                    "'" + name + "' is a map; use text, a list, or [previous: true] to keep the stack's value");
        }
        if (given instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        if (given == null) {
            throw new IllegalArgumentException(
                    "'" + name + "' is null; give it a value, or leave it out to keep the stack's value");
        }
        return given.toString();
    }

    /** {@code "Name=value"}, or a map with {@code ParameterKey} and {@code ParameterValue} or {@code UsePreviousValue}. */
    private void item(Object item) {
        if (item instanceof CharSequence) {
            String text = item.toString();
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "has an entry without a name; use [Name: 'value'], or a list of 'Name=value'");
            }
            values.put(text.substring(0, equals), text.substring(equals + 1));
            return;
        }
        if (!(item instanceof Map<?, ?> map) || !map.containsKey("ParameterKey")) {
            throw new IllegalArgumentException(
                    "has an entry without a ParameterKey; use [Name: 'value'], or a file in a format of the AWS CLI");
        }
        String name = String.valueOf(map.get("ParameterKey"));
        if ("true".equals(String.valueOf(map.get("UsePreviousValue")))) {
            values.put(name, PREVIOUS);
        } else if (map.get("ParameterValue") == null) {
            throw new IllegalArgumentException("has no ParameterValue for '" + name + "', nor UsePreviousValue: true");
        } else {
            values.put(name, value(name, map.get("ParameterValue")));
        }
    }

    /** These, with those of another that come later and win. */
    @NonNull
    public ParameterValues with(@NonNull ParameterValues later) {
        ParameterValues both = new ParameterValues();
        both.values.putAll(values);
        both.values.putAll(later.values);
        return both;
    }

    /**
     * What AWS is to be sent. A parameter without a value keeps the one that the stack has, else it gets its default.
     *
     * @param declared what the template has
     * @param kept the names of those that the stack has a value of
     * @throws IllegalArgumentException if they do not go with the template
     */
    @NonNull
    public List<Parameter> resolve(@NonNull List<ParameterDeclaration> declared, @NonNull Set<String> kept) {
        Map<String, ParameterDeclaration> byName = new LinkedHashMap<>();
        declared.forEach(it -> byName.put(it.parameterKey(), it));
        List<String> problems = new ArrayList<>();
        for (String name : values.keySet()) {
            if (!byName.containsKey(name)) {
                problems.add("'" + name + "' is not a parameter of the template"
                        + Nearest.of(name, byName.keySet())
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElseGet(() -> byName.isEmpty()
                                        ? ", which has none"
                                        : "; it has " + String.join(", ", byName.keySet())));
            }
        }
        List<Parameter> parameters = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        byName.forEach((name, declaration) -> {
            Object value = values.get(name);
            boolean previous = value == PREVIOUS || value == null && kept.contains(name);
            if (value == PREVIOUS && !kept.contains(name)) {
                problems.add("'" + name + "' should keep its value, but the stack has none; give it a value");
            } else if (value == null && !previous) {
                if (declaration.defaultValue() == null) {
                    missing.add(name);
                }
            } else if (value instanceof List<?> && !isList(declaration)) {
                problems.add(
                        "'" + name + "' is a list, but its type in the template is " + declaration.parameterType());
            } else {
                parameters.add(Parameter.builder()
                        .parameterKey(name)
                        .usePreviousValue(previous ? Boolean.TRUE : null)
                        .parameterValue(previous ? null : joined(value))
                        .build());
            }
        });
        if (!missing.isEmpty()) {
            problems.add("the template requires a value for " + String.join(", ", missing) + ", which "
                    + (missing.size() == 1 ? "has" : "have") + " no default; add parameters: ["
                    + missing.stream().map(name -> name + ": …").collect(Collectors.joining(", ")) + "]");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("parameters: " + String.join("; ", problems));
        }
        return parameters;
    }

    private static boolean isList(ParameterDeclaration declaration) {
        String type = String.valueOf(declaration.parameterType());
        return type.contains("List");
    }

    private static String joined(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
